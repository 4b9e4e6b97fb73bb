import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { JOURNAL_KINDS } from '../../src/journal/kinds.ts';

const PAGE = readFileSync(new URL('../../docs/reference/journal.md', import.meta.url), 'utf8');

test('the page of the journal has a row for every kind, in the same words, and no other', () => {
  const rows = [...PAGE.matchAll(/^\| `([\w.-]+)` \| (.*) \|$/gm)].map((match) => [match[1], match[2]]);
  expect(rows).toEqual(Object.entries(JOURNAL_KINDS));
});
