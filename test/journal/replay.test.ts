import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CredentialVault } from '../../src/clearing/secret.ts';
import { restoreState, type StateSnapshot } from '../../src/clearing/snapshot.ts';
import type { UserId } from '../../src/clearing/user.ts';
import type { WorldDefinition } from '../../src/clearing/world.ts';
import { readJournalLines, replay } from '../../src/journal/replay.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';
import { SimError } from '../../src/sim-error.ts';
import { Place } from '../clearing/histories/place.ts';
import { histories } from '../clearing/histories/scale.ts';
import { begin, history, take } from '../clearing/histories/step.ts';
import { wholeState } from '../clearing/histories/whole-state.ts';
import { worldOf } from '../clearing/histories/world.ts';
import { curlAt } from '../support/online-by-curl.ts';
import { scenarioFile, simulator, smallDay, SMALL_DAY_PASSWORD } from '../support/simulator.ts';
import { at, deal, world } from '../support/world.ts';

type Line = Record<string, unknown>;

function throughJson<T>(value: unknown): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

// Goal: replay of the journal gives the identical state.
// Method: the entries of a random history, through JSON as a file has them, against the state that it left.
test('the journal of any history, replayed, gives the identical state', () => {
  fc.assert(
    fc.property(history, (of) => {
      const place = begin(of);
      for (const step of of.steps) take(place, step);
      const replayed = replay(worldOf(of.beginning), throughJson<Line[]>(place.journal), place.vault);
      expect(wholeState(replayed)).toEqual(wholeState(place.whole));
    }),
    histories(100),
  );
});

// Goal: a snapshot in the middle of a day and the journal from there on are as good as the whole journal.
// Method: a history is cut anywhere; the rest of its entries follows on the snapshot.
test('a snapshot and the entries after it, replayed, give the identical state', () => {
  fc.assert(
    fc.property(history, fc.nat({ max: 99 }), (of, percent) => {
      const place = begin(of);
      const cut = Math.floor((of.steps.length * percent) / 100);
      for (const step of of.steps.slice(0, cut)) take(place, step);
      const snapshot = throughJson<StateSnapshot>(place.snapshot());
      const after = place.journal.length;
      for (const step of of.steps.slice(cut)) take(place, step);
      const replayed = replay(snapshot, place.journal.slice(after), place.vault, { after });
      expect(wholeState(replayed)).toEqual(wholeState(place.whole));
    }),
    histories(60),
  );
});

/** A short day of a few entries, one of each source of trouble. */
function shortDay(): { readonly start: WorldDefinition; readonly place: Place; readonly entries: Line[] } {
  const start = world();
  const place = new Place(start, at('09:00'));
  place.setPhase('normal');
  place.matchDeal(deal());
  place.startReports('trades', ['CABC' as never]);
  place.resetPasswordByExchange('BU_CABC101' as UserId, undefined);
  return { start, place, entries: throughJson<Line[]>(place.journal) };
}

test('a password is a reference in the journal, and without the vault the replay says which one is missing', () => {
  const { start, place, entries } = shortDay();
  const set = place.whole.users.get('BU_CABC101' as UserId)?.password.reveal() ?? '';
  expect(set.length).toBeGreaterThan(7);
  expect(JSON.stringify(entries)).not.toContain(set);
  expect(
    replay(start, entries, place.vault)
      .users.get('BU_CABC101' as UserId)
      ?.password.reveal(),
  ).toBe(set);
  expect(() => replay(start, entries, new CredentialVault())).toThrow(
    'entry 4 (clearing.password-set) is damaged; event.password: there is no credential 1',
  );
});

test("a report's text is not in the journal, and is made again", () => {
  const { start, place, entries } = shortDay();
  const text = place.whole.reports[0]?.text ?? '';
  expect(text).toContain('HSIK9');
  expect(JSON.stringify(entries)).not.toContain(JSON.stringify(text).slice(1, 60));
  expect(replay(start, entries, place.vault).reports[0]?.text).toBe(text);
});

