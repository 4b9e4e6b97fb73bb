import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CustomerCode } from '../../../src/clearing/participant.ts';
import { restoreState, takeSnapshot } from '../../../src/clearing/snapshot.ts';
import { SimError } from '../../../src/sim-error.ts';
import { at as time, deal, PASSWORD, world } from '../../support/world.ts';
import { Place } from './place.ts';
import { histories } from './scale.ts';
import { begin, history, take, type History } from './step.ts';
import { plain, wholeState } from './whole-state.ts';

type Record_ = Record<string, unknown>;

function after({ steps, ...of }: History, count = steps.length): Place {
  const place = begin({ steps, ...of });
  for (const step of steps.slice(0, count)) take(place, step);
  return place;
}

/** A place at the first moment at which nothing in its state is empty: the same at every run. */
function busyPlace(): Place {
  let left: readonly string[] | undefined;
  for (const of of fc.sample(history, { numRuns: 1_000, seed: 1 })) {
    const place = begin(of);
    for (const step of of.steps) {
      take(place, step);
      if (place.whole.deals.size <= 25) continue;
      const empty = emptyFields(place);
      if (empty.length === 0) return place;
      if (empty.length < (left?.length ?? Infinity)) left = empty;
    }
  }
  throw new Error(`no history has something in all fields of the state: ${left?.join(', ')} stay empty`);
}

/** Its snapshot: each test takes it apart for itself. */
const BUSY = JSON.stringify(busyPlace().snapshot());

/** Fields of the state, or of every book, that have nothing in them. */
function emptyFields({ whole }: Place): readonly string[] {
  const books = [...whole.books.values()];
  const isEmpty = (value: unknown): boolean =>
    value === undefined ||
    (value instanceof Map && value.size === 0) ||
    (typeof value === 'object' && value !== null && 'size' in value && value.size === 0) ||
    (Array.isArray(value) && value.length === 0);
  return [
    ...Object.entries(whole).flatMap(([name, value]) => (isEmpty(value) ? [name] : [])),
    ...Object.keys(books[0] ?? {}).filter((name) => books.every((book) => isEmpty(book[name as keyof typeof book]))),
  ];
}

function throughJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

// Goal: restore of a snapshot gives the identical state.
// Method: a snapshot goes through JSON; every field of the states, maps in order, is compared, and a second snapshot.
test('after any history a snapshot that went through JSON restores the identical state', () => {
  fc.assert(
    fc.property(history, (of) => {
      const { whole } = after(of);
      const snapshot = takeSnapshot(whole);
      const restored = restoreState(throughJson(snapshot));
      expect(wholeState(restored)).toEqual(wholeState(whole));
      expect(JSON.stringify(takeSnapshot(restored))).toBe(JSON.stringify(snapshot));
    }),
    histories(100),
  );
});

// Goal: a day goes on from its snapshot as if nothing had been.
// Method: a history is cut somewhere; what follows happens to the one that ran on and to the restored one.
test('what follows after a restore is what would have followed without', () => {
  fc.assert(
    fc.property(history, fc.nat({ max: 99 }), ({ steps, ...of }, percent) => {
      const cut = Math.floor((steps.length * percent) / 100);
      const first = after({ steps, ...of }, cut);
      const restored = new Place(throughJson(first.snapshot()), first.clock.now);
      const before = first.events.length;
      for (const step of steps.slice(cut)) expect(take(restored, step)).toEqual(take(first, step));
      expect(plain(restored.events, restored.whole)).toEqual(plain(first.events.slice(before), first.whole));
      expect(wholeState(restored.whole)).toEqual(wholeState(first.whole));
    }),
    histories(100),
  );
});

