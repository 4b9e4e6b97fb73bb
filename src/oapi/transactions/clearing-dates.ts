import { clearingDates } from '../../clearing/clearing-date.ts';
import { toCompactDate } from '../../time/instant.ts';
import { list, TEXT } from '../dictionary/shape.ts';
import { found } from './answers.ts';
import { INSTRUMENT_TYPES } from './instrument-types.ts';
import { ANY_SERIES, LAST_SERIES } from './series-fields.ts';
import { isAskedFor } from './series-query.ts';
import { SERIES } from './shapes.ts';
import { transaction } from './transaction.ts';

/** A clearing program asks it first each day. It has no segments: there are few instrument types. */
export const clearingDateQuery = transaction({
  type: 'CQ68',
  meaning: 'current, next and previous clearing date of each instrument type, and the business date',
  source: 'oapi-facts.md 4.2 and Appendix A, C',
  call: 'query',
  kind: 'enquiry',
  request: { series: SERIES, search_series: SERIES },
  answers: {
    CA68: {
      partition_low: SERIES,
      partition_high: SERIES,
      omex_version: TEXT,
      business_date: TEXT,
      item: list({
        series: SERIES,
        clearing_date: TEXT,
        next_clearing_date: TEXT,
        prev_clearing_date: TEXT,
      }),
    },
  },
  answer({ series, search_series }, call) {
    const { core, settings } = call.gateway;
    const businessDate = core.businessDate();
    const dates = clearingDates(businessDate, core.calendar());
    const rows = INSTRUMENT_TYPES.map(({ key }) => key).filter(
      (key) => isAskedFor(series, key) && isAskedFor(search_series, key),
    );
    const message = call.answers.CA68.encode(
      {
        // ASSUMED: one partition, from all zero to all ones (oapi-facts.md section 3, MEM).
        partition_low: ANY_SERIES,
        partition_high: LAST_SERIES,
        omex_version: settings.omexVersion,
        business_date: toCompactDate(businessDate),
        // ASSUMED: the clearing dates of every instrument type are the business dates around the current one.
        item: rows.map((key) => ({
          series: { ...ANY_SERIES, ...key },
          clearing_date: toCompactDate(dates.current),
          next_clearing_date: toCompactDate(dates.next),
          prev_clearing_date: toCompactDate(dates.previous),
        })),
      },
      'CA68',
    );
    return found(message, rows.length, call);
  },
});
