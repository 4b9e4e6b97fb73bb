import type { Environment } from '../config.ts';
import type { JournalEntry } from '../journal/entry.ts';
import { SimError } from '../sim-error.ts';
import { callControl, followJournal } from './control-client.ts';
import { findControl } from './find-control.ts';
import { liveLine } from './live-view.ts';
import type { Output } from './output.ts';

/** `dcass-sim journal`: prints a running simulator's journal, and goes on with `--follow`. */
export async function journal(
  filters: readonly string[],
  flags: Record<string, string | boolean>,
  environment: Environment,
  output: Output,
): Promise<void> {
  const query = new URLSearchParams(filters.map(toPair));
  const control = await findControl(flags, environment);
  const print = (entry: JournalEntry): void => {
    const line = flags['json'] ? JSON.stringify(entry) : liveLine(entry, output);
    if (line !== undefined) output.data(line);
  };
  if (flags['follow']) {
    if (!query.has('after')) query.set('after', '0');
    for await (const text of followJournal(control, `?${query.toString()}`)) print(JSON.parse(text) as JournalEntry);
    return;
  }
  if (typeof flags['limit'] === 'string') query.set('limit', flags['limit']);
  const { entries } = (await callControl(control, 'GET', `/v1/journal?${query.toString()}`)) as {
    entries: readonly JournalEntry[];
  };
  for (const entry of entries) print(entry);
}

export function toPair(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1)
    throw new SimError('SIM_OPTION_INVALID', `"${text}" is not of the form name=value, for example kind=online.login`);
  return [text.slice(0, at), text.slice(at + 1)];
}
