import { readFile, writeFile } from 'node:fs/promises';
import { SCENARIOS_DIR, type Environment } from '../config.ts';
import type { JournalEntry } from '../journal/entry.ts';
import { instantOf } from '../journal/entry-instant.ts';
import { evaluateExpectations } from '../scenario/expectations.ts';
import { loadScenario } from '../scenario/load.ts';
import { scenarioInvalid } from '../scenario/problem.ts';
import { wrap } from '../scenario/rundown-formats.ts';
import { toJunit } from '../score/junit.ts';
import { sayPauses, toReportPage, type ReportedDay } from '../score/report-page.ts';
import { scoreDay, type Score } from '../score/score.ts';
import { SimError } from '../sim-error.ts';
import type { Ready } from '../ready.ts';
import { callControl } from './control-client.ts';
import { reportedDay, toEndpoints } from './reported-day.ts';
import { findControl } from './find-control.ts';
import type { Output } from './output.ts';

type Flags = Readonly<Record<string, string | boolean>>;

/** A day to be graded, running or kept. */
interface Graded {
  readonly score: Score;
  readonly day: ReportedDay;
}

/** `dcass-sim score`: grades a running day, or one whose journal was kept. @returns the exit code: 1 when something is missed or late */
export async function score(flags: Flags, environment: Environment, output: Output): Promise<number> {
  const { journal, scenario } = flags;
  const graded =
    typeof journal === 'string'
      ? await fromFile(journal, typeof scenario === 'string' ? scenario : undefined)
      : await fromSimulator(flags, environment);
  if (typeof flags['junit'] === 'string') await writeFile(flags['junit'], toJunit(graded.score));
  if (typeof flags['report'] === 'string') await writeFile(flags['report'], toReportPage(graded.score, graded.day));
  output.data(flags['json'] ? JSON.stringify(graded.score) : toText(graded.score));
  return graded.score.counts.missed + graded.score.counts.late > 0 ? 1 : 0;
}

async function fromSimulator(flags: Flags, environment: Environment): Promise<Graded> {
  const control = await findControl(flags, environment);
  for (const [flag, verdict] of [
    ['confirm', 'met'],
    ['miss', 'missed'],
    ['waive', 'waived'],
  ] as const) {
    const id = flags[flag];
    if (typeof id !== 'string') continue;
    const note = typeof flags['note'] === 'string' ? { note: flags['note'] } : {};
    // oxlint-disable-next-line no-await-in-loop -- in the order in which they are told
    await callControl(control, 'POST', `/v1/expectations/${encodeURIComponent(id)}`, { verdict, ...note });
  }
  const graded = (await callControl(control, 'GET', '/v1/score')) as Score;
  const { entries } = (await callControl(control, 'GET', '/v1/journal')) as { entries: readonly JournalEntry[] };
  const ready = (await callControl(control, 'GET', '/v1/ready')) as Ready;
  return { score: graded, day: reportedDay(entries, toEndpoints(ready)) };
}

async function fromFile(file: string, scenario: string | undefined): Promise<Graded> {
  const entries = await readJournal(file);
  const ready = entries.find((entry) => entry.kind === 'simulator.ready');
  const which = scenario ?? (typeof ready?.['scenario'] === 'string' ? ready['scenario'] : undefined);
  if (which === undefined) {
    throw new SimError('SIM_OPTION_INVALID', `${file} does not say which day it is of; give --scenario`);
  }
  const loaded = await loadScenario(which, { scenariosDir: SCENARIOS_DIR });
  if (!loaded.ok) throw scenarioInvalid(loaded.problems);
  const last = entries.at(-1);
  const now = last ? instantOf(last) : loaded.scenario.start;
  const results = evaluateExpectations(loaded.scenario.expectations, entries, now, true);
  const { id, title } = loaded.scenario;
  return {
    score: scoreDay({ scenario: id, title, simTime: last?.simTime ?? '' }, results, entries),
    day: reportedDay(entries, [], loaded.scenario),
  };
}

async function readJournal(file: string): Promise<readonly JournalEntry[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new SimError('SIM_JOURNAL_INVALID', `${file} cannot be read (${error.code})`);
  });
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.flatMap((line, i) => {
    const entry = parseLine(line);
    // `up --json` prints the ready line first.
    if (entry && 'ready' in entry) return [];
    if (entry && typeof entry.kind === 'string' && typeof entry.simTime === 'string') return [entry];
    throw new SimError(
      'SIM_JOURNAL_INVALID',
      `${file}:${i + 1}: this line is no journal entry, which is a JSON object with kind and simTime`,
    );
  });
}

function parseLine(line: string): JournalEntry | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as JournalEntry) : undefined;
  } catch {
    return undefined;
  }
}

const COLUMNS = 80;

function toText({ title, percent, points, possible, expectations, checklist, pauses, unexpected }: Score): string {
  const hang = (head: string, text: string): string[] =>
    wrap(text, COLUMNS - head.length).map((line, i) => ((i === 0 ? head : ' '.repeat(head.length)) + line).trimEnd());
  const items = checklist.filter(({ status }) => status !== undefined);
  return [
    ...wrap(title, COLUMNS),
    percent === undefined ? 'Nothing is graded yet.' : `${percent} of 100 (${points} of ${possible} points)`,
    '',
    ...expectations.flatMap(({ status, says, reason, evidence, nearest = [] }) => [
      ...hang(`${status.replace('-', ' ').padEnd(12)}`, says),
      ...hang(' '.repeat(14), reason),
      ...(status === 'met' ? [] : evidence.flatMap((each) => hang(' '.repeat(14), `#${each.seq} ${each.words}`))),
      ...nearest.flatMap((each) => hang(' '.repeat(14), `nearest: ${each}`)),
    ]),
    ...(items.length > 0 ? ['', 'Appendix A:'] : []),
    ...items.flatMap(({ item, asks, status }) =>
      hang(`  ${String(item).padStart(2)}  ${(status ?? '').replace('-', ' ').padEnd(12)}`, asks),
    ),
    '',
    sayPauses(pauses),
    ...(unexpected.length > 0 ? ['Nobody asked for:'] : []),
    ...unexpected.flatMap((each) => hang(`  #${each.seq} ${each.simTime.slice(11, 19)}  `, each.words)),
  ].join('\n');
}
