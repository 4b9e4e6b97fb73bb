import type { AccountId } from '../../../src/clearing/account.ts';
import type { Deal, Trade } from '../../../src/clearing/deal.ts';
import type { ClearingEvent } from '../../../src/clearing/event.ts';
import type { Delivery, Exercise } from '../../../src/clearing/exercise.ts';
import type { CustomerCode } from '../../../src/clearing/participant.ts';
import type { SeriesName } from '../../../src/clearing/series.ts';
import { DEFAULT_CLEARING_SETTINGS, type ClearingSettings } from '../../../src/clearing/settings.ts';
import type { PositionDefinition, WorldDefinition } from '../../../src/clearing/world.ts';
import { parseWallTime } from '../../../src/time/duration.ts';
import type { BusinessDate, CalendarDate, Instant } from '../../../src/time/instant.ts';
import { series } from '../../support/world.ts';
import { CABC, CFUT, CTHD, CXYZ, HKB_CALL, HKB_PUT, HSIK9, market, type Market } from './market.ts';

/** Thursday, the last trading day of the May series. */
export const EXPIRY = '2019-05-30' as BusinessDate;

export const HSIM9 = series('HSIM9').name;
export const HSI_CALL = series('HSI28000E9').name;
export const HSI_PUT = series('HSI28000Q9').name;
/** Expires on 27 June. */
export const JUNE_CALL = series('HKB65.00F9').name;

export const CODES = [CABC, CXYZ, CTHD, CFUT] as const;

/** Hong Kong wall time of a day, `"18:45"`. */
export function on(date: CalendarDate, time: string): Instant {
  const instant = parseWallTime(time, date);
  if (instant === undefined) throw new Error(`no time: ${time}`);
  return instant;
}

export function holding(
  participant: CustomerCode,
  account: string,
  name: SeriesName,
  { held = 0, written = 0 }: { readonly held?: number; readonly written?: number },
): PositionDefinition {
  return { participant, account: account as AccountId, series: name, held, written };
}

/** A market of a business date at 10:00. Prices by series name or class code, as integers. */
export function dayOf(
  businessDate: BusinessDate,
  {
    positions = [],
    prices = {},
    settings = {},
    ...options
  }: Omit<Partial<WorldDefinition>, 'settings' | 'prices'> & {
    readonly prices?: Readonly<Record<string, number>>;
    readonly settings?: Partial<ClearingSettings>;
  },
): Market {
  const place = market({
    series: [HSIK9, HSIM9, HSI_CALL, HSI_PUT, HKB_CALL, HKB_PUT, JUNE_CALL].map((name) => series(name)),
    startsAt: on(businessDate, '06:30'),
    businessDate,
    positions,
    prices: Object.entries(prices).map(([of, price]) => ({ of, price })),
    settings: { ...DEFAULT_CLEARING_SETTINGS, ...settings },
    ...options,
  });
  place.clock.now = on(businessDate, '10:00');
  return place;
}

/** Runs the day end at 23:30, and tells what happened. */
export function endDay(place: Market): readonly ClearingEvent[] {
  const events: ClearingEvent[] = [];
  using _ = place.onEvent((event) => events.push(event));
  place.clock.now = on(place.businessDate(), '23:30');
  const outcome = place.endDay();
  if (!outcome.ok) throw new Error(`the day does not end: ${JSON.stringify(outcome.rejection)}`);
  return events;
}

/** Runs the day end, and rolls to the next business date at 02:00 of the day after. */
export function nextDay(place: Market): void {
  endDay(place);
  place.clock.now = on(place.businessDate(), '+1d 02:00');
  const outcome = place.rollBusinessDate();
  if (!outcome.ok) throw new Error(`the date does not roll: ${JSON.stringify(outcome.rejection)}`);
}

export function exercisesOf(place: Market, code: CustomerCode): readonly Exercise[] {
  return [...(place.book(code)?.exercises.values() ?? [])];
}

export function deliveriesOf(place: Market, code: CustomerCode): readonly Delivery[] {
  return place.book(code)?.deliveries ?? [];
}

export function allDeliveries(place: Market): readonly Delivery[] {
  return CODES.flatMap((code) => deliveriesOf(place, code));
}

/** Contracts assigned, by writer: `{ 'CXYZ HOUSE': 3 }`. */
export function assignedOf(place: Market, name: SeriesName): Readonly<Record<string, number>> {
  return Object.fromEntries(
    CODES.flatMap((code) => [...(place.book(code)?.positions.values() ?? [])])
      .filter((position) => position.series === name && position.assigned > 0)
      .map(({ participant, account, assigned }) => [`${participant} ${account}`, assigned]),
  );
}

export function dealsIn(
  events: readonly ClearingEvent[],
): readonly { readonly deal: Deal; readonly trades: readonly [Trade, Trade] }[] {
  return events.flatMap((event) => (event.type === 'deal-made' ? [{ deal: event.deal, trades: event.trades }] : []));
}
