import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const sorted = (matches: Iterable<RegExpMatchArray>): string[] =>
  [...matches].map((match) => match[1] ?? '').toSorted();

const page = read('docs/reference/errors.md');

test('the page lists every refusal of the model, and none that it does not have', () => {
  expect(sorted(page.matchAll(/^\| `([a-z-]+)` \|/gm))).toEqual(
    sorted(
      `${read('src/clearing/rejection.ts')}${read('src/clearing/post-trade-rejection.ts')}`.matchAll(
        /code: '([a-z-]+)'/g,
      ),
    ),
  );
});

test('the page lists every SIM_ code, and none that does not exist', () => {
  expect(sorted(page.matchAll(/^\| `(SIM_[A-Z_]+)` \|/gm))).toEqual(
    sorted(read('src/sim-error.ts').matchAll(/\| '(SIM_[A-Z_]+)'/g)),
  );
});
