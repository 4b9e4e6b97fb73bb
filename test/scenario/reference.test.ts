import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { COMMAND_NAMES } from '../../src/clearing/commands/catalogue.ts';
import { toFlow } from '../../src/scenario/build-timeline.ts';
import { DEAL_COLUMNS, POSITION_COLUMNS } from '../../src/scenario/csv/book-columns.ts';
import { keysOf, schemaAt } from '../../src/scenario/issues.ts';
import { scenarioFile } from '../../src/scenario/schema.ts';
import type { Path } from '../../src/scenario/source-node.ts';
import { VERBS } from '../../src/scenario/verbs/catalogue.ts';

const FILE = new URL('../../docs/reference/scenario.md', import.meta.url);
const PAGE = readFileSync(FILE, 'utf8');

const GROUPS: readonly Path[] = [
  [],
  ['scenario'],
  ['day'],
  ['world'],
  ['world', 'participants', 0],
  ['world', 'participants', 0, 'accounts', 0],
  ['world', 'users', 0],
  ['world', 'positions', 0],
  ['world', 'trades', 0],
  ['world', 'trades', 0, 'buyer'],
  ['world', 'discrepancies', 0],
  ['world', 'passwords'],
  ['world', 'passwords', 'online'],
  ['world', 'gateways'],
  ['world', 'gateways', 'online'],
  ['world', 'gateways', 'oapi'],
  ['world', 'gateways', 'oapi', 'enquiryOnlyRefusal'],
  ['world', 'gateways', 'oapi', 'userTypes', 0],
  ['world', 'gateways', 'sftp'],
  ['world', 'reports'],
  ['world', 'giveUps', 0],
  ['world', 'prices', 0],
  ['world', 'clearing'],
  ['timeline', 0],
  ['timeline', 0, 'after'],
  ['expect', 0],
  ['expect', 0, 'within'],
  ['training'],
];

test('the reference names every key that the validator takes', () => {
  const keys = GROUPS.flatMap((path) => keysOf(schemaAt(scenarioFile, path)));
  expect(keys.length).toBeGreaterThan(70);
  expect(keys.filter((key) => !new RegExp(`\\b${key}\\b`).test(PAGE))).toEqual([]);
});

test('the reference names every column of a CSV file of deals or positions', () => {
  const names = [DEAL_COLUMNS, POSITION_COLUMNS].flatMap(({ read, ignored }) => [
    ...read.map((column) => column.name),
    ...ignored,
  ]);
  expect(names.filter((name) => !PAGE.includes(`\`${name}\``))).toEqual([]);
});

/** `GOLDEN=update` writes them. */
test('the verbs of the reference are those of the catalogue, word for word', () => {
  const printed = VERBS.map(
    (verb) =>
      `### \`${verb.name}\`\n\n${verb.summary}\n\n\`\`\`yaml\ndo: ${verb.name}\nwith: ${toFlow(verb.example)}\n\`\`\`\n\n${argumentsOf(verb.name)}`,
  ).join('\n');
  const from = PAGE.indexOf('-->') + 4;
  if (process.env['GOLDEN'] === 'update') writeFileSync(FILE, `${PAGE.slice(0, from)}\n${printed.trim()}\n`);
  else expect(PAGE.slice(from).trim()).toBe(printed.trim());
});

function argumentsOf(name: string): string {
  const schema = VERBS.find((verb) => verb.name === name)?.schema;
  const keys = keysOf(schema);
  if (!schema || keys.length === 0) return 'No arguments.\n';
  const optional = (key: string): boolean => schema._zod.def.shape[key]?._zod.def.type === 'optional';
  return `Arguments: ${keys.map((key) => `\`${key}\`${optional(key) ? ' (optional)' : ''}`).join(', ')}.\n`;
}

test('the page names every post-trade function of an access profile', () => {
  const list = /A user's access profile,[\s\S]*?is a list of ([\s\S]*?)\. /.exec(PAGE)?.[1] ?? '';
  expect([...list.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name)).toEqual(COMMAND_NAMES);
});
