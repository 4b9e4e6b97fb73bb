import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseScenario } from '../../src/scenario/parse-scenario.ts';
import { editDistance, nearest } from '../../src/scenario/nearest.ts';
import { wrap } from '../../src/scenario/rundown-formats.ts';
import { dayText, SCENARIOS } from './support/day.ts';

const TEXTS = [dayText(), readFileSync(`${SCENARIOS}/expired-passwords.yaml`, 'utf8')];
const SECRETS = /Morning-10|Administrator-201|Overnight-/;

type Mutation = { readonly at: number; readonly length: number; readonly text: string };

const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(5_000),
  length: fc.nat(12),
  text: fc.oneof(
    fc.string({ maxLength: 6, unit: 'binary' }),
    fc.constantFrom(
      '\n',
      '  ',
      ': ',
      '- ',
      '{',
      '}',
      '[',
      ']',
      '"',
      '&a ',
      '*a',
      '!!str ',
      '---\n',
      '<<: ',
      '~',
      'null',
      '1e999',
      '0x10',
      '\t',
      '#',
      '|',
      '>',
      '\r',
      '__proto__: ',
      '"25:00"',
      '-1',
    ),
  ),
});

function mutate(text: string, mutations: readonly Mutation[]): string {
  return mutations.reduce((before, { at, length, text: put }) => {
    const place = at % (before.length + 1);
    return before.slice(0, place) + put + before.slice(place + length);
  }, text);
}

describe('whatever is done to a valid file', () => {
  // Goal: bad input never crashes the loader, and every complaint has a place inside the file.
  // Method: one to four random cuts and insertions, biased to YAML's own characters.
  test('the loader answers, and every problem has a line, a column and a message', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TEXTS), fc.array(mutation, { minLength: 1, maxLength: 4 }), (text, mutations) => {
        const broken = mutate(text, mutations);
        const result = parseScenario(broken, 'day.yaml');
        if (result.ok) return;
        const lines = broken.split(/\r\n|\n/);
        expect(result.problems.length).toBeGreaterThan(0);
        for (const { line, column, message, file } of result.problems) {
          expect(file).toBe('day.yaml');
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines.length);
          expect(column).toBeGreaterThanOrEqual(1);
          expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 2);
          expect(message.length).toBeGreaterThan(10);
          expect(message).not.toContain('undefined');
          expect(message).not.toContain('\n');
        }
      }),
      { numRuns: 400 },
    );
  });

  // Goal: no message carries a password. Method: values, keys and punctuation inside the users' lines only.
  test('no problem quotes a password of the users that are still written as users', () => {
    const text = TEXTS[1] ?? '';
    const values = fc.constantFrom('12', '[]', '{}', '~', '"', '&a "x"', '!!int "x"', 'true', '"\\q"');
    fc.assert(
      fc.property(fc.nat(30), values, (place, value) => {
        let count = 0;
        const broken = text.replace(/password: |state: |id: /g, (found) =>
          count++ === place ? `${found}${value} ` : found,
        );
        const result = parseScenario(broken, 'day.yaml');
        if (!result.ok) expect(JSON.stringify(result.problems)).not.toMatch(SECRETS);
      }),
      { numRuns: 150 },
    );
  });

  test('a value of any type in any place is answered', () => {
    const plain = fc.jsonValue({ maxDepth: 3 });
    const key = fc.constantFrom('scenario', 'day', 'world', 'timeline', 'expect', 'training', 'format');
    fc.assert(
      fc.property(key, plain, (section, value) => {
        const lines = dayText()
          .split('\n')
          .filter((line) => !line.startsWith(`${section}:`));
        const result = parseScenario(
          `${section}: ${JSON.stringify(value)}\n${lines.filter((line) => !/^\s/.test(line)).join('\n')}`,
          'day.yaml',
        );
        if (!result.ok) expect(result.problems.every((problem) => problem.line >= 1)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

// Each of these brought the process down, or took seconds, before it was looked for.
test.each([
  ['[', 250_000],
  ['{a: ', 100_000],
  ['- ', 250_000],
  ['? ', 250_000],
  [`a:\n${' '.repeat(300)}b: 1`, 1],
])('nesting without end is refused before it is parsed', (text, times) => {
  const result = parseScenario(`# deep\n${text.repeat(times)}`, 'deep.yaml');
  expect(result).toMatchObject({
    ok: false,
    problems: [{ line: expect.any(Number), message: expect.stringContaining('nested too deeply') }],
  });
});

test('a file of more than half a mebibyte is refused unread', () => {
  expect(parseScenario(' '.repeat(512 * 1024 + 1), 'big.yaml')).toMatchObject({
    ok: false,
    problems: [{ line: 1, column: 1 }],
  });
});

describe('the edit distance', () => {
  const word = fc.string({ maxLength: 12, unit: fc.constantFrom('a', 'b', 'c', '-') });

  test('is zero for equal words only, symmetric, and at most the longer length', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b);
        expect(distance === 0).toBe(a === b);
        expect(editDistance(b, a)).toBe(distance);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });

  test('counts an exchange of neighbours once', () => {
    expect([editDistance('clsoe', 'close'), editDistance('expird', 'expired'), editDistance('', 'abc')]).toEqual([
      1, 1, 3,
    ]);
  });

  test('a word that is far from all names has no nearest one', () => {
    expect(nearest('banana', ['session.open', 'note'])).toBeUndefined();
    expect(nearest('Sesion.Open', ['session.open', 'note'])).toBe('session.open');
  });
});

test('wrapped text keeps its words and its width', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ minLength: 1, maxLength: 30, unit: fc.constantFrom('a', 'b', '.') })),
      fc.integer({ min: 5, max: 40 }),
      (words, width) => {
        const lines = wrap(words.join(' '), width);
        expect(lines.every((line) => line.length <= width)).toBe(true);
        expect(lines.join('').replaceAll(' ', '')).toBe(words.join(''));
      },
    ),
  );
});
