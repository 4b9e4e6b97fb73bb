import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { explainScenario } from '../../../src/scenario/explain.ts';
import { extendDay } from '../../../src/scenario/extend.ts';
import { withReferences, writeFlow } from '../../../src/scenario/flow.ts';
import { loadScenario, shippedNames, type LoadResult } from '../../../src/scenario/load.ts';
import { formatProblem } from '../../../src/scenario/problem.ts';
import type { Scenario, TimelineStep } from '../../../src/scenario/scenario.ts';
import { nodeAt, toPlain, type MapNode } from '../../../src/scenario/source-node.ts';
import { parseSource } from '../../../src/scenario/source.ts';
import { run } from '../../cli/command.ts';
import { dayText, load, SCENARIOS } from '../support/day.ts';
import { folderOf } from './folder.ts';

const FROM = '  { from: my-day.csv }';

function loadDay(csv: string, timeline = FROM): Promise<LoadResult> {
  return loadScenario(join(folderOf({ 'day.yaml': dayText({ timeline }), 'my-day.csv': csv }), 'day.yaml'));
}

async function sound(csv: string, timeline?: string): Promise<Scenario> {
  const result = await loadDay(csv, timeline);
  if (!result.ok) throw new Error(result.problems.map(formatProblem).join('\n'));
  return result.scenario;
}

/** `file:line:column: message`, the folder left out. */
async function troubles(csv: string, timeline?: string): Promise<string[]> {
  const result = await loadDay(csv, timeline);
  return result.ok
    ? []
    : result.problems.map((each) => formatProblem(each).replace(/^.*[\\/](?=[^\\/]*:\d+:\d+: )/, ''));
}

/** All of a step but the line where it stands. */
function withoutLine({ line: _line, ...step }: TimelineStep): object {
  return step;
}

const MY_DAY = `id,at,do,with,note
opens,09:00,session.open,mode: enquiry-only,
hello,09:05,message.send,"{ to: ""CABC"", text: ""Good morning, all"" }",Read it aloud.
closes,12:00,session.close,,
`;

test('a row of a CSV file is a step like one that is written by hand', async () => {
  const written = load(
    dayText({
      timeline: `  - { id: opens, at: "09:00", do: session.open, with: { mode: enquiry-only } }
  - { id: hello, at: "09:05", do: message.send, with: { to: "CABC", text: "Good morning, all" }, note: Read it aloud. }
  - { id: closes, at: "12:00", do: session.close }`,
    }),
  );
  expect((await sound(MY_DAY)).steps.map(withoutLine)).toEqual(written.steps.map(withoutLine));
  expect((await sound(MY_DAY)).steps.map(({ line }) => line)).toEqual([2, 3, 4]);
});

test('a list mixes rows of a file with steps that stand in it, and a step may follow one of the other kind', async () => {
  const { steps } = await sound(
    MY_DAY,
    `  - { id: early, at: "08:00", do: note, with: { text: "Soon." } }
  - from: my-day.csv
  - { id: later, after: { id: hello, by: 10m }, do: note, with: { text: "Later." } }`,
  );
  expect(steps.map(({ id }) => id)).toEqual(['early', 'opens', 'hello', 'later', 'closes']);
});

test('all triggers, conditions and repetitions stand in cells', async () => {
  const { steps } = await sound(`id,at,after,when,between,gate,repeat,do,with,else
tick,09:00,,,,,"every: 10m, until: ""09:20""",note,text: tick,
seen,,,"seen: { kind: online.login, user: [""BU_CABC101""] }","{ from: ""09:30"", to: ""10:00"" }",,,note,text: a,"do: note, with: { text: b }"
next,,"id: seen, by: 5m",,,,,note,text: c,
asked,,,,,"says: Go on?, from: ""10:00"", timeout: 5m, default: open",,note,text: d,
`);
  expect(steps.map(({ id, trigger }) => `${id} ${trigger.kind}`)).toEqual([
    'tick-1 clock',
    'tick-2 clock',
    'tick-3 clock',
    'seen when',
    'next after',
    'asked gate',
  ]);
});

