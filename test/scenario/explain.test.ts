import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { explainScenario } from '../../src/scenario/explain.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';
import { dayText, load, SCENARIOS } from './support/day.ts';

async function shipped(name: string): Promise<Scenario> {
  const result = await loadScenario(name, { scenariosDir: SCENARIOS });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.scenario;
}

describe.each(['verification-day', 'expired-passwords', 'clearing-day', 'expiry-day', 'grown-market'])(
  'the rundown of %s',
  (name) => {
    // Golden: after a change run vitest with -u and read the difference like code.
    test('reads as it did when a person read it last', async () => {
      await expect(explainScenario(await shipped(name), 'text')).toMatchFileSnapshot(`golden/${name}.txt`);
    });

    test('fits 80 columns and is plain ASCII', async () => {
      const lines = explainScenario(await shipped(name), 'text').split('\n');
      expect(lines.filter((line) => line.length > 80 || /[^ -~]/.test(line) || line.endsWith(' '))).toEqual([]);
    });

    test('tells no password in any format', async () => {
      const scenario = await shipped(name);
      const passwords = scenario.world.participants.flatMap(({ users }) => users.map((user) => user.password.reveal()));
      for (const format of ['text', 'md', 'csv', 'json'] as const) {
        const text = explainScenario(scenario, format);
        expect(passwords.filter((password) => text.includes(password))).toEqual([]);
      }
    });

    test('names every step in each format', async () => {
      const scenario = await shipped(name);
      for (const format of ['text', 'md', 'csv', 'json'] as const) {
        const text = explainScenario(scenario, format);
        expect(scenario.steps.filter((step) => !text.includes(step.id))).toEqual([]);
      }
    });
  },
);

test('csv quotes what needs it, md keeps a bar inside its cell', () => {
  const day = load(
    dayText({ timeline: '  - { id: a, at: "09:00", do: note, with: { text: "say \\"x\\", | and go" }, note: "n" }' }),
  );
  expect(explainScenario(day, 'csv')).toBe(
    'time,id,what,note,row,at,after,when,between,gate,do,with,else\r\n' +
      '09:00,a,"say ""x"", | and go",n,step,09:00,,,,,note,"{ text: ""say \\""x\\"", | and go"" }",\r\n',
  );
  expect(explainScenario(day, 'md')).toContain('| 09:00 | a | say "x", \\| and go | n |');
});

test('json is the day in words, with full times and lines', () => {
  const day = JSON.parse(explainScenario(load(dayText()), 'json')) as { steps: unknown };
  expect(day.steps).toEqual([
    {
      time: '09:00',
      at: '2019-05-05T09:00:00.000+08:00',
      id: 'opens',
      line: 18,
      what: 'DCASS opens: enquiry functions only, no post-trade activities.',
      written: { id: 'opens', at: '09:00', do: 'session.open', with: { mode: 'enquiry-only' } },
    },
    {
      time: '12:00',
      at: '2019-05-05T12:00:00.000+08:00',
      id: 'closes',
      line: 19,
      what: 'DCASS closes: everybody is logged out.',
      written: { id: 'closes', at: '12:00', do: 'session.close' },
    },
  ]);
});

test('the shipped days say at their top what they teach', () => {
  for (const name of ['verification-day', 'expired-passwords']) {
    expect(readFileSync(`${SCENARIOS}/${name}.yaml`, 'utf8')).toMatch(/^# .+\n#\n# What this day teaches: /);
  }
});
