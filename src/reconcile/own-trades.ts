import { businessCalendar } from '../time/calendar.ts';
import { parseCalendarDate } from '../time/instant.ts';
import type { Random } from '../time/random.ts';
import type { TradeRow } from './books.ts';
import { takeOne, type Planted, type Reach } from './planted.ts';

type TradeBreak = 'missing' | 'extra' | 'quantity' | 'price' | 'account' | 'side' | 'clearing-date';

const BREAKS: readonly TradeBreak[] = ['missing', 'extra', 'quantity', 'price', 'account', 'side', 'clearing-date'];

/**
 * A participant's own trades with `count` breaks, each in a trade of its own, in order of the trade numbers. A count that
 * the trades do not suffice for is made up of trades that DCASS does not have.
 */
export function ownTrades(
  dcass: readonly TradeRow[],
  reach: Reach,
  count: number,
  random: Random,
): { readonly rows: readonly TradeRow[]; readonly planted: readonly Planted<TradeRow>[] } {
  const rows = new Map(dcass.map((row) => [row.trade ?? 0, row]));
  const untouched = [...dcass];
  const planted: Planted<TradeRow>[] = [];
  const free = {
    trade: freeNumbers(rows.keys(), random.fork('trade numbers')),
    deal: freeNumbers(
      dcass.map((row) => row.deal ?? 0),
      random.fork('deal numbers'),
    ),
  };
  while (planted.length < count) {
    const kind = random.pick(BREAKS);
    const row = kind === 'extra' ? undefined : takeOne(untouched, random);
    if (!row) {
      const extra = extraTrade(dcass, reach, free, random);
      rows.set(extra.trade ?? 0, extra);
      planted.push({ list: 'trades', kind: 'extra', dcass: undefined, own: extra });
    } else if (kind === 'missing') {
      rows.delete(row.trade ?? 0);
      planted.push({ list: 'trades', kind, dcass: row, own: undefined });
    } else {
      const [done, own] = changed(row, kind, reach, random);
      rows.set(row.trade ?? 0, own);
      planted.push({ list: 'trades', kind: done, dcass: row, own });
    }
  }
  return { rows: [...rows.values()].toSorted((a, b) => (a.trade ?? 0) - (b.trade ?? 0)), planted };
}

function changed(row: TradeRow, kind: TradeBreak, reach: Reach, random: Random): readonly [TradeBreak, TradeRow] {
  switch (kind) {
    case 'account': {
      const others = reach.accounts.filter((account) => account !== row.account);
      if (others.length > 0) return [kind, { ...row, account: random.pick(others) }];
      return changed(row, 'quantity', reach, random);
    }
    case 'side':
      return [kind, { ...row, side: row.side === 'buy' ? 'sell' : 'buy' }];
    case 'price':
      return [kind, { ...row, price: otherPrice(row.price, random) }];
    case 'clearing-date':
      return [kind, { ...row, clearingDate: otherDate(row.clearingDate, reach, random) }];
    case 'quantity':
    case 'missing':
    case 'extra':
      return ['quantity', { ...row, quantity: otherQuantity(row.quantity, random) }];
  }
}

/** More or less by 1 to 9, and at least 1. */
export function otherQuantity(quantity: number, random: Random): number {
  const less = Math.min(quantity - 1, 9);
  return less > 0 && random.integer(2) === 0 ? quantity - 1 - random.integer(less) : quantity + 1 + random.integer(9);
}

// A slip in the last digits: 1 to 10 ticks.
function otherPrice(price: string, random: Random): string {
  const decimals = price.split('.')[1]?.length ?? 0;
  const ticks = BigInt(price.replace('.', ''));
  const by = BigInt(1 + random.integer(10));
  const moved = ticks > by && random.integer(2) === 0 ? ticks - by : ticks + by;
  const digits = String(moved).padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

// A trade after 17:15 that was booked on the wrong day.
function otherDate(text: string, { holidays }: Reach, random: Random): string {
  const date = parseCalendarDate(text);
  if (!date) throw new Error(`no date: ${text}`);
  const calendar = businessCalendar(holidays);
  return random.integer(2) === 0 ? calendar.previous(date) : calendar.next(date);
}

// Like one that is there, where there is one; its numbers are those of somebody else's trade, or come after all others.
function extraTrade(
  dcass: readonly TradeRow[],
  reach: Reach,
  free: { readonly trade: () => number; readonly deal: () => number },
  random: Random,
): TradeRow {
  const series = random.pick(reach.series);
  const like: TradeRow =
    dcass.length > 0
      ? random.pick(dcass)
      : {
          trade: undefined,
          deal: undefined,
          series: series.name,
          account: random.pick(reach.accounts),
          side: random.pick(['buy', 'sell'] as const),
          quantity: 1 + random.integer(20),
          price: series.price,
          customerInfo: '',
          clearingDate: reach.businessDate,
        };
  return {
    ...like,
    trade: free.trade(),
    deal: free.deal(),
    quantity: otherQuantity(like.quantity, random),
  };
}

// A few tries are enough: others' numbers lie between one's own, nearly everywhere.
function freeNumbers(taken: Iterable<number>, random: Random): () => number {
  const used = new Set(taken);
  let last = 0;
  for (const number of used) last = Math.max(last, number);
  return () => {
    const tried = Array.from({ length: 8 }, () => 1 + random.integer(Math.max(1, last)));
    const number = tried.find((each) => !used.has(each)) ?? last + 1;
    last = Math.max(last, number);
    used.add(number);
    return number;
  };
}
