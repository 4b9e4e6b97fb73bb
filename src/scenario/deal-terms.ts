import type { AccountId } from '../clearing/account.ts';
import type { CustomerCode } from '../clearing/participant.ts';
import { parseScaled } from '../clearing/price.ts';
import type { DealSideDefinition } from '../clearing/world.ts';
import { businessCalendar, type BusinessCalendar } from '../time/calendar.ts';
import { parseCalendarDate, type BusinessDate } from '../time/instant.ts';
import type { DealTerms } from './action.ts';
import { checkHolding, checkSeries, type Names } from './names.ts';
import type { DealSection } from './schema.ts';
import type { Path, Refuse } from './source-node.ts';

/** Reads the terms of a deal at `path`; undefined when something in it is wrong, which has been refused then. */
export function toDealTerms(section: DealSection, names: Names, path: Path, refuse: Refuse): DealTerms | undefined {
  let right = true;
  const complain: Refuse = (at, text) => {
    right = false;
    refuse(at, text);
  };
  const series = checkSeries(names, section.series, [...path, 'series'], complain);
  for (const side of ['buyer', 'seller'] as const) {
    checkHolding(names, { ...section[side], series: section.series }, [...path, side], complain, [...path, 'series']);
  }
  const clearingDate =
    section.clearingDate === undefined
      ? undefined
      : toBusinessDate(section.clearingDate, [...path, 'clearingDate'], complain, names.calendar);
  if (!series) return undefined;
  const price = toPrice(section.price, series.instrumentClass.priceDecimals);
  if (price === undefined) {
    const decimals = series.instrumentClass.priceDecimals;
    complain([...path, 'price'], {
      message:
        `found ${section.price}; a price of ${series.instrumentClass.code} is above 0 and has ` +
        (decimals === 0
          ? 'no decimals: write "29500"'
          : `at most ${decimals} decimals: write "${'1.2345'.slice(0, 2 + decimals)}"`),
      found: section.price,
    });
  }
  if (!right || price === undefined) return undefined;
  return {
    series: series.name,
    quantity: section.quantity,
    price,
    buyer: toSide(section.buyer),
    seller: toSide(section.seller),
    clearingDate,
  };
}

/** A day that is a business day; refuses any other. */
export function toBusinessDate(
  text: string,
  path: Path,
  refuse: Refuse,
  calendar: BusinessCalendar = businessCalendar(),
): BusinessDate | undefined {
  const date = parseCalendarDate(text);
  if (!date) {
    refuse(path, { message: `"${text}" is not a day of the calendar; write a day such as "2019-05-06"`, found: text });
    return undefined;
  }
  if (calendar.isBusinessDay(date)) return date as BusinessDate;
  refuse(path, {
    message: `${text} is not a business day; write "${calendar.next(date)}" or "${calendar.previous(date)}"`,
    found: text,
    nearest: calendar.next(date),
  });
  return undefined;
}

function toPrice(text: string, decimals: number): number | undefined {
  const price = parseScaled(text, decimals);
  // The family's price fields are 32-bit.
  return price !== undefined && price > 0 && price <= 0x7fffffff ? price : undefined;
}

function toSide(side: DealSection['buyer']): DealSideDefinition {
  return {
    participant: side.participant as CustomerCode,
    account: side.account as AccountId,
    customerInfo: side.info ?? '',
    ...(side.openClose === undefined ? {} : { openClose: side.openClose }),
  };
}
