import type { ClearingHouse } from '../../clearing/participant.ts';
import type { Series } from '../../clearing/series.ts';
import type { DealDefinition, DealSideDefinition } from '../../clearing/world.ts';
import type { BusinessDate, Instant } from '../../time/instant.ts';
import type { Random } from '../../time/random.ts';
import { accountChooser, accountsOf, DEALING, DEALING_TODAY, type MarketParticipant } from './accounts.ts';
import { chooser, type Chooser } from './choice.ts';
import { fairPrice, type Levels } from './prices.ts';
import { seriesWeights } from './series.ts';
import { isTraded, minuteOf, type TradingWindow } from './windows.ts';

export interface DealsOptions {
  readonly count: number;
  readonly participants: readonly MarketParticipant[];
  readonly series: readonly Series[];
  readonly windows: readonly TradingWindow[];
  readonly levels: Levels;
  readonly businessDate: BusinessDate;
}

/** Deals a minute, beside each other: after hours little, most while stock options are traded too. */
const ACTIVITY: Readonly<Record<TradingWindow['trades'], number>> = { futures: 1, index: 5, all: 6 };

/** Deals of the windows in time order, as the trading system would have numbered them. */
export function growDeals(options: DealsOptions, random: Random): DealDefinition[] {
  const floors = options.windows.flatMap((window) => floorOf(window, options) ?? []);
  const times = drawTimes(floors, options.count, random.fork('times'));
  const draws = random.fork('deals');
  const deals: DealDefinition[] = [];
  let place = 0;
  for (const time of times) {
    while (time >= (floors[place] as Floor).window.to) place += 1;
    deals.push(drawDeal(floors[place] as Floor, time as Instant, options.levels, draws));
  }
  return deals;
}

/** What is dealt in one window, and by whom. */
interface Floor {
  readonly window: TradingWindow;
  readonly series: readonly Series[];
  readonly chooseSeries: Chooser;
  readonly sides: Readonly<Record<ClearingHouse, Sides | undefined>>;
}

interface Sides {
  /** Each account stands here with each of its notes, one after the other. */
  readonly sides: readonly DealSideDefinition[];
  readonly choose: Chooser;
}

function floorOf(window: TradingWindow, options: DealsOptions): Floor | undefined {
  const series = options.series.filter((each) => isTraded(each, window));
  if (series.length === 0) return undefined;
  const isToday = window.clearingDate >= options.businessDate;
  return {
    window,
    series,
    chooseSeries: chooser(seriesWeights(series, window.clearingDate)),
    sides: {
      HKCC: sidesOf(options.participants, 'HKCC', isToday),
      SEOCH: sidesOf(options.participants, 'SEOCH', isToday),
    },
  };
}

// Most trades carry no note; the objects are shared by all deals of the account.
const NOTES = ['', 'DESK 1', 'ALGO 7'];

function sidesOf(
  participants: readonly MarketParticipant[],
  house: ClearingHouse,
  isToday: boolean,
): Sides | undefined {
  const weights = isToday ? DEALING_TODAY : DEALING;
  const accounts = accountsOf(participants, house, weights);
  if (accounts.length === 0) return undefined;
  const chooseAccount = accountChooser(accounts, weights);
  return {
    sides: accounts.flatMap(({ participant, account }) =>
      NOTES.map((customerInfo): DealSideDefinition => ({ participant, account, customerInfo })),
    ),
    choose: (random) => chooseAccount(random) * NOTES.length + noteOf(random.integer(10)),
  };
}

function noteOf(drawn: number): number {
  return drawn < 8 ? 0 : drawn - 7;
}

function drawTimes(floors: readonly Floor[], count: number, random: Random): Float64Array {
  const chooseFloor = chooser(
    floors.map(({ window }) => Math.ceil((window.to - window.from) / 60_000) * ACTIVITY[window.trades]),
  );
  const times = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const { window } = floors[chooseFloor(random)] as Floor;
    times[i] = window.from + random.integer(window.to - window.from);
  }
  return times.sort();
}

function drawDeal(floor: Floor, matchedAt: Instant, levels: Levels, random: Random): DealDefinition {
  const { window } = floor;
  const series = floor.series[floor.chooseSeries(random)] as Series;
  const { clearingHouse, underlying } = series.instrumentClass;
  const { sides, choose } = floor.sides[clearingHouse] as Sides;
  const buyer = sides[choose(random)] as DealSideDefinition;
  let seller = buyer;
  // Nobody deals with the account that they deal for.
  while (seller.participant === buyer.participant && seller.account === buyer.account) {
    seller = sides[choose(random)] as DealSideDefinition;
  }
  const fair = fairPrice(series, levels.at(underlying, minuteOf(window, matchedAt)), window.clearingDate);
  return {
    series: series.name,
    quantity: drawQuantity(random),
    price: Math.max(1, fair + random.integer(5) - 2),
    buyer,
    seller,
    matchedAt,
    clearingDate: window.clearingDate,
  };
}

// Mostly one to three contracts, now and then a block.
function drawQuantity(random: Random): number {
  const drawn = random.integer(1_000);
  if (drawn < 700) return 1 + random.integer(3);
  if (drawn < 920) return 1 + random.integer(10);
  if (drawn < 985) return 5 * (1 + random.integer(10));
  if (drawn < 998) return 10 * (5 + random.integer(16));
  return 100 * (2 + random.integer(9));
}