test('a snapshot has every field of the state and its books, none of them empty, and shares nothing with them', () => {
  const place = busyPlace();
  const before = JSON.stringify(wholeState(place.whole));
  const snapshot = place.snapshot();
  const restored = new Place(snapshot, place.clock.now);
  expect(wholeState(restored.whole)).toEqual(wholeState(place.whole));
  restored.sendMessage(undefined, 'only here');
  restored.endDay();
  restored.rollBusinessDate();
  expect(JSON.stringify(wholeState(place.whole))).toBe(before);
  expect(JSON.stringify(place.snapshot())).toBe(JSON.stringify(snapshot));
});

test('a zero with a minus sign, which JSON does not know, is an ordinary zero in the state', () => {
  const place = new Place(world(), time('09:00'));
  place.setPhase('normal');
  place.matchDeal({ ...deal(), clearingDate: place.businessDate() });
  const terms = { trade: 1, to: 'CXYZ' as CustomerCode, quantity: 1, commission: -0, text: '' };
  expect(place.commandFor('CABC' as CustomerCode, { do: 'request-give-up', ...terms }).ok).toBe(true);
  expect(wholeState(restoreState(throughJson(place.snapshot())))).toEqual(wholeState(place.whole));
});

test('a snapshot has no password outside of its secrets, and is not restored without them', () => {
  const place = busyPlace();
  for (const user of [...place.whole.users.keys()].slice(0, 3)) place.resetPasswordByExchange(user, undefined);
  const { secrets, ...shared } = place.snapshot();
  const passwords = [...place.whole.users.values()].flatMap(({ password, earlierPasswords }) =>
    [password, ...earlierPasswords].map((each) => each.reveal()),
  );
  expect(secrets).toEqual(passwords);
  expect(new Set(secrets).size).toBeGreaterThan(2);
  const printed = JSON.stringify(shared);
  for (const password of passwords) expect(printed).not.toContain(password);
  expect(() => restoreState(shared)).toThrow('snapshot.secrets: the passwords, a list of texts, are expected');
  expect(() => restoreState({ ...shared, secrets: secrets.slice(0, 3) })).toThrow(
    'there is no credential 4: passwords are kept apart, and this is missing',
  );
});

const DAMAGES: readonly (readonly [string, (snapshot: Record_, state: Record_) => unknown, string])[] = [
  [
    'something else',
    () => 'hello',
    'snapshot: one of the format dcass-snapshot/1 is expected, something else was found',
  ],
  ['nothing', () => null, 'something else was found'],
  ['another format', (of) => ({ ...of, format: 'dcass-snapshot/2' }), 'is expected, "dcass-snapshot/2" was found'],
  ['no state', (of) => ({ ...of, state: undefined }), 'snapshot.state: a record is expected, nothing was found'],
  ['a foreign field', (_, state) => void (state['colour'] = 'red'), 'snapshot.state: there is no field "colour" here'],
  [
    'a missing field',
    (_, state) => void delete state['deals'],
    'snapshot.state.deals: a list is expected, nothing was found',
  ],
  [
    'a wrong word',
    (_, state) => void (state['phase'] = 'open'),
    'snapshot.state.phase: one of closed, enquiry-only, normal is expected, "open" was found',
  ],
  ['a row twice', (_, state) => twice(state['deals']), 'snapshot.state.deals[1]: 1 is here twice'],
  [
    'a text for a number',
    (_, state) => void (at(state, 'deals', 0)['quantity'] = '7'),
    'snapshot.state.deals[0].quantity: a whole number is expected, "7" was found',
  ],
  [
    'a fraction',
    (_, state) => void (at(state, 'books', 0, 'trades', 0)['quantity'] = 0.5),
    'snapshot.state.books[0].trades[0].quantity: a whole number is expected, 0.5 was found',
  ],
  ['a missing trade', (_, state) => void (at(state, 'books', 0)['trades'] as unknown[]).pop(), 'has no trade'],
  [
    'a foreign series',
    (_, state) => void (at(state, 'books', 0, 'trades', 0)['series'] = 'HSIZ9'),
    'snapshot.state.books.CABC.trades[0]: there is no series HSIZ9',
  ],
  [
    'a foreign account',
    (_, state) => void (at(state, 'books', 0, 'positions', 0)['account'] = 'X'),
    'snapshot.state.books.CABC.positions[0]: there is no account X',
  ],
  [
    'a foreign book',
    (_, state) => void (at(state, 'books', 0, 'trades', 0)['participant'] = 'CXYZ'),
    'snapshot.state.books.CABC.trades[0]: it is of CXYZ, in the book of CABC',
  ],
  [
    'a foreign class',
    (_, state) => void (at(state, 'series', 0)['instrumentClass'] = 'HTI'),
    'snapshot.state.series[0]: there is no instrument class HTI',
  ],
  [
    'a used number',
    (_, state) => void ((state['next'] as Record_)['deal'] = 1),
    'snapshot.state.next.deal: the next number is 1, but 1 is used',
  ],
  [
    'a user of nobody',
    (_, state) => void (at(state, 'users', 0)['participant'] = 'CZZZ'),
    'snapshot.state.users[0]: there is no participant CZZZ',
  ],
  [
    'a session of nobody',
    (_, state) => void (at(state, 'sessions', 0)['user'] = 'BU_CZZZ101'),
    'snapshot.state.sessions[0]: there is no user BU_CZZZ101',
  ],
  [
    'a password in its place',
    (_, state) => void (at(state, 'users', 0)['password'] = PASSWORD),
    'snapshot.state.users[0].password: a reference { credential: number } is expected',
  ],
  [
    'secrets that are none',
    (of) => ({ ...of, secrets: [PASSWORD, 7] }),
    'snapshot.secrets: the passwords, a list of texts, are expected',
  ],
];

