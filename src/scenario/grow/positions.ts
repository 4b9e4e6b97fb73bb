import { POSITION_KEEPING } from '../../clearing/account.ts';
import type { ClearingHouse } from '../../clearing/participant.ts';
import { bookTrade } from '../../clearing/position.ts';
import type { Series } from '../../clearing/series.ts';
import type { PositionDefinition } from '../../clearing/world.ts';
import type { CalendarDate } from '../../time/instant.ts';
import type { Random } from '../../time/random.ts';
import { accountChooser, accountsOf, HOLDING, type MarketAccount, type MarketParticipant } from './accounts.ts';
import { chooser } from './choice.ts';
import { seriesWeights } from './series.ts';

/** Pairs of a long and a short position, for each account that holds. */
const PAIRS_PER_ACCOUNT = 10;

/**
 * Positions that were carried over from before the deals. Each is grown as one half of a pair, so that in every series
 * contracts held equal contracts written. In order of participants, accounts and series.
 */
export function growPositions(
  participants: readonly MarketParticipant[],
  series: readonly Series[],
  date: CalendarDate,
  random: Random,
): PositionDefinition[] {
  const held = (['HKCC', 'SEOCH'] as const).map((house) => growHouse(participants, series, house, date, random));
  const rank = new Map(participants.map(({ code }, i) => [code, i]));
  // Stable: accounts and series stay in their order.
  return held.flat().toSorted((a, b) => (rank.get(a.participant) ?? 0) - (rank.get(b.participant) ?? 0));
}

function growHouse(
  participants: readonly MarketParticipant[],
  allSeries: readonly Series[],
  house: ClearingHouse,
  date: CalendarDate,
  random: Random,
): PositionDefinition[] {
  const accounts = accountsOf(participants, house, HOLDING);
  const series = allSeries.filter((each) => each.instrumentClass.clearingHouse === house);
  if (accounts.length < 2 || series.length === 0) return [];
  const draws = random.fork(house);
  const chooseSeries = chooser(seriesWeights(series, date));
  const chooseAccount = accountChooser(accounts, HOLDING);

  const books = new Map<number, { held: number; written: number }>();
  const add = (account: number, place: number, side: 'buy' | 'sell', quantity: number): void => {
    const key = account * series.length + place;
    const { type } = accounts[account] as MarketAccount;
    const before = books.get(key) ?? { held: 0, written: 0 };
    books.set(key, bookTrade(before, side, quantity, POSITION_KEEPING[type]));
  };
  for (let pair = 0; pair < accounts.length * PAIRS_PER_ACCOUNT; pair++) {
    const place = chooseSeries(draws);
    const long = chooseAccount(draws);
    let short = chooseAccount(draws);
    while (short === long) short = chooseAccount(draws);
    const quantity = drawQuantity(draws);
    add(long, place, 'buy', quantity);
    add(short, place, 'sell', quantity);
  }
  return [...books]
    .filter(([, { held, written }]) => held + written > 0)
    .toSorted(([a], [b]) => a - b)
    .map(([key, { held, written }]): PositionDefinition => {
      const { participant, account } = accounts[Math.floor(key / series.length)] as MarketAccount;
      return { participant, account, series: (series[key % series.length] as Series).name, held, written };
    });
}

// What is carried over is larger than a deal.
function drawQuantity(random: Random): number {
  const drawn = random.integer(100);
  if (drawn < 60) return 1 + random.integer(20);
  return drawn < 95 ? 10 * (1 + random.integer(20)) : 100 * (2 + random.integer(19));
}