test.each<[string, string, string]>([
  ['an unknown column', 'id,at,doo\na,09:00,note\n', 'my-day.csv:1:7: unknown column "doo"; write "do" (columns:'],
  ['no column of verbs', 'id,at\na,09:00\n', 'my-day.csv:1:1: the column "do" is missing in this line; add it'],
  ['a wrong verb', 'at,do\n09:00,notte\n', 'my-day.csv:2:7: column "do": there is no verb "notte"; write note'],
  ['a wrong time', 'at,do\n9:00,session.close\n', 'my-day.csv:2:1: column "at": found "9:00"; write "09:00"'],
  ['an empty verb', 'at,do\n09:00,\n', 'my-day.csv:2:7: column "do": this cell is empty; write a verb'],
  ['no trigger', 'do,with\nnote,text: a\n', 'my-day.csv:2:1: nothing says when this step happens'],
  [
    'a wrong argument',
    'at,do,with\n09:00,session.open,mode: enquiry_only\n',
    'my-day.csv:2:20: column "with": found "enquiry_only"; write enquiry-only (allowed: enquiry-only, normal)',
  ],
  [
    'a number for a code',
    'at,do,with\n09:00,message.send,"{ to: 1234, text: ""a"" }"\n',
    'my-day.csv:2:20: column "with": 1234 is a number without quotes; quote it: write "1234" (',
  ],
  [
    'a broken group',
    'at,do,with\n09:00,note,"{ text: ""a"\n',
    'my-day.csv:2:12: column "with": in this cell: something is missing here',
  ],
  [
    'a word for a group',
    'after,do,with\nopens,note,text: a\n',
    'my-day.csv:2:1: column "after": a cell of this column is written as in a scenario file: { id: opens, by: 3h }',
  ],
  [
    'an anchor in a cell',
    'at,do,with\n09:00,note,text: &a x\n',
    'my-day.csv:2:12: column "with": in this cell: anchors (&name) are not used',
  ],
  [
    'rows out of order',
    'at,do,with\n10:00,note,text: a\n09:00,note,text: b\n',
    'my-day.csv:3:1: column "at": this step is at 09:00, but the one above it (line 2 of my-day.csv) is at 10:00',
  ],
  ['a row with too many cells', 'at,do\n09:00,session.close,x\n', 'my-day.csv:2:1: this row has 3 cells'],
])('%s is told with the line and column of the file', async (_name, csv, message) => {
  const found = await troubles(csv);
  expect(
    found.find((text) => text.startsWith(message)),
    found.join('\n'),
  ).toBeDefined();
});

test('a file that is not there is told where the scenario names it, and a password of a cell is told nowhere', async () => {
  expect(await troubles(MY_DAY, '  { from: other.csv }')).toEqual([
    'day.yaml:18:11: other.csv: there is no such file (looked for beside this file)',
  ]);
  const [first] = await troubles(
    'at,do,with\n09:00,password.reset,"{ user: ""BU_CABC101"", password: Tiger-Lily-2019"\n',
  );
  expect(first).toMatch(/^my-day\.csv:2:22: column "with": in this cell: /);
  expect(first).not.toContain('Tiger');
});

test('the command line writes the steps of a file as the timeline of a scenario', async () => {
  const csv = MY_DAY.replace('12:00', '${closes}');
  const folder = folderOf({ 'my-day.csv': csv, 'wrong.csv': MY_DAY.replace('do,', 'doo,') });
  const { code, stdout } = await run(['import-timeline', join(folder, 'my-day.csv')]);
  expect([code, stdout]).toEqual([
    0,
    `# From my-day.csv.
timeline:
  - { id: opens, at: "09:00", do: session.open, with: { mode: enquiry-only } }
  - { id: hello, at: "09:05", do: message.send, with: { to: "CABC", text: "Good morning, all" }, note: "Read it aloud." }
  - { id: closes, at: "\${closes}", do: session.close }
`,
  ]);
  const steps = stdout.replace(/^.*\ntimeline:\n/, '').replace('${closes}', '12:00');
  expect(load(dayText({ timeline: steps })).steps.map(withoutLine)).toEqual(
    (await sound(MY_DAY)).steps.map(withoutLine),
  );
  const wrong = await run(['import-timeline', join(folder, 'wrong.csv')]);
  expect(wrong).toMatchObject({ code: 2, stdout: '' });
  expect(wrong.stderr).toContain('wrong.csv:1:7: unknown column "doo"; write "do"');
});

