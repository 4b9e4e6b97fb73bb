import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { POSITION_KEEPING, type AccountType } from '../../src/clearing/account.ts';
import { clearingDateOf } from '../../src/clearing/clearing-date.ts';
import { initialState } from '../../src/clearing/initial-state.ts';
import { instrumentClass, underlyings } from '../../src/clearing/instrument-class.ts';
import type { Series } from '../../src/clearing/series.ts';
import { explainScenario } from '../../src/scenario/explain.ts';
import { chooser } from '../../src/scenario/grow/choice.ts';
import { growMarket, type GrownMarket, type MarketOptions } from '../../src/scenario/grow/market.ts';
import { growParticipants } from '../../src/scenario/grow/participants.ts';
import { levelOf } from '../../src/scenario/grow/prices.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';
import { parseInstant } from '../../src/time/parse-instant.ts';
import { businessCalendar } from '../../src/time/calendar.ts';
import { toClockText, type BusinessDate, type CalendarDate, type Instant } from '../../src/time/instant.ts';
import { seededRandom } from '../../src/time/random.ts';
import { series as seriesNamed } from '../support/world.ts';
import { load as loadDay } from './support/day.ts';

const calendar = businessCalendar();

interface Wanted {
  readonly seed: number;
  readonly participants: number;
  readonly trades: number;
  readonly start: string;
}

function optionsOf({ seed, participants, trades, start }: Wanted): MarketOptions {
  const at = parseInstant(start, '2019-05-05' as CalendarDate) as Instant;
  const date = start.slice(0, 10) as CalendarDate;
  return {
    trades,
    participants: growParticipants(participants, seededRandom(seed).fork('participants')),
    series: undefined,
    date,
    businessDate: calendar.isBusinessDay(date) ? (date as BusinessDate) : calendar.next(date),
    start: at,
    calendar,
  };
}

const SUNDAY: Wanted = { seed: 1, participants: 20, trades: 5_000, start: '2019-05-05 06:30' };

const grow = (wanted: Partial<Wanted> = {}): GrownMarket =>
  growMarket(optionsOf({ ...SUNDAY, ...wanted }), wanted.seed ?? SUNDAY.seed);

const print = (market: GrownMarket): string =>
  JSON.stringify({ ...market, series: market.series.map((each) => [each.name, each.key]) });

describe('the same seed', () => {
  // Another machine, Node or operating system has to find these bytes too. Whoever changes what is grown changes
  // them knowingly: every golden file of a grown day changes with them.
  test('gives the same market, byte for byte, on every machine', () => {
    const market = grow();
    expect(
      market.deals
        .slice(0, 3)
        .map((deal) => [
          deal.series,
          deal.quantity,
          deal.price,
          `${deal.buyer.participant} ${deal.buyer.account}`,
          `${deal.seller.participant} ${deal.seller.account}`,
          deal.matchedAt,
          deal.clearingDate,
        ]),
    ).toMatchInlineSnapshot(`
      [
        [
          "MHIK9",
          3,
          29878,
          "C004 MM1",
          "C015 HOUSE",
          1556615763091,
          "2019-05-02",
        ],
        [
          "HHIK9",
          3,
          11529,
          "C002 C0070802",
          "C015 HOUSE",
          1556615835634,
          "2019-05-02",
        ],
        [
          "HHIK9",
          3,
          11527,
          "C010 MM1",
          "C001 OMNI1",
          1556615848627,
          "2019-05-02",
        ],
      ]
    `);
    expect(market.positions.slice(0, 3)).toMatchInlineSnapshot(`
      [
        {
          "account": "HOUSE",
          "held": 967,
          "participant": "C001",
          "series": "HSIK9",
          "written": 0,
        },
        {
          "account": "HOUSE",
          "held": 1816,
          "participant": "C001",
          "series": "HSIM9",
          "written": 0,
        },
        {
          "account": "HOUSE",
          "held": 0,
          "participant": "C001",
          "series": "HSI29200E9",
          "written": 1910,
        },
      ]
    `);
    expect(market.giveUps.slice(0, 2)).toMatchInlineSnapshot(`
      [
        {
          "deal": 2317,
          "quantity": 1,
          "side": "sell",
          "text": "As agreed by phone",
          "to": "C020",
        },
        {
          "deal": 2338,
          "quantity": 30,
          "side": "buy",
          "text": "",
          "to": "C004",
        },
      ]
    `);
    expect(createHash('sha256').update(print(market)).digest('hex')).toMatchInlineSnapshot(
      `"54ca0d9a8dc62d5259111a21e21263904731b4cf403ecdee81082f7dcaff3c8e"`,
    );
  });

  test('gives the same participants whatever is grown beside them', () => {
    const three = growParticipants(3, seededRandom(1).fork('a'));
    expect(growParticipants(3, seededRandom(1).fork('a'))).toEqual(three);
    expect(three.map((each) => each.code)).toEqual(['C001', 'C002', 'C003']);
  });
});

