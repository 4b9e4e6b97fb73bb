import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CustomerCode } from '../../../src/clearing/participant.ts';
import { Secret } from '../../../src/clearing/secret.ts';
import type { WorldDefinition } from '../../../src/clearing/world.ts';
import { compileShipped } from '../../../src/scenario/compile-shipped.ts';
import { loadScenario, type LoadResult } from '../../../src/scenario/load.ts';
import { formatProblem } from '../../../src/scenario/problem.ts';
import type { Scenario } from '../../../src/scenario/scenario.ts';
import { startSite } from '../../online/site.ts';
import { PASSWORD } from '../../support/world.ts';
import { dayText, load } from '../support/day.ts';
import { folderOf } from './folder.ts';

async function loadDay(world: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<LoadResult> {
  return loadScenario(join(folderOf({ 'day.yaml': dayText({ world }), ...files }), 'day.yaml'));
}

async function sound(world: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<Scenario> {
  const result = await loadDay(world, files);
  if (!result.ok) throw new Error(result.problems.map(formatProblem).join('\n'));
  return result.scenario;
}

/** `file:line:column: message`, the folder left out. */
async function troubles(world: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<string[]> {
  const result = await loadDay(world, files);
  return result.ok
    ? []
    : result.problems.map((each) => formatProblem(each).replace(/^.*[\\/](?=[^\\/]*:\d+:\d+: )/, ''));
}

const DEALS = `at,series,quantity,price,buyer participant,buyer account,buyer info,seller participant,seller account,clearing date
2019-05-03 10:15,HSIK9,5,29500,CABC,HOUSE,ORDER 7,CXYZ,HOUSE,
2019-05-02 18:00,HKB65.00E9,2,1.25,CABC,OMNI1,,CABC,HOUSE,2019-05-03
`;
const POSITIONS = `participant,account,series,held,written
CABC,HOUSE,HSIK9,120,
CABC,OMNI1,HSI28000E9,7,3
CXYZ,HOUSE,HSIK9,0,120
`;
const WRITTEN_TRADES = `  trades:
    - { at: "2019-05-03 10:15", series: "HSIK9", quantity: 5, price: "29500", buyer: { participant: "CABC", account: "HOUSE", info: "ORDER 7" }, seller: { participant: "CXYZ", account: "HOUSE" } }
    - { at: "2019-05-02 18:00", series: "HKB65.00E9", quantity: 2, price: "1.25", buyer: { participant: "CABC", account: "OMNI1" }, seller: { participant: "CABC", account: "HOUSE" }, clearingDate: "2019-05-03" }
`;
const WRITTEN_POSITIONS = `  positions:
    - { participant: "CABC", account: "HOUSE", series: "HSIK9", held: 120 }
    - { participant: "CABC", account: "OMNI1", series: "HSI28000E9", held: 7, written: 3 }
    - { participant: "CXYZ", account: "HOUSE", series: "HSIK9", written: 120 }
`;
const WRITTEN = load(dayText({ world: WRITTEN_TRADES + WRITTEN_POSITIONS })).world;
const FROM = '  trades: { from: trades.csv }\n  positions: { from: positions.csv }';

test('rows of CSV files give the same world as the rows that are written by hand', async () => {
  const { world } = await sound(FROM, { 'trades.csv': DEALS, 'positions.csv': POSITIONS });
  expect([world.deals, world.positions]).toEqual([WRITTEN.deals, WRITTEN.positions]);
  expect(world.deals).toHaveLength(2);
});

test('a list may mix rows of files with rows that stand in it, in their order', async () => {
  const rows = POSITIONS.split('\n');
  const { world } = await sound(
    `  positions:
    - from: first.csv
    - { participant: "CABC", account: "OMNI1", series: "HSI28000E9", held: 7, written: 3 }
    - from: books/last.csv`,
    { 'first.csv': `${rows[0]}\n${rows[1]}\n`, 'books/last.csv': `${rows[0]}\n${rows[3]}\n` },
  );
  expect(world.positions).toEqual(WRITTEN.positions);
});

test.each([
  ['a byte order mark', (text: string) => `\uFEFF${text}`],
  ['lines that end with CR LF', (text: string) => text.replaceAll('\n', '\r\n')],
  ['lines that end with CR', (text: string) => text.replaceAll('\n', '\r')],
  ['a mixture of line ends', (text: string) => text.replace('\n', '\r\n')],
  ['no line end at the end', (text: string) => text.trimEnd()],
  ['blank lines', (text: string) => `\n${text.replaceAll('\n', '\n\n')}\n`],
  ['comment lines above', (text: string) => `# SIMULATED REPORT, "quoted\r\n# and more\n${text}`],
  ['quotes around every cell', (text: string) => text.replaceAll(/[^,\n]+/g, '"$&"')],
  ['columns in another order', (text: string) => text.replaceAll(/^([^,\n]*),([^,\n]*),(.*)$/gm, '$3,$2,$1')],
])('a file with %s is read', async (_what, change) => {
  const { world } = await sound(FROM, { 'trades.csv': change(DEALS), 'positions.csv': change(POSITIONS) });
  expect([world.deals, world.positions]).toEqual([WRITTEN.deals, WRITTEN.positions]);
});

test('the positions page and the positions report of DCASS are imported as they are', async () => {
  const { world } = await sound(FROM, { 'trades.csv': DEALS, 'positions.csv': POSITIONS });
  await using site = await startSite({ world: { ...world, participants: withPassword(world) } });
  const browser = site.browser();
  await browser.get('/login');
  await browser.login('BU_CABC101');
  const { status, body: page } = await browser.get('/positions?format=csv');
  expect(status).toBe(200);
  const report = site.core.startReports('positions', ['CABC' as CustomerCode])[0]?.text ?? '';
  expect(report).toMatch(/^# SIMULATED/);
  const expected = [...(site.core.book('CABC' as CustomerCode)?.positions.values() ?? [])]
    .filter(({ held, written }) => held + written > 0)
    .map(({ participant, account, series, held, written }) => ({ participant, account, series, held, written }));
  for (const text of [page, report]) {
    const again = await sound('  positions: { from: positions.csv }', { 'positions.csv': text });
    expect(new Set(again.world.positions)).toEqual(new Set(expected));
  }
});

/** The site's browser knows one password. */
function withPassword({ participants }: WorldDefinition): WorldDefinition['participants'] {
  return participants.map((each) => ({
    ...each,
    users: each.users.map((user) => ({ ...user, password: new Secret(PASSWORD) })),
  }));
}

const HEAD = 'participant,account,series,held,written';
const TRADE_HEAD = DEALS.split('\n')[0] ?? '';
const DEAL = DEALS.split('\n')[1] ?? '';

test.each<[what: string, file: string, content: string | Uint8Array, trouble: string | readonly string[]]>([
  ['an empty file', 'positions.csv', '', ':1:1: this file is empty; its first line names the columns'],
  ['a file of comments', 'positions.csv', '# report\n', ':1:1: this file is empty; its first line names the columns'],
  [
    'a misspelt column',
    'positions.csv',
    `participant,acount,series,held,written\nCABC,HOUSE,HSIK9,1,\n`,
    ':1:13: unknown column "acount"; write "account" (columns: participant, account, series, held, written)',
  ],
  [
    'an unknown column',
    'positions.csv',
    `${HEAD},colour\nCABC,HOUSE,HSIK9,1,,red\n`,
    ':1:41: unknown column "colour"; remove it (columns: participant, account, series, held, written)',
  ],
  [
    'a column twice',
    'positions.csv',
    `${HEAD},held\nCABC,HOUSE,HSIK9,1,,2\n`,
    ':1:41: the column "held" stands here a second time; keep one of the two',
  ],
  [
    'missing columns',
    'positions.csv',
    'participant,held\nCABC,1\n',
    [
      ':1:1: the column "account" is missing in this line; add it',
      ':1:1: the column "series" is missing in this line; add it',
    ],
  ],
  [
    'no line of columns',
    'positions.csv',
    'CABC,HOUSE,HSIK9,120,0\n',
    ':1:1: this line should name the columns (participant, account, series, held, written); found "CABC", "HOUSE", "HSIK9"',
  ],
  [
    'semicolons',
    'positions.csv',
    'participant;account;series;held;written\nCABC;HOUSE;HSIK9;1;0\n',
    ':1:1: the cells of this file are separated by ";"; save it with commas',
  ],
  [
    'too few cells',
    'positions.csv',
    `${HEAD}\nCABC,HOUSE,HSIK9,1\n`,
    ':2:1: this row has 4 cells, and the first line names 5 columns; write a comma for each empty cell too',
  ],
  [
    'too many cells',
    'positions.csv',
    `${HEAD}\nCABC,HOUSE,HSIK9,1,200,\n`,
    ':2:1: this row has 6 cells, and the first line names 5 columns; a cell with a comma in it is written in quotes: "a, b"',
  ],
  [
    'a quote that is never closed',
    'positions.csv',
    `${HEAD}\nCABC,HOUSE,HSIK9,1,0\nCABC,"HOUSE,HSI28000E9,1,0\nCXYZ,HOUSE,HSIK9,1,0\n`,
    ':3:6: the quote that opens here is never closed; write " at the end of the cell',
  ],
  [
    'a quote inside a cell',
    'positions.csv',
    `${HEAD}\nCABC,HO"USE,HSIK9,1,0\n`,
    ':2:6: a quote stands inside this cell; write "" for it, and one " around the whole cell',
  ],
  [
    'text after a closing quote',
    'positions.csv',
    `${HEAD}\n"CABC"X,HOUSE,HSIK9,1,0\n`,
    ':2:1: a quote stands inside this cell; write "" for it, and one " around the whole cell',
  ],
  [
    'a byte that is not UTF-8',
    'positions.csv',
    Buffer.concat([Buffer.from(`${HEAD}\nCABC,H`), Buffer.from([0xd6]), Buffer.from('USE,HSIK9,1,0\n')]),
    ':2:7: a character here is not UTF-8; save the file as "CSV UTF-8"',
  ],
  [
    'UTF-16',
    'positions.csv',
    Buffer.from(`\uFEFF${HEAD}\n`, 'utf16le'),
    ':1:1: this is not UTF-8 text; save the file as "CSV UTF-8"',
  ],
  [
    'an unknown account',
    'positions.csv',
    `${HEAD}\nCABC,"HOUS",HSIK9,1,0\n`,
    ':2:6: column "account": there is no account of CABC "HOUS"; write "HOUSE"',
  ],
  [
    'an unknown series below a cell of two lines',
    'trades.csv',
    `${TRADE_HEAD.replace('clearing date', 'id')}\n${DEAL.replace('ORDER 7', '"a\nb"')}x\n${DEAL.replace('HSIK9', 'HSIK8')}y\n`,
    [
      ':2:43: column "buyer info": found "a\\nb"; write a note of at most 15 plain (ASCII) characters',
      ':4:18: column "series": there is no series "HSIK8"; write "HSIK9"',
    ],
  ],
  [
    'a small letter and a number with a comma',
    'positions.csv',
    `${HEAD}\ncabc,HOUSE,HSIK9,"1,200",0\n`,
    [
      ':2:1: column "participant": found "cabc"; write "CABC" (a customer code: C and three capital letters or digits, for example "CABC")',
      ':2:18: column "held": found "1,200"; write contracts: a whole number from 0 to 10000000',
    ],
  ],
  [
    'an empty cell that is needed',
    'positions.csv',
    `${HEAD}\nCABC,,HSIK9,1,0\n`,
    ':2:6: column "account": this cell is empty; write an account of at most 10 capital letters and digits, for example "HOUSE"',
  ],
  [
    'a position twice',
    'positions.csv',
    `${HEAD}\nCABC,HOUSE,HSIK9,1,0\n\nCABC,HOUSE,HSIK9,2,0\n`,
    ':4:1: the position of CABC HOUSE HSIK9 stands in line 2 of positions.csv already; keep one of the two',
  ],
  [
    'both sides of a net account',
    'positions.csv',
    `${HEAD}\nCABC,HOUSE,HSIK9,5,12\n`,
    ':2:20: column "written": HOUSE keeps its positions net, so it has contracts held or written but not both; write written: 7 only',
  ],
  [
    'a seller’s unknown participant',
    'trades.csv',
    `${TRADE_HEAD}\n${DEAL.replace('CXYZ', 'CXYY')}\n`,
    ':2:51: column "seller participant": there is no participant "CXYY"; write "CXYZ"',
  ],
  [
    'a price with too many decimals',
    'trades.csv',
    `${TRADE_HEAD}\n${DEAL.replace('29500', '29500.5')}\n`,
    ':2:26: column "price": found 29500.5; a price of HSI is above 0 and has no decimals: write "29500"',
  ],
  [
    'a deal of tomorrow',
    'trades.csv',
    `${TRADE_HEAD}\n${DEAL.replace('05-03', '05-06')}\n`,
    ':2:1: column "at": "2019-05-06 10:15" is after the start of the day; write an earlier time, or a step deal.match in the timeline',
  ],
  [
    'a clearing date that is a Sunday',
    'trades.csv',
    `${TRADE_HEAD}\n${DEAL}2019-05-05\n`,
    ':2:62: column "clearing date": 2019-05-05 is not a business day; write "2019-05-06" or "2019-05-03"',
  ],
])('%s is told with its line and column', async (_what, name, content, trouble) => {
  const told = await troubles(`  ${name.replace('.csv', '')}: { from: ${name} }`, { [name]: content });
  expect(told).toEqual([trouble].flat().map((each) => name + each));
});

test.each([
  [
    'there is no such file',
    '{ from: trade.csv }',
    'day.yaml:16:19: trade.csv: there is no such file (looked for beside this file)',
  ],
  [
    'it is a folder',
    '{ from: books }',
    'day.yaml:16:19: books: it is a folder; name a CSV file in it (looked for beside this file)',
  ],
  [
    'it stands elsewhere',
    '{ from: /etc/passwd }',
    'day.yaml:16:19: "/etc/passwd" is not beside the scenario; write its way from this file, with /: books/trades.csv',
  ],
  [
    'it is written with backslashes',
    `{ from: 'books\\a.csv' }`,
    String.raw`day.yaml:16:19: "books\a.csv" is not beside the scenario; write its way from this file, with /: books/trades.csv`,
  ],
  [
    'it is no plain file',
    '{ from: ../../../../../../../../dev/null }',
    'day.yaml:16:19: ../../../../../../../../dev/null: it is no plain file (looked for beside this file)',
  ],
  [
    'something else stands beside it',
    '{ from: a.csv, at: "09:00" }',
    'day.yaml:16:26: unknown key "at"; remove it (allowed here: from)',
  ],
  [
    'it is a number',
    '{ from: 7 }',
    'day.yaml:16:19: 7 is a number without quotes; quote it: write "7" (the name of a CSV file beside this one, for example trades.csv)',
  ],
  ['the key is misspelt', '{ form: a.csv }', 'day.yaml:16:13: unknown key "form"; write "from" (allowed here: from)'],
])('a file that cannot be imported is told where its name stands: %s', async (_what, value, trouble) => {
  const folder = folderOf({ 'day.yaml': dayText({ world: `  trades: ${value}` }) });
  mkdirSync(join(folder, 'books'));
  const result = await loadScenario(join(folder, 'day.yaml'));
  expect(result.ok ? [] : result.problems.map((each) => formatProblem(each).replace(`${folder}/`, ''))).toEqual([
    trouble,
  ]);
});

test('a CSV file that has changed is read anew', async () => {
  const folder = folderOf({ 'day.yaml': dayText({ world: FROM }), 'trades.csv': DEALS, 'positions.csv': POSITIONS });
  const count = async (): Promise<number | undefined> => {
    const result = await loadScenario(join(folder, 'day.yaml'));
    return result.ok ? result.scenario.world.deals.length : undefined;
  };
  expect(await count()).toBe(2);
  writeFileSync(join(folder, 'trades.csv'), `${TRADE_HEAD}\n${DEAL}\n`);
  expect(await count()).toBe(1);
});

test('a shipped day that imports is right also where the build has read its YAML, and follows its CSV file', async () => {
  const days = folderOf({
    'day.yaml': dayText({ world: FROM }),
    'trades.csv': DEALS,
    'positions.csv': POSITIONS,
  });
  const compiled = await compileShipped(days);
  expect(compiled).toHaveLength(1);
  writeFileSync(join(days, 'positions.csv'), POSITIONS.replace('HSIK9', 'HSIK8'));
  const compiledDir = folderOf(Object.fromEntries(compiled.map(({ name, json }) => [name, json])));
  const wrong = await loadScenario('day', { scenariosDir: days, compiledDir });
  expect(wrong.ok ? [] : wrong.problems.map(formatProblem)).toEqual([
    'scenarios/positions.csv:2:12: column "series": there is no series "HSIK8"; write "HSIK9"',
  ]);
  writeFileSync(join(days, 'positions.csv'), POSITIONS);
  const right = await loadScenario('day', { scenariosDir: days, compiledDir });
  expect(right.ok && [right.scenario.world.deals, right.scenario.world.positions]).toEqual([
    WRITTEN.deals,
    WRITTEN.positions,
  ]);
});

test('a position of nothing, which DCASS lists too, is passed over', async () => {
  const { world } = await sound('  positions: { from: positions.csv }', {
    'positions.csv': `${HEAD},closed out,exercised,assigned,denied,covered\nCABC,HOUSE,HSIK9,0,0,7,0,0,0,0\nCABC,HOUSE,HSI28000E9,1,0,0,0,0,0,0\n`,
  });
  expect(world.positions.map((each) => each.series)).toEqual(['HSI28000E9']);
});

test('a customer info that DCASS has made plain for spreadsheets is read as it was', async () => {
  const { world } = await sound('  trades: { from: trades.csv }', {
    'trades.csv': `${TRADE_HEAD}\n${DEAL.replace('ORDER 7', "'=1+1")}\n`,
  });
  expect(world.deals[0]?.buyer.customerInfo).toBe('=1+1');
});

test('of a file that is wrong in every row fifty problems are told, and that there are more', async () => {
  const row = DEAL.replace('HSIK9', 'HSIK8').replace('CXYZ', 'cxyz');
  const told = await troubles('  trades: { from: trades.csv }', {
    'trades.csv': `${TRADE_HEAD}\n${`${row}\n`.repeat(40_000)}`,
  });
  expect(told).toHaveLength(51);
  expect(told.at(-1)).toMatch(/^trades\.csv:\d+:\d+: more is wrong from here on; correct what is told so far first$/);
});
