import type { LiveFaults } from './faults/live-faults.ts';
import type { Faults } from './faults-api.ts';
import type { ScenarioAction } from './scenario/action.ts';
import { SimError } from './sim-error.ts';

export interface FaultsOptions {
  readonly live: LiveFaults;
  parse(verb: 'fault.start' | 'fault.stop', args: object): ScenarioAction;
  /** @returns why it is not done */
  act(action: ScenarioAction): Promise<{ readonly code: string } | undefined>;
}

export function faultsOf({ live, parse, act }: FaultsOptions): Faults {
  return {
    async start(args) {
      const action = parse('fault.start', args);
      if (action.do !== 'fault.start') throw new Error(`${action.do} is no fault`);
      const id = action.rule.id ?? live.freeId();
      const refused = await act({ ...action, rule: { ...action.rule, id } });
      const view = live.list().find((each) => each.id === id);
      if (view && !refused) return view;
      throw new SimError('SIM_OPTION_INVALID', `a fault "${id}" is in force already; stop it, or give another id`);
    },
    async stop(id) {
      return live.list().some((each) => each.id === id) && !(await act(parse('fault.stop', { id })));
    },
    list: () => live.list(),
  };
}