test('another seed gives another market', () => {
  const [one, other] = [grow({ seed: 1 }), grow({ seed: 2 })];
  expect(one.deals).not.toEqual(other.deals);
  expect(one.positions).not.toEqual(other.positions);
  expect(one.prices).not.toEqual(other.prices);
});

// Goal: whatever is asked for, the model can take it, and it could have happened.
// Method: random seeds, sizes and starts (a Sunday, mornings, the middle of a session, an evening, a last trading day).
test('every grown deal is one that the model takes, at a time at which its series is traded', () => {
  const wanted = fc.record<Wanted>({
    seed: fc.integer({ min: 1, max: 1_000_000 }),
    participants: fc.integer({ min: 2, max: 40 }),
    trades: fc.integer({ min: 1, max: 300 }).map((deals) => 2 * deals),
    start: fc.constantFrom(
      '2019-05-05 06:30',
      '2019-05-06 07:00',
      '2019-05-06 11:15',
      '2019-05-06 20:00',
      '2019-05-14 09:15',
      '2019-05-30 08:00',
      '2019-05-30 19:00',
    ),
  });
  fc.assert(
    fc.property(wanted, (each) => {
      const options = optionsOf(each);
      const market = growMarket(options, each.seed);
      expect(market.deals).toHaveLength(each.trades / 2);
      const series = new Map<string, Series>(market.series.map((one) => [one.name, one]));
      const accounts = accountsIn(options);
      let before = 0;
      for (const deal of market.deals) {
        const of = series.get(deal.series) as Series;
        expect(Number.isInteger(deal.quantity) && deal.quantity >= 1 && deal.quantity <= 1_000).toBe(true);
        expect(Number.isInteger(deal.price) && deal.price >= 1 && deal.price <= 0x7fffffff).toBe(true);
        expect(deal.matchedAt).toBeGreaterThanOrEqual(before);
        expect(deal.matchedAt).toBeLessThan(options.start);
        before = deal.matchedAt;
        expect(deal.clearingDate).toBe(clearingDateOf(deal.matchedAt, calendar));
        expect(deal.clearingDate <= of.lastTradingDay).toBe(true);
        expect(inHours(of, deal.matchedAt)).toBe(true);
        expect(deal.buyer).not.toEqual(deal.seller);
        for (const side of [deal.buyer, deal.seller]) {
          const account = accounts.get(`${side.participant} ${side.account}`);
          expect(account?.houses).toContain(of.instrumentClass.clearingHouse);
          const dealsIn = ['house', 'market-maker', 'omnibus-client', 'individual-client'];
          // Daily is empty at each day's end.
          if (deal.clearingDate >= options.businessDate) dealsIn.push('daily');
          expect(dealsIn).toContain(account?.type);
          expect(side.customerInfo.length).toBeLessThanOrEqual(15);
        }
      }
    }),
    { numRuns: 20 },
  );
});

