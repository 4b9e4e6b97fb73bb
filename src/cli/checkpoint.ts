import type { Checkpoint } from '../checkpoint.ts';
import type { Environment } from '../config.ts';
import { SimError } from '../sim-error.ts';
import { callControl } from './control-client.ts';
import { findControl } from './find-control.ts';
import { toTable, type Output } from './output.ts';
import { oneOf } from './up.ts';

/** `dcass-sim checkpoint`: saves a running day, lists what was saved, or brings the day back. */
export async function checkpoint(
  action: string,
  name: string | undefined,
  flags: Record<string, string | boolean>,
  environment: Environment,
  output: Output,
): Promise<void> {
  const known = oneOf('checkpoint', action, ['list', 'save', 'restore']);
  if (known === 'restore' && name === undefined)
    throw new SimError('SIM_OPTION_INVALID', 'checkpoint restore needs the name; "checkpoint list" tells them');
  const control = await findControl(flags, environment);
  if (known === 'list') {
    const answer = (await callControl(control, 'GET', '/v1/checkpoints')) as { checkpoints: readonly Checkpoint[] };
    if (flags['json']) output.data(JSON.stringify(answer));
    else if (answer.checkpoints.length === 0) output.data('no checkpoint was made');
    else output.data(toTable(answer.checkpoints.map((each) => [each.name, toTime(each), `entry ${each.position}`])));
    return;
  }
  const done = (await (known === 'save'
    ? callControl(control, 'POST', '/v1/checkpoints', name === undefined ? {} : { name })
    : callControl(control, 'POST', `/v1/checkpoints/${encodeURIComponent(name ?? '')}/restore`))) as Checkpoint;
  if (flags['json']) output.data(JSON.stringify(done));
  else if (known === 'save') output.data(`${done.name}: saved at ${toTime(done)}`);
  else output.data(`${done.name}: it is ${toTime(done)} again; whoever was connected is not any more`);
}

function toTime({ simTime }: Checkpoint): string {
  return simTime.slice(0, 19).replace('T', ' ');
}