const BROKEN: readonly (readonly [string, (entries: Line[]) => unknown, string])[] = [
  ['lacks an entry', (entries) => entries.splice(1, 1), 'entry 2 is missing: entry 1 is followed by 3'],
  ['begins late', (entries) => entries.shift(), 'entry 1 is missing: entry 0 is followed by 2'],
  [
    'has an entry twice',
    (entries) => entries.splice(1, 0, entries[0] as Line),
    'entry 2 is missing: entry 1 is followed by 1',
  ],
  [
    'has no entry at all there',
    (entries) => entries.splice(1, 1, null as never),
    'after entry 1 comes something that is no entry',
  ],
  [
    'has an unknown kind',
    (entries) => Object.assign(entries[1] as Line, { kind: 'clearing.deal-sold' }),
    'entry 2 is of the unknown kind "clearing.deal-sold"',
  ],
  [
    'has no event',
    (entries) => delete (entries[0] as Line)['event'],
    'entry 1 (clearing.phase-changed) is damaged; event: a record is expected, nothing was found',
  ],
  [
    'has the event of another kind',
    (entries) => Object.assign(entries[0] as Line, { event: (entries[1] as Line)['event'] }),
    'entry 1 (clearing.phase-changed) is damaged; event: there is no field "deal" here',
  ],
  [
    'has a damaged event',
    (entries) => Object.assign(trade(entries), { quantity: 'ten' }),
    'entry 2 (clearing.deal-matched) is damaged; event.trades[0].quantity: a whole number is expected, "ten" was found',
  ],
  [
    'has an event without a field',
    (entries) => delete trade(entries)['side'],
    'event.trades[0].side: one of buy, sell is expected, nothing was found',
  ],
  [
    'says one thing to people and another to programs',
    (entries) => Object.assign(entries[1] as Line, { quantity: 11 }),
    'entry 2 (clearing.deal-matched): its field "quantity" and its event disagree',
  ],
  [
    'names what does not exist',
    (entries) =>
      Object.assign(trade(entries), { account: 'X', participant: 'CABC' }) &&
      Object.assign((entries[1] as Line)['buyer'] as Line, { account: 'X' }),
    'entry 2 (clearing.deal-matched) cannot be applied: a trade is in the account X, which CABC does not have',
  ],
];

test.each(BROKEN)('a journal that %s is refused, and the entry is named', (_name, damage, message) => {
  const { start, place, entries } = shortDay();
  damage(entries);
  expect(() => replay(start, entries, place.vault)).toThrow(message);
  expect(() => replay(start, entries, place.vault)).toThrow(SimError);
});

test('a line of a journal file that is broken is refused with its number', () => {
  expect([...readJournalLines(['{"seq":1}', ''])]).toEqual([{ seq: 1 }]);
  expect(() => [...readJournalLines(['{"seq":1}', '{"seq":2,"ki'])]).toThrow('line 2 is no JSON');
});

test('the journal file of a running day, with a browser, passwords, deals, reports and a day end, replays to its state', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dcass-sim-test-'));
  using _folder = { [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
  using day = scenarioFile(smallDay());
  const journalFile = join(folder, 'journal.jsonl');
  const sim = await simulator({ scenario: day.path, journalFile });
  await sim.clock.advanceTo('09:05');
  using browser = curlAt(sim);
  await browser.login('BU_CABC101', SMALL_DAY_PASSWORD);
  await sim.inject('deal.match', DEAL);
  await sim.inject('give-up.request', { participant: 'CABC', trade: 1, to: 'CXYZ', quantity: 2 });
  await sim.inject('password.reset', { user: 'BU_CABC102' });
  await sim.inject('password.reset', { user: 'BU_CXYZ101', password: 'Never-Written-1!' });
  await sim.inject('report.publish', { which: ['trades', 'positions'] });
  const middle = { snapshot: sim.snapshot(), after: sim.journal.entries().length };
  await sim.inject('day.end');
  await sim.inject('day.roll');
  await sim.clock.advanceTo('12:30');
  const { credentials } = sim;
  const left = restoreState(sim.snapshot());
  await sim.stop();

  const file = readFileSync(journalFile, 'utf8');
  expect(file).not.toContain('Never-Written-1!');
  expect(file).not.toContain(SMALL_DAY_PASSWORD);
  const entries = [...readJournalLines(file.split('\n'))];
  const { world: start } = await loaded(day.path);
  expect(wholeState(replay(start, entries, credentials))).toEqual(wholeState(left));
  const { snapshot, after } = middle;
  expect(wholeState(replay(snapshot, entries.slice(after), credentials, { after }))).toEqual(wholeState(left));
  expect([left.reports.length, left.giveUps.size, left.businessDate]).toEqual([4, 1, '2019-05-07']);
});

const DEAL = {
  series: 'HSIK9',
  quantity: 5,
  price: '29500',
  buyer: { participant: 'CABC', account: 'OMNI1' },
  seller: { participant: 'CXYZ', account: 'HOUSE' },
};

async function loaded(path: string): Promise<Scenario> {
  const result = await loadScenario(path, { scenariosDir: '.' });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.scenario;
}

function trade(entries: readonly Line[]): Line {
  return (((entries[1] as Line)['event'] as Line)['trades'] as Line[])[0] as Line;
}
