import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGE = readFileSync(join(ROOT, 'docs/fidelity.md'), 'utf8');

const files = ['src', 'scenarios'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|yaml)$/.test(name))
    .map((name) => join(folder, name).replaceAll('\\', '/')),
);

test('every file that marks an assumption is named on the fidelity page', () => {
  const marked = files.filter((file) => readFileSync(join(ROOT, file), 'utf8').includes('ASSUMED:'));
  expect(marked.length).toBeGreaterThan(10);
  expect(marked.filter((file) => !PAGE.includes(file))).toEqual([]);
});

test('every file and folder that the fidelity page names is there', () => {
  const named = new Set([...PAGE.matchAll(/\b(?:src|scenarios)\/[\w./-]*\w/g)].map((match) => match[0]));
  expect([...named].filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

test('every row says how sure it is, with the marks that the page explains', () => {
  const rows = PAGE.split('\n').filter(
    (line) => line.startsWith('| ') && line.split('|').length === 7 && !line.startsWith('| behaviour'),
  );
  expect(rows.length).toBeGreaterThan(40);
  expect(rows.filter((row) => !/^[ABCDX](\/[ABCDX])?$/.test(row.split('|')[3]?.trim() ?? ''))).toEqual([]);
});
