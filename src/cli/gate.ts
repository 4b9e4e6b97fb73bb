import type { Environment } from '../config.ts';
import type { Decision, Gate } from '../control/port.ts';
import { SimError } from '../sim-error.ts';
import { callControl } from './control-client.ts';
import { findControl } from './find-control.ts';
import type { Output } from './output.ts';
import { oneOf } from './up.ts';

/** `dcass-sim gate`: the decisions of a running simulator's timeline, and the instructor's answer to one. */
export async function gate(
  action: string,
  id: string | undefined,
  flags: Record<string, string | boolean>,
  environment: Environment,
  output: Output,
): Promise<void> {
  const known = oneOf('gate', action, ['list', 'open', 'skip']);
  const control = await findControl(flags, environment);
  if (known !== 'list') {
    if (id === undefined)
      throw new SimError('SIM_OPTION_INVALID', `gate ${known} needs the gate; "gate list" tells them`);
    const answer = await callControl(control, 'POST', `/v1/gates/${encodeURIComponent(id)}`, { decision: known });
    output.data(flags['json'] ? JSON.stringify(answer) : `${id}: ${SAID[known]}`);
    return;
  }
  const answer = (await callControl(control, 'GET', '/v1/gates')) as { readonly gates: readonly Gate[] };
  if (flags['json']) output.data(JSON.stringify(answer));
  else if (answer.gates.length === 0) output.data('no gate waits, and none was decided');
  else for (const each of answer.gates) output.data(describe(each));
}

const SAID: Readonly<Record<Decision, string>> = { open: 'it happens', skip: 'it does not happen' };

function describe({ gate: id, says, until, byDefault, decision }: Gate): string {
  const state = decision === undefined ? `waits until ${until.slice(11, 16)}, then ${SAID[byDefault]}` : SAID[decision];
  return `${id}: ${says} (${state})`;
}
