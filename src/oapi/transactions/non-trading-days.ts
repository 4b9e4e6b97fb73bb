import { MARKETS, SERIES_COUNTRY } from '../../clearing/instrument-class.ts';
import { toCompactDate } from '../../time/instant.ts';
import { INT, list, TEXT } from '../dictionary/shape.ts';
import { compareTexts } from './compare-texts.ts';
import { answerSegment, isAskedFor, SERIES_QUERY } from './series-query.ts';
import { transaction } from './transaction.ts';

/** ASSUMED: Saturdays and Sundays are no rows, and a holiday closes everything in every market. By market, then by date. */
export const nonTradingDayQuery = transaction({
  type: 'DQ18',
  meaning: 'the holidays of each market',
  source: 'oapi-facts.md Appendix A, C',
  call: 'query',
  kind: 'enquiry',
  request: SERIES_QUERY,
  answers: {
    DA18: {
      segment_number: INT,
      item: list({
        country: INT,
        market: INT,
        date_non_trading: TEXT,
        closed_for_trading: INT,
        closed_for_settlement: INT,
        closed_for_clearing: INT,
      }),
    },
  },
  answer(query, call) {
    const { DA18 } = call.answers;
    const { core, protocol } = call.gateway;
    const yes = protocol.numbers.of('yes_no', 'yes');
    const holidays = core.settings().holidays.toSorted(compareTexts);
    const rows = Object.values(MARKETS)
      .map(({ number }) => ({ country: SERIES_COUNTRY, market: number }))
      .filter((key) => isAskedFor(query.series, key))
      .flatMap((key) => holidays.map((date) => ({ ...key, date_non_trading: toCompactDate(date) })));
    return answerSegment(rows, query.segment_number, DA18.capacity, call, (segment) => {
      const item = segment.rows.map((row) => ({
        ...row,
        closed_for_trading: yes,
        closed_for_settlement: yes,
        closed_for_clearing: yes,
      }));
      return DA18.encode({ segment_number: segment.answered, item }, 'DA18');
    });
  },
});
