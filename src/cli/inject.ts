import { parse } from 'yaml';
import type { Environment } from '../config.ts';
import { callControl } from './control-client.ts';
import { findControl } from './find-control.ts';
import { toPair } from './journal.ts';
import type { Output } from './output.ts';

/** `dcass-sim inject gateway.stop which=[1] for=10m`. */
export async function inject(
  verb: string,
  args: readonly string[],
  flags: Record<string, string | boolean>,
  environment: Environment,
  output: Output,
): Promise<void> {
  const given = Object.fromEntries(args.map(toPair).map(([name, value]) => [name, parse(value) as unknown]));
  const answer = await callControl(await findControl(flags, environment), 'POST', '/v1/inject', { verb, with: given });
  output.data(flags['json'] ? JSON.stringify(answer) : `done: ${verb}`);
}