// Goal: nothing of a timeline is lost in the CSV that explain prints. Method: each shipped day with the CSV in the place of
// its timeline has the same steps; a password is the one thing that no print has.
test.each(await shippedNames(SCENARIOS))('what explain prints of %s is a timeline again', async (name) => {
  const day = await loadOrThrow(name, { scenariosDir: SCENARIOS });
  const csv = explainScenario(day, 'csv');
  const { params, ...whole } = toPlain(wholeDay(name)) as Record<string, unknown>;
  // Parameters of the timeline have been put in; one that nothing uses is an error.
  const used = Object.entries(params ?? {}).filter(([key]) =>
    JSON.stringify({ ...whole, timeline: [] }).includes(`\${${key}}`),
  );
  const folder = folderOf({
    'timeline.csv': csv,
    'day.yaml': stringify(
      { ...whole, params: Object.fromEntries(used), timeline: { from: 'timeline.csv' } },
      { defaultStringType: 'QUOTE_DOUBLE', aliasDuplicateObjects: false },
    ),
  });
  const again = await loadOrThrow(join(folder, 'day.yaml'));
  expect(again.steps.map(plainStep)).toEqual(day.steps.map(plainStep));
  expect(explainScenario(again, 'csv')).toBe(csv);
});

// What no shipped day has: any text in notes and arguments, and any moments.
test('any texts, conditions and times come back as they were', async () => {
  const text = fc.string({
    minLength: 1,
    maxLength: 20,
    unit: fc.constantFrom('a', '"', "'", ',', '=', '+', '-', '@', '$', '{', '}', '\\', '\n', ' ', '#', ':', '中'),
  });
  const plain = fc.string({
    minLength: 1,
    maxLength: 20,
    unit: fc.constantFrom('a', '"', "'", ',', '=', '$', '{', '}', '\\', '\n', '#', ':', ' '),
  });
  const times = fc.uniqueArray(fc.integer({ min: 0, max: 3_600 * 6 }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(times, fc.infiniteStream(fc.tuple(plain, text)), async (seconds, texts) => {
      const timeline = seconds
        .toSorted((a, b) => a - b)
        .map((second) => {
          const [said, note] = texts.next().value ?? ['a', 'a'];
          const at = new Date(Date.UTC(2019, 4, 5, 6, 30, second)).toISOString().slice(11, 19);
          return withReferences(`  - ${writeFlow({ at, do: 'message.send', with: { text: said }, note: `n${note}` })}`);
        })
        .join('\n');
      const day = load(dayText({ timeline }));
      const again = await sound(explainScenario(day, 'csv'));
      expect(again.steps.map(withoutLine)).toEqual(day.steps.map(withoutLine));
    }),
    { numRuns: 60 },
  );
});

async function loadOrThrow(which: string, options: { scenariosDir?: string } = {}): Promise<Scenario> {
  const result = await loadScenario(which, options);
  if (!result.ok) throw new Error(result.problems.map(formatProblem).join('\n'));
  return result.scenario;
}

/** A shipped day with what it extends. */
function wholeDay(name: string): MapNode {
  const { root } = parseSource(readFileSync(join(SCENARIOS, `${name}.yaml`), 'utf8'), name);
  if (root?.type !== 'map') throw new Error(`${name} is no day`);
  const parent = nodeAt(root, ['extends']);
  if (parent?.type !== 'scalar') return root;
  return extendDay(root, wholeDay(String(parent.value)), () => undefined);
}

function plainStep({ line: _line, action, ...step }: TimelineStep): object {
  return { ...step, action: JSON.parse(JSON.stringify(action)) as object };
}
