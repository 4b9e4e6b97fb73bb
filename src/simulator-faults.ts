import type { FaultView, LiveFaults } from './faults/live-faults.ts';
import type { ScenarioAction } from './scenario/action.ts';
import { SimError } from './sim-error.ts';

/** The faults of a running simulator. */
export interface Faults {
  /**
   * Begins a fault; `args` are those of the verb `fault.start`. Resolves when it is in force.
   * @throws SimError SIM_VERB_INVALID, SIM_OPTION_INVALID where one of the same id is in force
   */
  start(args: object): Promise<FaultView>;
  /** Ends one; resolves when it is over. @returns false where no such fault is in force */
  stop(id: string): Promise<boolean>;
  /** Those in force, the oldest first. */
  list(): readonly FaultView[];
}

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
