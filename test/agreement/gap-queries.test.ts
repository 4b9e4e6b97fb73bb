import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { connect, downloadTrades, type OapiClient, ANY } from '../oapi/client.ts';
import { message, read } from '../oapi/messages.ts';
import { scenarioFile, simulator, SMALL_DAY_PASSWORD } from '../support/simulator.ts';
import { CODES, happen, INSTRUMENT_TYPES, placeOf, RANDOM_DAY, steps } from './random-day.ts';

interface Page {
  readonly segment_number: number;
  readonly item: readonly Item[];
}
type Item = Readonly<Record<string, unknown>> & {
  readonly sequence_number: number;
  readonly give_up_number: number;
  readonly trade_number: number;
  readonly account: { readonly account_id: string };
};

async function loggedIn(sim: Simulator, participant: string, gateway: 0 | 1): Promise<OapiClient> {
  const { address: host = '', port = 0 } = sim.endpoints.oapi[gateway] ?? {};
  const client = await connect({ host, port });
  expect((await client.login(`BO_${participant}801`, SMALL_DAY_PASSWORD)).completion).toBe(0);
  return client;
}

async function segments(client: OapiClient, query: string, answer: string): Promise<readonly Item[]> {
  const rows: Item[] = [];
  for (let segment = 1; ; segment++) {
    const reply = await client.query(message(query, { segment_number: segment }));
    expect(reply.completion).toBe(0);
    const page = read<Page>(answer, reply.answer);
    rows.push(...page.item);
    if (page.segment_number === 0) return rows;
  }
}

/** Every record of every instrument type and date, oldest first within each: from the last number plus one until nothing is found. */
async function sequence(
  client: OapiClient,
  query: string,
  answer: string,
  dates: readonly string[],
): Promise<readonly Item[]> {
  const rows: Item[] = [];
  for (const date of dates) {
    for (const type of INSTRUMENT_TYPES) {
      const [market, instrument_group] = type.split('/').map(Number);
      for (let next = 1; ;) {
        const series = { ...ANY, market, instrument_group };
        const asked = { series, sequence_first: next, date: date.replaceAll('-', '') };
        const reply = await client.query(message(query, asked));
        expect(reply.completion).toBe(0);
        const { item } = read<Page>(answer, reply.answer);
        if (item.length === 0) break;
        expect(item.map((each) => each.sequence_number)).toEqual(item.map((_, i) => next + i));
        next += item.length;
        rows.push(...item);
      }
    }
  }
  return rows;
}

const GIVE_UP_STATES = ['holding', 'confirmed', 'rejected', 'cancelled', 'lapsed'];
const EXERCISE_STATES = ['holding', 'annulled', 'exercised'];
const TRADE_STATES = ['active', 'rectified', 'annulled'];
const TRADE_GIVE_UP_STATES = ['none', 'holding', 'given-up'];
const word = (words: readonly string[], number: unknown, first = 1): string =>
  words[Number(number) - first] ?? `(${String(number)})`;

// Goal: what OAPI answers is the model, also to a client that heard nothing.
// Method: random histories over up to three business dates; then one client asks for give-ups and exercises in small
// pages, and another, at the other gateway, rebuilds the states of trades and give-ups from the numbered records alone.
test('after any history CQ61 and CQ21 are the model, and CQ10, CQ39, CQ76 and CQ52 rebuild it by their numbers', async () => {
  using day = scenarioFile(RANDOM_DAY);
  await fc.assert(
    fc.asyncProperty(steps, fc.constantFrom(...CODES), async (history, participant) => {
      await using sim = await simulator({ scenario: day.path, at: '10:00' });
      for (const step of history) await happen(sim, step);
      const { whole } = placeOf(sim);
      const book = whole.books.get(participant);
      if (!book) throw new Error(`no book of ${participant}`);
      const dates = [...book.history.keys(), whole.businessDate, whole.calendar.next(whole.businessDate)];
      await using first = await loggedIn(sim, participant, 0);

      const giveUps = book.giveUps.toSorted((a, b) => a - b).map((number) => whole.giveUps.get(number));
      const seen = (item: Item) => [
        item.give_up_number,
        Number(item['trade_quantity']),
        item['deal_price'],
        word(GIVE_UP_STATES, item['state']),
        word(['buy', 'sell'], item['bought_or_sold']),
        item['give_up_text'],
      ];
      const isSo = giveUps.map((each) => [
        each?.number,
        each?.quantity,
        each?.price,
        each?.state,
        each?.side,
        each?.text,
      ]);
      expect((await segments(first, 'CQ61', 'CA61')).map(seen)).toEqual(isSo);

      const exercises = (await segments(first, 'CQ21', 'CA21')).map((item) => [
        item['exercise_number'],
        item.account.account_id,
        Number(item['quantity']),
        word(EXERCISE_STATES, item['state']),
      ]);
      expect(exercises).toEqual(
        [...book.exercises.values()].map((each) => [each.number, each.account, each.quantity, each.state]),
      );
      await first.logout();

      await using second = await loggedIn(sim, participant, 1);
      const told = new Map(
        (await sequence(second, 'CQ76', 'CA76', dates)).map((item) => [item.give_up_number, seen(item)]),
      );
      expect([...told].toSorted(([a], [b]) => a - b).map(([, each]) => each)).toEqual(isSo);

      const trades = new Map<number, readonly unknown[]>();
      for (const date of dates) {
        for (const type of INSTRUMENT_TYPES) {
          const [market = 0, instrument_group = 0] = type.split('/').map(Number);
          const found = await downloadTrades(second, { ...ANY, market, instrument_group }, date.replaceAll('-', ''));
          // As they were made: what changed since is told by the changes.
          for (const { base } of found) trades.set(base.trade_number, ['active', Number(base.trade_quantity), 'none']);
        }
      }
      const remains = new Map(book.trades.all().map((each) => [each.number, each]));
      const toldOf = new Set<number>();
      for (const item of await sequence(second, 'CQ39', 'CA39', dates)) {
        toldOf.add(item.trade_number);
        trades.set(item.trade_number, [
          word(TRADE_STATES, item['trade_state']),
          Number(item['rem_quantity']),
          word(TRADE_GIVE_UP_STATES, item['give_up_state'], 0),
        ]);
      }
      expect(trades.size).toBe(remains.size);
      // A give-up, a rectification and an annulment cannot have gone untold.
      for (const each of remains.values()) {
        const isUntouched = each.state === 'active' && each.giveUpState === 'none';
        if (isUntouched && !toldOf.has(each.number)) continue;
        const is = [each.state, each.remainingQuantity, each.giveUpState];
        expect([each.number, trades.get(each.number)]).toEqual([each.number, is]);
      }

      const deliveries = (await sequence(second, 'CQ52', 'CA52', dates)).map((item) => [
        item['delivery_number'],
        Number(item['delivery_quantity']),
      ]);
      expect(deliveries.toSorted(([a], [b]) => Number(a) - Number(b))).toEqual(
        book.deliveries.map((each) => [each.number, each.quantity]),
      );
    }),
    { numRuns: 12 },
  );
}, 120_000);
