import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BROADCASTS } from '../../src/oapi/broadcasts/catalogue.ts';
import { isPostTrade, TRANSACTIONS } from '../../src/oapi/transactions/catalogue.ts';

const FILE = new URL('../../docs/reference/oapi.md', import.meta.url);

/** The table between two marks of the page. `GOLDEN=update` writes it. */
function expectTable(mark: string, rows: readonly string[]): void {
  const page = readFileSync(FILE, 'utf8');
  const begin = `<!-- ${mark} -->\n`;
  const end = `<!-- /${mark} -->`;
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  expect(from, `the page has no ${begin}`).toBeGreaterThan(0);
  const table = `${rows.join('\n')}\n`;
  if (process.env['GOLDEN'] === 'update') {
    writeFileSync(FILE, page.slice(0, from + begin.length) + table + page.slice(to));
    return;
  }
  expect(page.slice(from + begin.length, to)).toBe(table);
}

test('the page lists every transaction that is simulated, as its file describes it', () => {
  expect(TRANSACTIONS.length).toBeGreaterThan(25);
  expectTable('transactions', [
    '| Type | Answer | Call | What it does | Known from |',
    '|---|---|---|---|---|',
    ...TRANSACTIONS.map(
      ({ type, answerTypes, call, kind, meaning, source }) =>
        `| ${type} | ${answerTypes.join(', ') || '-'} | ${call}${kind === 'post-trade' ? ', post-trade' : ''} | ${meaning} | ${source} |`,
    ),
  ]);
});

test('the page lists every broadcast, as its file describes it', () => {
  expect(BROADCASTS.length).toBeGreaterThan(5);
  expectTable('broadcasts', [
    '| Type | To | What it tells | Known from |',
    '|---|---|---|---|',
    ...BROADCASTS.map(
      ({ type, audience, meaning, source }) =>
        `| ${type} | ${audience === 'dedicated' ? 'its participant' : 'everybody'} | ${meaning} | ${source} |`,
    ),
  ]);
});

test('no type is simulated twice, and what is post-trade is refused as post-trade also where a dictionary lacks it', () => {
  const types = TRANSACTIONS.map(({ type }) => type);
  expect(new Set(types).size).toBe(types.length);
  const forgotten = TRANSACTIONS.filter(({ type, kind }) => kind === 'post-trade' && !isPostTrade(type));
  expect(forgotten.map(({ type }) => type)).toEqual([]);
});
