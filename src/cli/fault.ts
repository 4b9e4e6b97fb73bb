import { parse } from 'yaml';
import type { Environment } from '../config.ts';
import type { FaultView } from '../faults/fault-view.ts';
import { SimError } from '../sim-error.ts';
import { callControl } from './control-client.ts';
import { findControl } from './find-control.ts';
import { toPair } from './journal.ts';
import type { Output } from './output.ts';
import { oneOf } from './up.ts';

/** `dcass-sim fault start match.listener=online-1 effect.delay=2s times=3`, `fault stop fault-1`, `fault list`. */
export async function fault(
  action: string,
  args: readonly string[],
  flags: Record<string, string | boolean>,
  environment: Environment,
  output: Output,
): Promise<void> {
  const known = oneOf('fault', action, ['list', 'start', 'stop']);
  const control = await findControl(flags, environment);
  const [first] = args;
  switch (known) {
    case 'list': {
      const answer = (await callControl(control, 'GET', '/v1/faults')) as { readonly faults: readonly FaultView[] };
      if (flags['json']) output.data(JSON.stringify(answer));
      else if (answer.faults.length === 0) output.data('no fault is in force');
      else for (const each of answer.faults) output.data(`${describe(each)} (hits: ${each.hits})`);
      return;
    }
    case 'start': {
      if (first === undefined)
        throw new SimError(
          'SIM_OPTION_INVALID',
          'fault start needs what to hit and what to do: match.listener=online-1 effect.delay=2s times=3',
        );
      const begun = (await callControl(control, 'POST', '/v1/faults', toArguments(args))) as FaultView;
      output.data(flags['json'] ? JSON.stringify(begun) : describe(begun));
      return;
    }
    case 'stop': {
      if (first === undefined)
        throw new SimError('SIM_OPTION_INVALID', 'fault stop needs the fault; "fault list" tells them');
      const answer = await callControl(control, 'DELETE', `/v1/faults/${encodeURIComponent(first)}`);
      output.data(flags['json'] ? JSON.stringify(answer) : `${first}: over`);
      return;
    }
  }
}

/** `match.listener=online-1` is `{ match: { listener: 'online-1' } }`; values are read as YAML. */
function toArguments(args: readonly string[]): object {
  const read: Record<string, unknown> = {};
  for (const [name, value] of args.map(toPair)) {
    const [group = '', key] = name.split('.', 2);
    const given: unknown = parse(value);
    const before = read[group];
    read[group] = key === undefined ? given : { ...(typeof before === 'object' ? before : {}), [key]: given };
  }
  return read;
}

function describe({ id, explain }: FaultView): string {
  return `${id}: ${explain}`;
}