test.each(DAMAGES)('a snapshot with %s is refused with what was found and where', (_name, damage, message) => {
  const snapshot = JSON.parse(BUSY) as Record_;
  const damaged = damage(snapshot, snapshot['state'] as Record_);
  const attempt = (): unknown => restoreState(damaged === undefined ? snapshot : damaged);
  expect(attempt).toThrow(message);
  expect(attempt).toThrow(SimError);
  expect(attempt).not.toThrow(PASSWORD);
});

// Goal: no damage crashes, and none goes unnoticed that breaks a row.
// Method: one leaf of a snapshot, anywhere, is taken away or becomes of another kind.
test('a snapshot that lacks any leaf, or has something of another kind there, is refused', () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(undefined, null, {}, [], true, 'x', 1e300), (choice, wrong) => {
      const snapshot = JSON.parse(BUSY) as Record_;
      const [holder, name] = someLeaf(snapshot, choice);
      const found = holder[name];
      if (typeof found === typeof wrong) return;
      // What may be undefined may be missing.
      if (wrong === undefined && OPTIONAL.has(name)) return;
      if (wrong === undefined) delete holder[name];
      else holder[name] = wrong;
      expect(() => restoreState(snapshot), `${name} of ${JSON.stringify(holder)}`).toThrow(SimError);
    }),
    histories(300),
  );
});

const OPTIONAL = new Set(
  'endedDate cutoffLiftedFor closesAt original heldBy giveUpMember originalTrade user takerAccount requestedBy decidedBy to participant completedAt damage undamaged functions restricted passwordExpiresAt lifetimeDays'.split(
    ' ',
  ),
);

function someLeaf(snapshot: Record_, choice: number): readonly [Record_, string] {
  let holder = snapshot;
  for (let depth = 0; ; depth++) {
    const names = Object.keys(holder);
    const name = names[(choice + depth * 7) % Math.max(1, names.length)];
    if (name === undefined) return [snapshot, 'format'];
    const inside = holder[name];
    if (typeof inside !== 'object' || inside === null || Object.keys(inside).length === 0) return [holder, name];
    holder = inside as Record_;
  }
}

function at(state: Record_, ...path: readonly (string | number)[]): Record_ {
  return path.reduce<Record_>((inside, step) => inside[step] as Record_, state);
}

function twice(rows: unknown): void {
  (rows as unknown[]).splice(1, 0, (rows as unknown[])[0]);
}
