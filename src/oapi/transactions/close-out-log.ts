import { toCompactDate } from '../../time/instant.ts';
import { userPart } from '../calls/get-info.ts';
import { INT, list, optional, SEARCH, TEXT } from '../dictionary/shape.ts';
import { reading } from './answers.ts';
import { accountMatcher, wrongAccount } from './position-filter.ts';
import { readQueryInstant } from './query-instant.ts';
import { keyOf, matchesInstrumentType, WHOLE_PARTITION } from './series-fields.ts';
import { answerSegment } from './series-query.ts';
import { ACCOUNT, SEARCH_ACCOUNT, SERIES, TRADING_CODE } from './shapes.ts';
import { stamps } from './stamp.ts';
import { transaction } from './transaction.ts';

export const closeOutLogQuery = transaction({
  type: 'CQ123',
  meaning: 'net-downs of the participant, oldest first',
  source: 'oapi-facts.md 4.2 and Appendix A, C',
  call: 'query',
  kind: 'enquiry',
  request: {
    series: SERIES,
    segment_number: INT,
    account: SEARCH_ACCOUNT,
    series_id: SEARCH,
    from_date: TEXT,
    from_time: TEXT,
    to_date: TEXT,
    to_time: TEXT,
  },
  answers: {
    CA123: {
      partition_low: SERIES,
      partition_high: SERIES,
      segment_number: INT,
      item: list({
        trading_code: TRADING_CODE,
        series: SERIES,
        account: ACCOUNT,
        closeout_qty: INT,
        date: TEXT,
        created_date: TEXT,
        created_time: TEXT,
        open_close: optional(INT),
        state: INT,
      }),
    },
  },
  answer(query, call) {
    const { core, settings, protocol } = call.gateway;
    const wrong = wrongAccount(query.account, call);
    if (wrong) return wrong;
    const from = readQueryInstant(query.from_date, query.from_time, 'first', call);
    if (typeof from === 'object') return from;
    const to = readQueryInstant(query.to_date, query.to_time, 'last', call);
    if (typeof to === 'object') return to;
    const isAsked = accountMatcher(query.account);
    return reading(core.closeOuts(call.session.id), call, (all) => {
      const rows = all.filter(
        (each) =>
          isAsked(each) &&
          matchesInstrumentType(query.series, keyOf(each.series, core)) &&
          // ASSUMED: a blank name is any as well, as a log without a series makes no sense.
          (!query.series_id || query.series_id === each.series) &&
          (from === undefined || each.createdAt >= from) &&
          (to === undefined || each.createdAt <= to),
      );
      const { CA123 } = call.answers;
      const stampOf = stamps();
      const { countryId: country_id } = settings;
      return answerSegment(rows, query.segment_number, CA123.capacity, call, (segment) =>
        CA123.encode(
          {
            ...WHOLE_PARTITION,
            segment_number: segment.answered,
            item: segment.rows.map((row) => {
              const { date, time } = stampOf(row.createdAt);
              const user_id = row.user === undefined ? '' : userPart(row.user, row.participant);
              return {
                trading_code: { country_id, ex_customer: row.participant, user_id },
                series: keyOf(row.series, core),
                account: { country_id, ex_customer: row.participant, account_id: row.account },
                closeout_qty: row.quantity,
                date: toCompactDate(row.businessDate),
                created_date: date,
                created_time: time,
                open_close: protocol.numbers.of('open_close_req', 'close'),
                // ASSUMED: restored only when nothing of it is left; the position says how much is closed out.
                state: protocol.numbers.of('close_out_state', row.restored === row.quantity ? 'restored' : 'done'),
              };
            }),
          },
          'CA123',
        ),
      );
    });
  },
});
