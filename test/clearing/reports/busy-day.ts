import type { AccountId } from '../../../src/clearing/account.ts';
import type { TradePart } from '../../../src/clearing/give-up.ts';
import type { CustomerCode } from '../../../src/clearing/participant.ts';
import type { Report, ReportCode, ReportMade } from '../../../src/clearing/report.ts';
import { PUBLISHABLE_CODES } from '../../../src/clearing/reports/catalogue.ts';
import { DEFAULT_REPORTING, type ReportingRules } from '../../../src/clearing/reports/template.ts';
import type { DealDefinition, DealSideDefinition } from '../../../src/clearing/world.ts';
import type { BusinessDate } from '../../../src/time/instant.ts';
import { dayOf, EXPIRY, holding, HSI_CALL, HSIM9, on } from '../support/business-day.ts';
import { account, CABC, CXYZ, HKB_CALL, HKB_PUT, HSIK9, type Market } from '../support/market.ts';

const FRIDAY_31 = '2019-05-31' as BusinessDate;

/**
 * Thursday 30 May 2019, on which everything happens that a report can tell: matches, give-ups, a rectification, an
 * average price, a net-down, exercises and assignments, deliveries, and a deal of the evening that belongs to the
 * next business date. It stands at 18:45.
 */
export function busyDay(reporting: Partial<ReportingRules> = {}): Market {
  const place = dayOf(EXPIRY, {
    reporting: { ...DEFAULT_REPORTING, largeOpenPositions: 600, ...reporting },
    positions: [
      holding(CABC, 'OMNI1', HSIM9, { held: 750, written: 40 }),
      holding(CXYZ, 'HOUSE', HSIM9, { written: 710 }),
      holding(CABC, 'HOUSE', HKB_CALL, { held: 12 }),
      holding(CXYZ, 'OMNI1', HKB_CALL, { written: 12 }),
      holding(CXYZ, 'HOUSE', HKB_PUT, { held: 5 }),
      holding(CABC, 'OMNI1', HKB_PUT, { written: 5 }),
      holding(CABC, 'HOUSE', HSI_CALL, { held: 3 }),
      holding(CXYZ, 'HOUSE', HSI_CALL, { written: 3 }),
    ],
    prices: { HSI: 28_450, HKB: 6_780, [HSIK9]: 28_440, [HSIM9]: 28_390, [HKB_CALL]: 283 },
  });
  const at = (time: string): void => void (place.clock.now = on(EXPIRY, time));
  const match = (time: string, terms: Partial<DealDefinition>): void => {
    at(time);
    place.match({ clearingDate: EXPIRY, matchedAt: place.clock.now, ...terms });
  };
  match('10:15', {
    series: HSIK9,
    quantity: 10,
    price: 28_400,
    buyer: side(CABC, 'HOUSE', 'desk 7'),
    seller: side(CXYZ, 'HOUSE'),
  });
  match('10:16', {
    series: HSIM9,
    quantity: 3,
    price: 28_350,
    buyer: side(CABC, 'DAILY'),
    seller: side(CXYZ, 'HOUSE'),
  });
  match('10:17', {
    series: HSIM9,
    quantity: 4,
    price: 28_351,
    buyer: side(CABC, 'DAILY'),
    seller: side(CXYZ, 'HOUSE'),
  });
  match('10:18', {
    series: HKB_CALL,
    quantity: 6,
    price: 270,
    buyer: side(CXYZ, 'OMNI1'),
    seller: side(CABC, 'OMNI1', '=1+1,"x"'),
  });
  at('11:00');
  place.done(CABC, { do: 'rectify-trade', trade: 1, parts: [part('OMNI1', 4), part('CLIENT1', 2)] });
  at('11:05');
  place.done(CABC, { do: 'make-average-price-trade', trades: [3, 5] });
  at('11:10');
  place.done(CABC, {
    do: 'request-give-up',
    trade: 1,
    to: CXYZ,
    quantity: 3,
    commission: 15,
    text: 'as agreed, by phone',
  });
  place.done(CABC, { do: 'request-give-up', trade: 1, to: CXYZ, quantity: 1, commission: 0, text: '' });
  at('11:20');
  place.done(CXYZ, { do: 'take-up', giveUp: 1, parts: [part('OMNI1', 3)] });
  at('14:00');
  place.done(CABC, { do: 'net-down-position', items: [{ account: account('OMNI1'), series: HSIM9, quantity: 30 }] });
  place.done(CABC, { do: 'restore-position', closeOut: 1, quantity: 10 });
  at('15:00');
  place.done(CABC, { do: 'request-exercise', account: account('HOUSE'), series: HKB_CALL, quantity: 4 });
  match('17:30', {
    series: HSIM9,
    quantity: 2,
    price: 28_380,
    buyer: side(CABC, 'HOUSE'),
    seller: side(CXYZ, 'HOUSE'),
    clearingDate: FRIDAY_31,
  });
  at('18:45');
  return place;
}

/** The day end of the busy day, at 23:30. */
export function endOf(place: Market): Market {
  place.clock.now = on(EXPIRY, '23:30');
  const outcome = place.endDay();
  if (!outcome.ok) throw new Error(`the day does not end: ${outcome.rejection.code}`);
  return place;
}

/** Every report of a participant, or common, that is made at this time, and complete. */
export function reportsOf(place: Market, code: CustomerCode, made: ReportMade, only?: ReportCode): readonly Report[] {
  return PUBLISHABLE_CODES.filter((each) => only === undefined || each === only).flatMap((each) =>
    place.startReports(each, [code], made),
  );
}

function side(code: CustomerCode, id: string, customerInfo = ''): DealSideDefinition {
  return { participant: code, account: account(id), customerInfo };
}

function part(id: string, quantity: number): TradePart {
  return { account: id as AccountId, quantity, openClose: 'default', customerInfo: '' };
}