test('positions are kept as their accounts keep them, and in every series contracts held equal contracts written', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 2, max: 40 }), (seed, participants) => {
      const options = optionsOf({ ...SUNDAY, seed, participants, trades: 2 });
      const { positions } = growMarket(options, seed);
      const accounts = accountsIn(options);
      const open = new Map<string, number>();
      expect(positions.length).toBeGreaterThan(10);
      expect(new Set(positions.map((each) => `${each.participant} ${each.account} ${each.series}`)).size).toBe(
        positions.length,
      );
      for (const { participant, account, series, held, written } of positions) {
        const type = accounts.get(`${participant} ${account}`)?.type as AccountType;
        expect(['daily', 'apt', 'transitory']).not.toContain(type);
        expect(held + written).toBeGreaterThan(0);
        if (POSITION_KEEPING[type] === 'net') expect(Math.min(held, written)).toBe(0);
        open.set(series, (open.get(series) ?? 0) + held - written);
      }
      expect([...open.values()].filter((net) => net !== 0)).toEqual([]);
    }),
    { numRuns: 10 },
  );
});

test('give-ups in flight are of deals of the business date, between participants of one clearing house', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 2, max: 30 }), (seed, participants) => {
      const options = optionsOf({ ...SUNDAY, seed, participants, trades: 2_000 });
      const { deals, giveUps } = growMarket(options, seed);
      const houses = new Map<string, readonly string[]>(
        options.participants.map((each) => [each.code, each.clearingHouses]),
      );
      expect(giveUps.length).toBeGreaterThan(0);
      for (const giveUp of giveUps) {
        const deal = deals[giveUp.deal];
        if (!deal) throw new Error();
        expect(deal.clearingDate).toBe('2019-05-06');
        expect(giveUp.quantity >= 1 && giveUp.quantity <= deal.quantity).toBe(true);
        const giver = giveUp.side === 'buy' ? deal.buyer : deal.seller;
        expect(giveUp.to).not.toBe(giver.participant);
        expect(houses.get(giveUp.to)).toContain(instrumentClass(deal.series.slice(0, 3))?.clearingHouse);
        expect(giveUp.text.length).toBeLessThanOrEqual(30);
      }
    }),
    { numRuns: 10 },
  );
});

test('most deals are in the futures of the current month, some after hours, and a few are large', () => {
  const { deals } = grow({ trades: 50_000 });
  const share = (test: (deal: (typeof deals)[number]) => boolean): number => deals.filter(test).length / deals.length;
  expect(share((deal) => /^(HSI|MHI|HHI|MCH)K9$/.test(deal.series))).toBeGreaterThan(0.5);
  expect(share((deal) => !/^(HSI|MHI|HHI|MCH)/.test(deal.series))).toBeGreaterThan(0.05);
  expect(share((deal) => deal.quantity <= 3)).toBeGreaterThan(0.6);
  expect(share((deal) => deal.quantity >= 100)).toBeGreaterThan(0.001);
  for (const date of ['2019-05-02', '2019-05-03']) {
    expect(share((deal) => deal.clearingDate === date)).toBeGreaterThan(0.3);
  }
  expect(share((deal) => deal.clearingDate === '2019-05-06')).toBeGreaterThan(0.05);
});

test('prices move in small steps around their levels, and an option costs at least what it is worth at once', () => {
  const { deals, prices, series } = grow({ trades: 20_000 });
  const futures = deals.filter((deal) => deal.series === 'HSIK9').map((deal) => deal.price);
  expect(Math.max(...futures.slice(1).map((price, i) => Math.abs(price - (futures[i] as number))))).toBeLessThan(300);
  expect(Math.max(...futures)).toBeLessThan(32_000);
  expect(Math.min(...futures)).toBeGreaterThan(28_000);
  const known = new Map(prices.map(({ of, price }) => [of, price]));
  expect([...known.values()].every((price) => Number.isInteger(price) && price >= 1)).toBe(true);
  for (const each of series.filter(({ kind }) => kind !== 'future')) {
    const { code, priceDecimals, strikeDecimals } = each.instrumentClass;
    const strike = each.strike * 10 ** (priceDecimals - strikeDecimals);
    const inTheMoney = (known.get(code) as number) - strike;
    expect(known.get(each.name)).toBeGreaterThanOrEqual(each.kind === 'call' ? inTheMoney : -inTheMoney);
  }
});

