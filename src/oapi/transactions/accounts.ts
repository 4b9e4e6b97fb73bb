import { POSITION_KEEPING, type Account } from '../../clearing/account.ts';
import { INT, list, optional, TEXT } from '../dictionary/shape.ts';
import { ACCOUNT_TYPE_IDS } from './account-types.ts';
import { refused, refusedBy } from './answers.ts';
import { compareTexts } from './compare-texts.ts';
import { accountMatcher, wrongAccount } from './position-filter.ts';
import { readQueryDate } from './query-date.ts';
import { wrongDate } from './sequence.ts';
import { answerSegment } from './series-query.ts';
import { ACCOUNT, SEARCH_ACCOUNT, SERIES } from './shapes.ts';
import { transaction, type RequestContext, type TransactionAnswer } from './transaction.ts';

interface AccountQuery {
  readonly query_on_date?: number | undefined;
  readonly date?: string | undefined;
}

/** By account. `series` only routes: an account is the same in every market. */
export const accountQuery = transaction({
  type: 'CQ38',
  meaning: "accounts of the user's own participant",
  source: 'oapi-facts.md 4.2 and Appendix A, C',
  call: 'query',
  kind: 'enquiry',
  request: {
    series: SERIES,
    account: SEARCH_ACCOUNT,
    segment_number: INT,
    query_on_date: optional(INT),
    date: optional(TEXT),
  },
  answers: {
    CA38: {
      segment_number: INT,
      item: list({
        account: ACCOUNT,
        acc_type: TEXT,
        acc_state: INT,
        read_access: optional(INT),
        auto_net: optional(INT),
      }),
    },
  },
  answer(query, call) {
    const { core, protocol, settings } = call.gateway;
    const { numbers } = protocol;
    const wrong = wrongAccount(query.account, call) ?? wrongAccountDate(query, call);
    if (wrong) return wrong;
    const accounts = core.accounts(call.session.id);
    if (!accounts.ok) return refusedBy(accounts.rejection, call);
    const isAsked = accountMatcher(query.account);
    const rows = accounts.value
      .filter(({ participant, id }) => isAsked({ participant, account: id }))
      .toSorted((a, b) => compareTexts(a.id, b.id));
    const { CA38 } = call.answers;
    // ASSUMED: access in its own numbers; net keeping is what the family calls automatic netting.
    const toItem = ({ participant, id, type, state, access }: Account) => ({
      account: { country_id: settings.countryId, ex_customer: participant, account_id: id },
      acc_type: ACCOUNT_TYPE_IDS[type],
      acc_state: numbers.of('account_state', state),
      read_access: numbers.of('account_access', access),
      auto_net: numbers.of('yes_no', POSITION_KEEPING[type] === 'net' ? 'yes' : 'no'),
    });
    return answerSegment(rows, query.segment_number, CA38.capacity, call, (segment) =>
      CA38.encode({ segment_number: segment.answered, item: segment.rows.map(toItem) }, 'CA38'),
    );
  },
});

// ASSUMED: `query_on_date` yes asks for the accounts of one business date. They are the same on each date that is kept;
// of any other day nothing is known. 0 and no leave the date unread.
function wrongAccountDate(
  { query_on_date: onDate = 0, date = '' }: AccountQuery,
  call: RequestContext,
): TransactionAnswer | undefined {
  const { core, protocol } = call.gateway;
  const word = protocol.numbers.word('yes_no', onDate);
  if (onDate !== 0 && !word) {
    throw call.badField(['query_on_date'], `${onDate}; allowed are 0 and ${protocol.numbers.allowed('yes_no')}`);
  }
  if (word !== 'yes') return undefined;
  const asked = readQueryDate(date);
  if (!asked) return wrongDate(date, call);
  const dates = core.positionDates(call.session.id);
  if (!dates.ok) return refusedBy(dates.rejection, call);
  if (asked === 'current' || dates.value.some((each) => each === asked)) return undefined;
  return refused('invalidDate', 'date-not-kept', call, `${asked}; kept are ${dates.value.join(', ')}`);
}
