import type { Series } from '../../clearing/series.ts';
import type { Checker } from '../checker.ts';
import type { Day } from '../day.ts';
import type { WorldSection } from '../schema.ts';
import { growMarket, marketTrouble, type GrownMarket, type MarketOptions } from './market.ts';
import type { WrittenWorld } from './written-world.ts';

/**
 * The market that `trades: 50000` asks for; undefined where the file does not ask, or where what it would grow
 * out of is wrong, which has been refused.
 * @param series the series that the file writes, by name; undefined for a name that is wrong
 */
export function growWorld(
  wanted: WorldSection,
  section: WrittenWorld,
  series: ReadonlyMap<string, Series | undefined>,
  day: Day,
  seed: number | string,
  check: Checker,
): GrownMarket | undefined {
  const { trades } = wanted;
  if (typeof trades !== 'number' || Number.isNaN(day.start)) return undefined;
  if (!(['trades', 'participants', 'series'] as const).every((key) => check.usable(key))) return undefined;
  const listed = [...series.values()];
  if (listed.includes(undefined)) return undefined;
  const options: MarketOptions = {
    trades,
    participants: section.participants,
    series: section.series === undefined ? undefined : listed.filter((each) => each !== undefined),
    date: day.date,
    businessDate: day.businessDate,
    start: day.start,
    calendar: day.calendar,
  };
  const trouble = marketTrouble(options);
  if (trouble === undefined) return growMarket(options, seed);
  check.refuse(['trades'], { message: trouble, found: String(trades) });
  return undefined;
}
