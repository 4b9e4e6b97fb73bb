import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { formatProblem, loadScenario, type Problem } from '../../src/scenario/load.ts';

const FOLDER = new URL('./broken/', import.meta.url).pathname;

// Read by a person: the place is where the mistake stands, and the words say what to write.
const EXPECTED: readonly (readonly [file: string, line: number, column: number, message: string])[] = [
  ['administrator-functions', 15, 38, 'an Administrator has no post-trade functions; leave the key out'],
  ['after-itself', 25, 18, '"closes" is this step itself; write the id of an earlier one'],
  [
    'after-later',
    21,
    18,
    '"closes" stands further down; a step can only come after one that stands above it: move this step down',
  ],
  ['after-unknown', 25, 18, 'there is no step "open"; write "opens"'],
  ['alias', 10, 17, 'aliases (*name) are not used in scenarios; write the value out here'],
  ['anchor', 16, 16, 'anchors (&name) are not used in scenarios; remove it and write the value out where it is needed'],
  ['backward-span', 26, 35, 'the span ends at 11:00, but it begins at 12:00; write a later end'],
  ['between-without-when', 26, 14, 'between belongs to a step with when:, and this one has at:; remove it'],
  ['condition-of-nobody', 25, 47, 'there is no user "BU_CABC109"; write "BU_CABC101"'],
  [
    'else-without-span',
    26,
    11,
    'else happens when the span is over, and this step has none; write between: { to: "12:00" }',
  ],
  [
    'failover-to-nowhere',
    24,
    5,
    'there is no second data centre; write under world: gateways: { secondary: { online: [{ host: …, address: … }], oapi: ["10.…"] } }',
  ],
  [
    'fallback-to-nothing',
    24,
    5,
    'there is no platform to fall back to; write under world: platforms: { geniumInet: {} }',
  ],
  ['gate-without-default', 25, 11, '"default" is missing here; write default: and one of: open, skip'],
  ['misspelt-param', 27, 9, 'there is no parameter "close"; write "${closes}"'],
  [
    'param-default',
    6,
    34,
    'the default of "closes" is "noon"; write a Hong Kong time in quotes from "00:00" to "23:59", for example "09:00", or "+1d 01:00" past midnight',
  ],
  [
    'param-definition',
    6,
    11,
    'found 2; write a parameter: { type: time, default: "12:00", says: "When the session ends." }',
  ],
  ['repeat-after-end', 26, 33, '11:00 is not after the first time (12:00); write a later time, or remove repeat'],
  ['repeat-nothing', 26, 22, 'a step cannot be repeated every 0s; write a duration, for example 15m'],
  [
    'repeat-too-often',
    26,
    22,
    'this step would happen 3601 times, and 500 are the most; write a longer duration, or an earlier end',
  ],
  ['two-conditions', 25, 11, 'a condition is one of seen: { kind: … }, all: [{ seen: … }] and any: [{ seen: … }]'],
  ['unknown-param', 25, 9, 'there is no parameter "closes"; write it under params, or "$${" where the text is meant'],
  [
    'unused-param',
    6,
    3,
    'nothing uses the parameter "closes"; write "${closes}" where its value belongs, or remove it',
  ],
  ['bad-duration', 25, 29, 'found "3 hours"; write "3h" (a duration, for example 90s, 5m or 1h30m)'],
  [
    'both-sides-net',
    18,
    84,
    'HOUSE keeps its positions net, so it has contracts held or written but not both; write held: 7 only',
  ],
  ['close-without-open', 26, 9, 'no session is open here; write a step session.open before this one, or remove it'],
  ['duplicate-id', 24, 9, 'there is already a step "opens" (line 20); write another id, or remove one of the two'],
  ['duplicate-key', 26, 5, '"at" stands here a second time (first in line 25); keep one of the two'],
  [
    'duplicate-user',
    15,
    13,
    'there is already a user "BU_CABC101" (line 14); write another id, or remove one of the two',
  ],
  [
    'end-before-start',
    4,
    49,
    'the day ends at 06:00, but it starts at 06:30; write a later end (past midnight: "+1d 01:00")',
  ],
  [
    'endless-fault',
    24,
    44,
    'a fault without an end: online-1, oapi-1 would stay stopped for ever; write for: 10m here, or a step',
  ],
  [
    'foreign-series',
    18,
    56,
    'HKB65.00E9 is cleared by SEOCH, and CABC is a participant of HKCC only; add SEOCH to its clearingHouses, or',
  ],
  ['impossible-date', 4, 14, '"2019-02-30" is not a day of the calendar; write a day such as "2019-05-05"'],
  [
    'impossible-time',
    25,
    9,
    'found "25:00"; write "+1d 01:00" (a Hong Kong time in quotes from "00:00" to "23:59", for example "09:00", or',
  ],
  ['list-for-map', 4, 6, 'found a list; write the day: { date: "2019-05-05", start: "06:30", end: "13:00" }'],
  [
    'lower-case-code',
    7,
    13,
    'found "cabc"; write "CABC" (a customer code in quotes: C and three capital letters or digits, for example',
  ],
  ['merge-key', 25, 5, 'merge keys (<<) are not used in scenarios; write the keys out here'],
  ['missing-arguments', 22, 9, 'session.open needs to know more; write with: { mode: enquiry-only }'],
  ['missing-key', 7, 7, '"name" is missing here; write name: and a text on one line, at most 200 characters'],
  ['no-business-date', 4, 42, '2019-05-13 is not a business day; write "2019-05-14" or "2019-05-10"'],
  [
    'no-deadline',
    28,
    5,
    'nothing says by when; write before: "12:30", within: { from: "09:00", to: "12:00" }, or never: true',
  ],
  [
    'no-trigger',
    24,
    5,
    'nothing says when this step happens; write at: "HH:MM", after: { id: …, by: 30m }, when: or gate:',
  ],
  [
    'number-for-code',
    7,
    13,
    '0123 is a number without quotes; quote it: write "0123" (a customer code in quotes: C and three capital',
  ],
  [
    'number-password',
    15,
    37,
    'what stands here (not shown) is a number without quotes; put it in quotes (a password in quotes that follows',
  ],
  ['open-twice', 26, 9, 'DCASS is open already, since 09:00 (line 20); write a step session.close before this one'],
  [
    'out-of-order',
    25,
    9,
    'this step is at 08:00, but the one above it (line 20) is at 09:00; a day is told in time order: move this',
  ],
  ['outside-the-day', 25, 9, '14:00 is after the day ends (13:00); write an earlier time, or a later end under day'],
  ['price-decimals', 23, 14, 'found 29500.5; a price of HSI is above 0 and has no decimals: write "29500"'],
  [
    'short-password',
    15,
    37,
    'this password has 8 characters; write one of 16 to 20 characters, as an Administrator needs',
  ],
  [
    'short-time',
    21,
    9,
    'found "9:00"; write "09:00" (a Hong Kong time in quotes from "00:00" to "23:59", for example "09:00", or "+1d',
  ],
  ['start-without-stop', 24, 54, 'online-2 is not stopped here; write a gateway.stop before this step, or remove it'],
  ['tab', 8, 1, 'a tab stands here; indent with spaces'],
  ['tag', 25, 15, 'tags (!name) are not used in scenarios; remove it, and quote the value if it is a text'],
  [
    'two-documents',
    19,
    1,
    'one file tells one day; remove the line --- and what follows it, or put it into a file of its own',
  ],
  ['two-triggers', 24, 5, 'this step has two triggers; keep at: or after:, not both'],
  [
    'unclosed-quote',
    3,
    47,
    'something is missing here: a closing quote or bracket, a comma, a colon, or the space after one of them',
  ],
  ['unknown-account', 18, 39, 'there is no account of CABC "HOUS"; write "HOUSE"'],
  [
    'unknown-class',
    16,
    21,
    '"HSX28000E9" begins with HSX, which is no class; write "HSI28000E9" (classes: HSI, MHI, HHI, MCH, CKH, CLP,',
  ],
  [
    'unknown-key',
    9,
    7,
    'unknown key "clearingHouse"; write "clearingHouses" (allowed here: code, name, clearingHouses,',
  ],
  [
    'unknown-kind',
    30,
    19,
    'there is no kind of journal entry "onlin.login"; write online.login (online.login, online.logout,',
  ],
  [
    'unknown-section',
    19,
    1,
    'unknown key "timelime"; write "timeline" (allowed here: format, extends, params, scenario, day, world, timeline, expect,',
  ],
  ['unknown-series', 18, 56, 'there is no series "HSIK8"; write "HSIK9"'],
  ['unknown-function', 14, 56, 'found "takeup"; write take-up (allowed: rectify-trade, '],
  ['unknown-user', 24, 55, 'there is no user "BU_CABC102"; write "BU_CABC101"'],
  [
    'unknown-verb',
    26,
    9,
    'there is no verb "session.clsoe"; write session.close (verbs: session.open, session.close; docs/reference/scenario.md has all)',
  ],
  ['unquoted-time', 21, 9, 'times are quoted: write "09:00"'],
  [
    'user-of-nobody',
    15,
    13,
    'BU_CABD201 belongs to a participant by its letters 4 to 7, and there is no participant "CABD"; write "CABC"',
  ],
  [
    'user-pattern',
    15,
    13,
    'found "BU_CABC301"; write a user id in quotes: "BU_CABC101" (Online), "BU_CABC201" (Administrator),',
  ],
  [
    'user-state',
    15,
    34,
    'found "expird"; write expired (allowed: active, expiring, expired, change-required, locked, suspended)',
  ],
  ['wrong-format', 2, 9, 'found "dcass-scenario/2"; write dcass-scenario/1'],
  ['wrong-mode', 23, 19, 'found "enquiry_only"; write enquiry-only (allowed: enquiry-only, normal)'],
  ['misspelt-account', 12, 26, 'unknown key "typ"; write "type" (allowed here: id, type, state, access)'],
  [
    'no-participants',
    6,
    17,
    'found 0; write a list of participants, or how many are grown: a whole number from 2 to 200, without quotes',
  ],
  [
    'odd-trades',
    17,
    11,
    'found 4999; write a list of deals, rows of a CSV file ({ from: trades.csv }), or how many trades are grown: an even',
  ],
  [
    'one-account',
    16,
    11,
    'a deal needs two accounts that deal (house, market-maker, omnibus-client or individual-client)',
  ],
  [
    'spread-series',
    18,
    56,
    'HSIK9/M9 is a calendar spread, and nothing is cleared in a spread: a match in it is a deal in each leg; write',
  ],
  [
    'stock-future',
    16,
    21,
    'HKB has options only; write a strike between the class and the month, for example "HKB65.00E9"',
  ],
  [
    'too-many-participants',
    6,
    17,
    'found 5000; write a list of participants, or how many are grown: a whole number from 2 to 200, without quotes',
  ],
];

