import type { Environment } from '../config.ts';
import type { FallbackView } from '../simulator.ts';
import { callControl } from './control-client.ts';
import { findControl } from './find-control.ts';
import type { Output } from './output.ts';

/** `dcass-sim fallback`: for the instructor, what is to be re-input, what of it has come, and what looks different. */
export async function fallback(
  flags: Record<string, string | boolean>,
  environment: Environment,
  output: Output,
): Promise<void> {
  const view = (await callControl(await findControl(flags, environment), 'GET', '/v1/fallback')) as FallbackView;
  if (flags['json']) {
    output.data(JSON.stringify(view));
    return;
  }
  const { reInput, differences } = view;
  const missing = reInput.filter(({ matchedAt }) => matchedAt === undefined).length;
  output.data(`${reInput.length} clearing transactions to be re-input, ${missing} missing`);
  for (const { item, participant, functionName, user, doneAt, matchedAt } of reInput) {
    const state = matchedAt === undefined ? 'missing' : `again at ${matchedAt.slice(11, 16)}`;
    const who = user === undefined ? participant : `${participant} (${user})`;
    output.data(`  ${item}. ${who}: ${functionName}, ${doneAt.slice(0, 16).replace('T', ' ')}: ${state}`);
  }
  output.data(`${differences.length} differences between the platforms`);
  for (const { participant, what, which, upgraded, old } of differences) {
    output.data(`  ${participant}, ${what} ${which}`);
    output.data(`    before: ${upgraded ?? 'not there'}`);
    output.data(`    now:    ${old ?? 'not there'}`);
  }
}