test('on its last trading day a series still has positions, and after it no deals', () => {
  const market = grow({ start: '2019-05-30 19:00' });
  expect(market.positions.some((each) => each.series === 'HSIK9')).toBe(true);
  const after = market.deals.filter((deal) => deal.clearingDate === '2019-05-31');
  expect(after.length).toBeGreaterThan(0);
  expect(after.filter((deal) => /[^\d]K9$/.test(deal.series))).toEqual([]);
  expect(grow({ start: '2019-05-31 08:00' }).series.some((each) => each.name === 'HSIK9')).toBe(false);
});

test('only the series that are given are dealt in', () => {
  const given = ['HSIM9', 'HKB67.50E9', 'TCH390.00Q9'].map(seriesNamed);
  const market = growMarket({ ...optionsOf(SUNDAY), series: given }, 1);
  expect(new Set(market.deals.map((deal) => deal.series))).toEqual(new Set(given.map((each) => each.name)));
  expect(market.prices.map((each) => each.of)).toEqual(['HSIM9', 'HKB67.50E9', 'TCH390.00Q9', 'HSI', 'HKB', 'TCH']);
});

test('two hundred participants have codes, names and accounts of their own, and every account type occurs', () => {
  const participants = growParticipants(200, seededRandom(7), new Set(['C005']));
  expect(new Set(participants.map((each) => each.code)).size).toBe(200);
  expect(participants.some((each) => each.code === 'C005')).toBe(false);
  expect(new Set(participants.map((each) => each.name)).size).toBe(200);
  expect(participants.every((each) => each.name.startsWith('Simulated '))).toBe(true);
  for (const { accounts } of participants) {
    expect(new Set(accounts.map((account) => account.id)).size).toBe(accounts.length);
    expect(accounts.every(({ id }) => /^[A-Z0-9]{1,10}$/.test(id))).toBe(true);
  }
  expect(new Set(participants.flatMap((each) => each.accounts.map(({ type }) => type)))).toEqual(
    new Set(Object.keys(POSITION_KEEPING)),
  );
});

test('every underlying has a level', () => {
  expect(underlyings().filter(({ code }) => !(levelOf(code) > 0))).toEqual([]);
});

test('a place of weight 0 is never drawn, and the others as often as their weights say', () => {
  const choose = chooser([1, 0, 3]);
  const random = seededRandom(1);
  const drawn = [0, 0, 0];
  for (let i = 0; i < 4_000; i++) {
    const place = choose(random);
    drawn[place] = (drawn[place] as number) + 1;
  }
  expect(drawn[1]).toBe(0);
  expect((drawn[2] as number) / (drawn[0] as number)).toBeGreaterThan(2.5);
  expect((drawn[2] as number) / (drawn[0] as number)).toBeLessThan(3.5);
});

