import type { ClearingHouse } from '../../clearing/participant.ts';
import type { Series } from '../../clearing/series.ts';
import type { DealDefinition, GiveUpDefinition, PositionDefinition, PriceDefinition } from '../../clearing/world.ts';
import type { BusinessCalendar } from '../../time/calendar.ts';
import type { BusinessDate, CalendarDate, Instant } from '../../time/instant.ts';
import { seededRandom } from '../../time/random.ts';
import { accountsOf, DEALING, type MarketParticipant } from './accounts.ts';
import { growDeals } from './deals.ts';
import { growGiveUps } from './give-ups.ts';
import { growPositions } from './positions.ts';
import { growPrices, walkLevels } from './prices.ts';
import { growSeries } from './series.ts';
import { minutesOf, tradingWindows } from './windows.ts';

export interface MarketOptions {
  /** Trades, two for each deal: an even number. */
  readonly trades: number;
  /** The largest first. */
  readonly participants: readonly MarketParticipant[];
  /** The only series that are dealt in; undefined: those that are listed on the day. */
  readonly series: readonly Series[] | undefined;
  readonly date: CalendarDate;
  readonly businessDate: BusinessDate;
  /** Nothing was dealt after this. */
  readonly start: Instant;
  readonly calendar: BusinessCalendar;
}

export interface GrownMarket {
  readonly series: readonly Series[];
  /** In time order, over the last three clearing dates. */
  readonly deals: readonly DealDefinition[];
  /** Before those deals. */
  readonly positions: readonly PositionDefinition[];
  readonly giveUps: readonly GiveUpDefinition[];
  readonly prices: readonly PriceDefinition[];
}

/**
 * A plausible market, the same for the same options and seed on every machine: whole numbers only, drawn from
 * streams of their own, so that one more participant does not change the prices. It passes {@link marketTrouble}.
 */
export function growMarket(options: MarketOptions, seed: number | string): GrownMarket {
  const { participants, businessDate, date, calendar, start } = options;
  const random = seededRandom(seed).fork('grow');
  const series =
    options.series ?? growSeries(date, calendar, new Set(HOUSES.filter((house) => canDeal(options, house))));
  const windows = tradingWindows(start, calendar);
  const levels = walkLevels(
    new Set(series.map((each) => each.instrumentClass.underlying)),
    minutesOf(windows),
    random.fork('levels'),
  );
  const deals = growDeals(
    { count: options.trades / 2, participants, series, windows, levels, businessDate },
    random.fork('deals'),
  );
  return {
    series,
    deals,
    positions: growPositions(participants, series, businessDate, random.fork('positions')),
    giveUps: growGiveUps(deals, series, participants, businessDate, random.fork('give-ups')),
    prices: growPrices(series, levels, windows),
  };
}

/** Why no market can grow out of these options; undefined when one can. */
export function marketTrouble({ participants, series }: MarketOptions): string | undefined {
  const houses = HOUSES.filter((house) => canDeal({ participants }, house));
  const needs = 'two accounts that deal (house, market-maker, omnibus-client or individual-client)';
  if (houses.length === 0) return `a deal needs ${needs}; add an account, or write the trades out`;
  if (!series) return undefined;
  if (series.length === 0) return 'there is no series to deal in; write some, or leave series: out';
  const poor = series.find((each) => !houses.includes(each.instrumentClass.clearingHouse));
  return (
    poor &&
    `nobody can deal in ${poor.name}: that needs ${needs} of participants of ${poor.instrumentClass.clearingHouse}; add one, or remove the series`
  );
}

const HOUSES: readonly ClearingHouse[] = ['HKCC', 'SEOCH'];

function canDeal({ participants }: Pick<MarketOptions, 'participants'>, house: ClearingHouse): boolean {
  return accountsOf(participants, house, DEALING).length >= 2;
}
