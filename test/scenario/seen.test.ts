import { describe, expect, test } from 'vitest';
import { dayText, load, troubles } from './support/day.ts';

const expecting = (seen: string): string =>
  dayText({ expect: `  - { id: a, says: "A.", seen: { ${seen} }, before: "12:00" }` });
const waiting = (seen: string): string =>
  dayText({
    timeline: `  - { id: w, when: { any: [{ seen: { ${seen} } }] }, do: note, with: { text: "a" } }`,
  });

// What no entry of a journal can ever be is a mistake of who writes the day, and would never be seen.
describe.each([
  ['an expectation', expecting, '21:'],
  ['a when', waiting, '18:'],
])('%s refuses what no journal entry can be', (_name, day, line) => {
  test.each<[string, string]>([
    [
      'kind: online.login, usr: "BU_CABC101"',
      'an entry of online.login has no field "usr"; write user (fields: user, participant,',
    ],
    ['kind: sftp.download, page: trades', 'an entry of sftp.download has no field "page"; write '],
    ['kind: online.login, outcome: refusd', 'there is no outcome "refusd"; write "refused"'],
    ['kind: online.login, gateway: online-7', 'there is no gateway "online-7"; write "online-1"'],
    ['kind: online.login, gateway: 1', '1 is a number without quotes; quote it: write "1"'],
    ['kind: online.login, user: 101', '101 is a number without quotes; quote it: write "101"'],
    ['kind: online.enquiry, rows: "3"', 'found "3"; rows is a whole number, without quotes'],
    ['kind: online.login, user: ~', 'found nothing; write a text, a number, true or false'],
    [
      'kind: online.login, user: []',
      'found an empty list []; write a text, a number, true or false; or a list of them',
    ],
    ['kind: online.login, user: { a: 1 }', 'found a group of keys; write a text, a number, true or false'],
    ['kind: control.injected, verb: gateway.sotp', 'there is no verb "gateway.sotp"; write "gateway.stop"'],
    ['kind: clearing.give-up-changed, giver: "CABD"', 'there is no participant "CABD"; write "CABC"'],
  ])('{ %s }', (seen, message) => {
    const found = troubles(day(seen));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${line}\\d+: `));
    expect(found[0]?.replace(/^\d+:\d+: /, '')).toContain(message);
  });

  test('a kind that is not there, or is missing, is told once, whatever else stands there', () => {
    expect(troubles(day('kind: online.logon, usr: "a"'))).toEqual([
      expect.stringMatching(/there is no kind of journal entry "online\.logon"; write online\.login \(/),
    ]);
    expect(troubles(day('user: "BU_CABC101"'))).toEqual([
      expect.stringMatching(
        /"kind" is missing here; write kind: and the kind of a journal entry, for example online\.login$/,
      ),
    ]);
  });
});

test('a step that an expectation looks for is one of the timeline', () => {
  expect(troubles(expecting('kind: scenario.step, step: open'))[0]).toContain('there is no step "open"; write "opens"');
  expect(load(expecting('kind: scenario.step, step: opens')).expectations).toHaveLength(1);
});