describe('a scenario file', () => {
  const DAY = `format: dcass-scenario/1
scenario: { id: grown, title: "A grown day" }
day: { date: "2019-05-05", start: "06:30", end: "13:00" }
`;
  const load = (world: string, seed?: number): Scenario => loadDay(`${DAY}world:\n${world}`, seed);
  const WRITTEN = `  participants:
    - code: "CABC"
      name: "ABC Futures Limited"
      clearingHouses: [HKCC]
      accounts: [{ id: "HOUSE", type: house }, { id: "OMNI1", type: omnibus-client }, { id: "APT", type: apt }]
    - code: "CXYZ"
      name: "XYZ Derivatives Limited"
      clearingHouses: [HKCC]
      accounts: [{ id: "HOUSE", type: house }, { id: "SINK", type: sink }]
`;

  test('that asks for numbers becomes a world that the clearing state takes whole', () => {
    const { world } = load('  participants: 20\n  trades: 5000\n');
    const state = initialState({ ...world, sessions: [] });
    expect(world.participants).toHaveLength(20);
    expect([...state.books.values()].reduce((sum, book) => sum + book.trades.size, 0)).toBe(5_000);
    const open = new Map<string, number>();
    for (const book of state.books.values()) {
      for (const { series, held, written } of book.positions.values()) {
        open.set(series, (open.get(series) ?? 0) + held - written);
      }
    }
    expect([...open.values()].filter((net) => net !== 0)).toEqual([]);
    expect([...state.users.keys()].filter((id) => id.includes('C007')).toSorted()).toEqual([
      'BO_C007801',
      'BO_C007901',
      'BU_C007101',
      'BU_C007102',
      'BU_C007201',
    ]);
  });

  test('gives every grown user a password of their own, and takes a written user as it is', () => {
    const { world } = load(
      '  participants: 3\n  users: [{ id: "BU_C002101", password: "Harbour#101", state: expired }]\n',
    );
    const users = world.participants.flatMap((each) => each.users);
    expect(users).toHaveLength(15);
    expect(new Set(users.map((user) => user.password.reveal())).size).toBe(15);
    expect(users.find((user) => user.id === 'BU_C002101')).toMatchObject({ state: 'expired' });
  });

  test('grows trades among the participants that it writes, in the accounts that deal', () => {
    const { world } = load(`${WRITTEN}  trades: 1000\n`);
    expect(world.deals).toHaveLength(500);
    const sides = world.deals.flatMap(({ buyer, seller }) => [buyer, seller]);
    expect(new Set(sides.map((side) => `${side.participant} ${side.account}`))).toEqual(
      new Set(['CABC HOUSE', 'CABC OMNI1', 'CXYZ HOUSE']),
    );
    expect(world.series.every((each) => each.instrumentClass.clearingHouse === 'HKCC')).toBe(true);
  });

  test('keeps the series, positions and prices that it writes beside grown trades', () => {
    const { world } = load(`${WRITTEN}  series: ["HSIK9"]
  positions: [{ participant: "CABC", account: "HOUSE", series: "HSIK9", held: 3 }]
  prices: [{ of: "HSIK9", price: "12345" }]
  giveUps: []
  trades: 100
`);
    expect(world.series.map((each) => each.name)).toEqual(['HSIK9']);
    expect(world.positions).toHaveLength(1);
    expect(world.giveUps).toEqual([]);
    expect(initialState({ ...world, sessions: [] }).prices.get('HSIK9')).toBe(12_345);
  });

  test('gives another book for another seed, and says from which seed it was grown', () => {
    const text = '  participants: 4\n  trades: 200\n';
    const [one, other] = [load(text, 1), load(text, 2)];
    expect(one.world.deals).not.toEqual(other.world.deals);
    const words = explainScenario(other).replace(/\s+/g, ' ');
    expect(words).toContain(
      'Grown from seed 2: 4 participants with their accounts and users, and 200 trades (100 deals',
    );
  });
});

function accountsIn(
  options: MarketOptions,
): ReadonlyMap<string, { readonly type: AccountType; readonly houses: readonly string[] }> {
  return new Map(
    options.participants.flatMap(({ code, clearingHouses, accounts }) =>
      accounts.map(({ id, type }) => [`${code} ${id}`, { type, houses: clearingHouses }] as const),
    ),
  );
}

function inHours({ kind, instrumentClass: { clearingHouse } }: Series, at: Instant): boolean {
  const time = toClockText(at).padEnd(8, ':00');
  if (time >= '17:15:00' || time < '01:00:00') return kind === 'future';
  const [from, to] = clearingHouse === 'HKCC' ? ['09:15:00', '16:30:00'] : ['09:30:00', '16:00:00'];
  return time >= from && time < to && !(time >= '12:00:00' && time < '13:00:00');
}
