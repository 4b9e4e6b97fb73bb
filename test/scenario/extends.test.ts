import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { explainScenario } from '../../src/scenario/explain.ts';
import { formatProblem, loadScenario } from '../../src/scenario/load.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';
import { toClockText } from '../../src/time/instant.ts';
import { dayText, SCENARIOS } from './support/day.ts';

/** Files in a folder of the test's own. */
function folder(files: Readonly<Record<string, string>>) {
  const path = mkdtempSync(join(tmpdir(), 'dcass-sim-extends-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  const result = (name: string, params: Record<string, string> = {}) =>
    loadScenario(join(path, name), { scenariosDir: SCENARIOS, params });
  return {
    async load(name: string, params: Record<string, string> = {}): Promise<Scenario> {
      const loaded = await result(name, params);
      if (!loaded.ok) throw new Error(loaded.problems.map(formatProblem).join('\n'));
      return loaded.scenario;
    },
    async troubles(name: string, params: Record<string, string> = {}): Promise<readonly string[]> {
      const loaded = await result(name, params);
      return loaded.ok ? [] : loaded.problems.map((each) => formatProblem(each).replaceAll(`${path}/`, ''));
    },
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}

const HEAD = 'format: dcass-scenario/1\nscenario: { id: child, title: "A changed day" }\n';
const steps = (scenario: Scenario): readonly string[] =>
  scenario.steps.map(({ id, at, action }) => `${toClockText(at)} ${id} ${action.do}`);

describe('a day that extends another one', () => {
  test('has what it does not change, changes items by their id, adds and removes others', async () => {
    using files = folder({
      'base.yaml': dayText({
        timeline: `  - { id: opens, at: "09:00", do: session.open, with: { mode: enquiry-only } }
  - { id: talk, at: "10:00", do: note, with: { text: "Hello" } }
  - { id: closes, at: "12:00", do: session.close }`,
      }),
      'child.yaml': `${HEAD}extends: ./base.yaml
world:
  participants: [{ code: "CXYZ", name: "Another name" }]
  users: [{ id: "BU_CXYZ101", state: active }, { id: "BU_CXYZ102", state: active }]
  series: ["HSIK9"]
timeline:
  - { id: early, at: "08:00", do: note, with: { text: "Early" } }
  - { id: talk, remove: true }
  - { id: closes, at: "11:00" }
  - { id: last, after: { id: closes, by: 5m }, do: note, with: { text: "Over" } }
`,
    });
    const base = await files.load('base.yaml');
    const child = await files.load('child.yaml');
    expect(steps(child)).toEqual([
      '08:00 early note',
      '09:00 opens session.open',
      '11:00 closes session.close',
      '11:05 last note',
    ]);
    expect(child.world.participants.map(({ code, name }) => `${code} ${name}`)).toEqual([
      'CABC ABC',
      'CXYZ Another name',
    ]);
    expect(child.world.participants[1]?.accounts).toEqual(base.world.participants[1]?.accounts);
    expect(child.world.participants.flatMap((each) => each.users.map(({ id, state }) => `${id} ${state}`))).toEqual([
      'BU_CABC101 active',
      'BU_CABC201 active',
      'BO_CABC801 active',
      'BU_CXYZ101 active',
      'BU_CXYZ102 active',
    ]);
    expect(child.world.series.map((each) => each.name)).toEqual(['HSIK9']);
    expect([child.id, child.title, child.start]).toEqual(['child', 'A changed day', base.start]);
  });

  test('may extend a shipped day by its name', async () => {
    using files = folder({ 'child.yaml': `${HEAD}extends: verification-day\nday: { end: "14:00" }\n` });
    const child = await files.load('child.yaml');
    expect([child.id, toClockText(child.end ?? child.start), child.expectations.length]).toEqual([
      'child',
      '14:00',
      11,
    ]);
  });

  test('is told about a mistake where it stands, in its own file or in the other one', async () => {
    using files = folder({
      'base.yaml': dayText().replace('locked', 'lokced'),
      'child.yaml': `${HEAD}extends: ./base.yaml\ntimeline:\n  - { id: early, at: "08:00", do: nonsense }\n`,
    });
    expect(await files.troubles('child.yaml')).toEqual([
      expect.stringMatching(/^base\.yaml:14:104: found "lokced"; write locked/),
      expect.stringMatching(/^child\.yaml:5:35: there is no verb "nonsense"/),
    ]);
  });

  test.each([
    [
      './nowhere.yaml',
      'child.yaml:3:10: the day that this one extends cannot be read: nowhere.yaml: there is no such file',
    ],
    [
      'verification',
      'child.yaml:3:10: the day that this one extends cannot be read: there is no shipped day "verification"',
    ],
    ['./child.yaml', 'child.yaml:3:10: child.yaml extends itself'],
  ])('%s cannot be extended', async (parent, trouble) => {
    using files = folder({ 'child.yaml': `${HEAD}extends: ${parent}\n` });
    expect(await files.troubles('child.yaml')).toEqual([expect.stringContaining(trouble)]);
  });

  test('has a name of its own, and removes only what is there', async () => {
    using files = folder({
      'base.yaml': dayText(),
      'child.yaml': 'format: dcass-scenario/1\nextends: ./base.yaml\ntimeline: [{ id: nothing, remove: true }]\n',
    });
    expect(await files.troubles('child.yaml')).toEqual([
      'child.yaml:1:1: a day that extends another one has a name of its own; write scenario: { id: …, title: … }',
      'child.yaml:3:12: there is no "nothing" in the timeline of the day that this one extends; nothing can be removed',
    ]);
  });

  test('stands at most three above the last one', async () => {
    const child = (of: string): string => `${HEAD}extends: ./${of}.yaml\n`;
    using files = folder({
      'a.yaml': dayText(),
      'b.yaml': child('a'),
      'c.yaml': child('b'),
      'd.yaml': child('c'),
      'e.yaml': child('d'),
    });
    expect((await files.load('d.yaml')).id).toBe('child');
    expect(await files.troubles('e.yaml')).toEqual([
      'b.yaml:3:10: days extend each other 3 deep at most; write out what is needed of a.yaml here',
    ]);
  });
});

describe('a parameter', () => {
  const DAY = dayText({
    timeline: `  - { id: opens, at: "09:00", do: session.open, with: { mode: enquiry-only } }
  - { id: closes, at: "\${closes}", do: session.close, note: "At \${closes}; $\${closes} is a text." }
  - { id: deal, at: "12:45", do: deal.match, with: { series: "HSIK9", quantity: "\${lots}", price: "29500", buyer: { participant: "\${who}", account: "HOUSE" }, seller: { participant: "CXYZ", account: "HOUSE" } } }`,
  }).replace(
    'world:\n',
    `params:
  closes: { type: time, default: "12:00", says: "When the session ends." }
  lots: { type: number, default: 3, says: "How many contracts." }
  who: { type: participant, default: "CABC", says: "Who buys." }
world:
`,
  );

  test('has its default, or what the run gives it, as a value of its type', async () => {
    using files = folder({ 'day.yaml': DAY });
    const usual = await files.load('day.yaml');
    expect(steps(usual)).toContain('12:00 closes session.close');
    expect(usual.steps[1]?.note).toBe('At 12:00; ${closes} is a text.');
    const given = await files.load('day.yaml', { closes: '11:30', lots: '7' });
    expect(given.params.map(({ name, value }) => [name, value])).toEqual([
      ['closes', '11:30'],
      ['lots', 7],
      ['who', 'CABC'],
    ]);
    expect(given.steps.at(-1)?.action).toMatchObject({ quantity: 7, buyer: { participant: 'CABC' } });
    expect(explainScenario(given)).toContain('- closes = 11:30: When the session ends.');
  });

  test('that is given as something else, or under another name, is refused', async () => {
    using files = folder({ 'day.yaml': DAY });
    expect(await files.troubles('day.yaml', { closes: 'noon' })).toEqual([
      expect.stringMatching(
        /^day\.yaml:1:1: the parameter "closes" was given as "noon"; give a Hong Kong time in quotes/,
      ),
    ]);
    expect(await files.troubles('day.yaml', { lots: '3.5' })).toEqual([
      expect.stringContaining('the parameter "lots" was given as "3.5"; give a whole number'),
    ]);
    expect(await files.troubles('day.yaml', { close: '11:30' })).toEqual([
      'day.yaml:1:1: this day has no parameter "close"; did you mean closes?',
    ]);
  });
});
