import { userPart } from '../calls/get-info.ts';
import { INT, list, TEXT } from '../dictionary/shape.ts';
import { reading } from './answers.ts';
import { accountMatcher, wrongAccount } from './position-filter.ts';
import { keyOf, matchesInstrumentType, matchesSearch, WHOLE_PARTITION } from './series-fields.ts';
import { answerSegment } from './series-query.ts';
import { ACCOUNT, SEARCH_ACCOUNT, SERIES, TRADING_CODE } from './shapes.ts';
import { stampOf } from './stamp.ts';
import { transaction } from './transaction.ts';

/** ASSUMED: exercises that the day end made by itself are listed as well; they have no user. */
export const exerciseQuery = transaction({
  type: 'CQ21',
  meaning: 'requests for exercise of the participant, by number',
  source: 'oapi-facts.md 4.2 and Appendix A, C',
  call: 'query',
  kind: 'enquiry',
  request: { series: SERIES, search_series: SERIES, account: SEARCH_ACCOUNT, segment_number: INT },
  answers: {
    CA21: {
      partition_low: SERIES,
      partition_high: SERIES,
      segment_number: INT,
      item: list({
        series: SERIES,
        account: ACCOUNT,
        trading_code: TRADING_CODE,
        ex_user_code: TRADING_CODE,
        modified_date: TEXT,
        modified_time: TEXT,
        asof_date: TEXT,
        asof_time: TEXT,
        quantity: INT,
        exercise_number: INT,
        state: INT,
      }),
    },
  },
  answer(query, call) {
    const { core, settings, protocol } = call.gateway;
    const wrong = wrongAccount(query.account, call);
    if (wrong) return wrong;
    const isAsked = accountMatcher(query.account);
    return reading(core.exercises(call.session.id), call, (all) => {
      const rows = all
        .filter((each) => {
          const key = keyOf(each.series, core);
          return isAsked(each) && matchesInstrumentType(query.series, key) && matchesSearch(query.search_series, key);
        })
        .toSorted((a, b) => a.number - b.number);
      const { CA21 } = call.answers;
      return answerSegment(rows, query.segment_number, CA21.capacity, call, (segment) =>
        CA21.encode(
          {
            ...WHOLE_PARTITION,
            segment_number: segment.answered,
            item: segment.rows.map((row) => {
              const modified = stampOf(row.modifiedAt);
              const created = stampOf(row.createdAt);
              const member = { country_id: settings.countryId, ex_customer: row.participant };
              const user_id = row.user === undefined ? '' : userPart(row.user, row.participant);
              return {
                series: keyOf(row.series, core),
                account: { ...member, account_id: row.account },
                trading_code: { ...member, user_id },
                ex_user_code: { ...member, user_id },
                modified_date: modified.date,
                modified_time: modified.time,
                asof_date: created.date,
                asof_time: created.time,
                quantity: row.quantity,
                exercise_number: row.number,
                state: protocol.numbers.of('exercise_state', row.state),
              };
            }),
          },
          'CA21',
        ),
      );
    });
  },
});