async function problemsOf(file: string): Promise<readonly Problem[]> {
  const result = await loadScenario(`${FOLDER}${file}.yaml`);
  return result.ok ? [] : result.problems;
}

describe('a broken scenario file is refused at its line and column, with what to write', () => {
  test.each(EXPECTED)('%s: %i:%i', async (file, line, column, message) => {
    const problems = await problemsOf(file);
    const texts = problems.map((problem) => `${problem.line}:${problem.column}: ${problem.message}`);
    expect(
      texts.find((text) => text.startsWith(`${line}:${column}: ${message}`)),
      texts.join('\n'),
    ).toBeDefined();
  });

  test('one mistake gives one message (a merge key hides a time, too)', async () => {
    const counts = await Promise.all(EXPECTED.map(async ([file]) => [file, (await problemsOf(file)).length] as const));
    expect(counts.filter(([, count]) => count !== 1)).toEqual([['merge-key', 2]]);
  });

  test('every broken file is in the table', () => {
    const files = readdirSync(FOLDER).map((name) => name.replace('.yaml', ''));
    expect(files.toSorted()).toEqual(EXPECTED.map(([file]) => file).toSorted());
  });

  test('no message needs more than two lines of 160 columns', async () => {
    const long = (await Promise.all(EXPECTED.map(([file]) => problemsOf(file))))
      .flat()
      .filter(({ message }) => message.length > 320);
    expect(long.map(formatProblem)).toEqual([]);
  });

  test('a broken password is never printed', async () => {
    const problems = [...(await problemsOf('short-password')), ...(await problemsOf('number-password'))];
    expect(JSON.stringify(problems)).not.toMatch(/Tiger|8675309/);
  });
});
