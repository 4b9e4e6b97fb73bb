import { SERIES_COUNTRY } from '../../clearing/instrument-class.ts';
import { INT, list, optional, TEXT } from '../dictionary/shape.ts';
import { answerSegment, isAskedFor, SERIES_QUERY } from './series-query.ts';
import { transaction } from './transaction.ts';

/** One row. ASSUMED: its texts, which are settings where get info has them too. */
export const exchangeQuery = transaction({
  type: 'DQ24',
  meaning: 'the exchange, with its name and time zone',
  source: 'oapi-facts.md Appendix A, C',
  call: 'query',
  kind: 'enquiry',
  request: SERIES_QUERY,
  answers: {
    DA24: {
      segment_number: INT,
      item: list({
        country: optional(INT),
        name: TEXT,
        exchange_short: optional(TEXT),
        country_id: TEXT,
        tz_exchange: optional(TEXT),
      }),
    },
  },
  answer(query, call) {
    const { DA24 } = call.answers;
    const { countryId, exchangeName, timeZoneVariable } = call.gateway.settings;
    const rows = [
      {
        country: SERIES_COUNTRY,
        name: exchangeName.slice(0, 32), // oapi-facts.md Appendix A: name c32 (C).
        exchange_short: 'HKEX',
        country_id: countryId,
        tz_exchange: timeZoneVariable,
      },
    ].filter(() => isAskedFor(query.series, { country: SERIES_COUNTRY }));
    return answerSegment(rows, query.segment_number, DA24.capacity, call, (segment) =>
      DA24.encode({ segment_number: segment.answered, item: segment.rows }, 'DA24'),
    );
  },
});

/** ASSUMED: everything is in Hong Kong dollars; the names of the units are ours. */
export const currencyQuery = transaction({
  type: 'DQ33',
  meaning: 'currencies: the Hong Kong dollar',
  source: 'oapi-facts.md Appendix A, C',
  call: 'query',
  kind: 'enquiry',
  request: SERIES_QUERY,
  answers: {
    DA33: {
      segment_number: INT,
      item: list({
        base_cur: TEXT,
        sec_rel_primary: optional(INT),
        pri_unit: optional(TEXT),
        sec_unit: optional(TEXT),
      }),
    },
  },
  answer(query, call) {
    const { DA33 } = call.answers;
    const rows = [{ base_cur: 'HKD', sec_rel_primary: 100, pri_unit: 'dollar', sec_unit: 'cent' }];
    return answerSegment(rows, query.segment_number, DA33.capacity, call, (segment) =>
      DA33.encode({ segment_number: segment.answered, item: segment.rows }, 'DA33'),
    );
  },
});
