import { POSITION_KEEPING, type Account } from '../../clearing/account.ts';
import { INT, list, optional, TEXT, type ValueOf } from '../dictionary/shape.ts';
import { MESSAGE_BYTES_MAX } from '../frame.ts';
import type { CallContext } from '../gateway-context.ts';
import { encodeItem, itemBytes } from '../variable-message.ts';
import { ACCOUNT_TYPE_IDS } from './account-types.ts';
import { refused, refusedBy } from './answers.ts';
import { compareTexts } from './compare-texts.ts';
import { accountMatcher, wrongAccount } from './position-filter.ts';
import { readQueryDate } from './query-date.ts';
import { wrongDate } from './sequence.ts';
import { answerSegment } from './series-query.ts';
import { ACCOUNT, SEARCH_ACCOUNT, SERIES } from './shapes.ts';
import { transaction, type RequestContext, type TransactionAnswer } from './transaction.ts';

const ACCOUNT_QUERY = {
  series: SERIES,
  account: SEARCH_ACCOUNT,
  segment_number: INT,
  query_on_date: optional(INT),
  date: optional(TEXT),
} as const;

type AccountQuery = ValueOf<typeof ACCOUNT_QUERY>;

/** By account. `series` only routes: an account is the same in every market. */
export const accountQuery = transaction({
  type: 'CQ38',
  meaning: "accounts of the user's own participant",
  source: 'oapi-facts.md 4.2 and Appendix A, C',
  call: 'query',
  kind: 'enquiry',
  request: ACCOUNT_QUERY,
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
    const rows = accountsAskedFor(query, call);
    if ('completion' in rows) return rows;
    const { CA38 } = call.answers;
    return answerSegment(rows, query.segment_number, CA38.capacity, call, (segment) =>
      CA38.encode(
        { segment_number: segment.answered, item: segment.rows.map((account) => accountItem(account, call)) },
        'CA38',
      ),
    );
  },
});

/** The same in the newer form, each account an item of its own with named struct 81. */
export const accountPartsQuery = transaction({
  type: 'CQ128',
  meaning: "accounts of the user's own participant, in named structs",
  source: 'oapi-facts.md section 3, 4.2 and Appendix A, C',
  call: 'query',
  kind: 'enquiry',
  request: ACCOUNT_QUERY,
  answers: { CA128: { segment_number: INT, items: INT } },
  named: {
    81: {
      account: ACCOUNT,
      acc_type: TEXT,
      acc_state: INT,
      read_access: optional(INT),
      auto_net: optional(INT),
    },
  },
  answer(query, call) {
    const rows = accountsAskedFor(query, call);
    if ('completion' in rows) return rows;
    const { CA128 } = call.answers;
    const part = call.named[81];
    const capacity = Math.floor((MESSAGE_BYTES_MAX - CA128.layout.size) / itemBytes([part.layout.size]));
    return answerSegment(rows, query.segment_number, capacity, call, (segment) => {
      const header = CA128.encode({ segment_number: segment.answered, items: segment.rows.length }, 'CA128');
      const items = segment.rows.map((account) =>
        encodeItem([{ namedStruct: 81, body: part.encode(accountItem(account, call)) }]),
      );
      return Buffer.concat([header, ...items]);
    });
  },
});

function accountsAskedFor(query: AccountQuery, call: RequestContext): readonly Account[] | TransactionAnswer {
  const wrong = wrongAccount(query.account, call) ?? wrongAccountDate(query, call);
  if (wrong) return wrong;
  const accounts = call.gateway.core.accounts(call.session.id);
  if (!accounts.ok) return refusedBy(accounts.rejection, call);
  const isAsked = accountMatcher(query.account);
  return accounts.value
    .filter(({ participant, id }) => isAsked({ participant, account: id }))
    .toSorted((a, b) => compareTexts(a.id, b.id));
}

// ASSUMED: access in its own numbers; net keeping is what the family calls automatic netting.
function accountItem({ participant, id, type, state, access }: Account, { gateway }: CallContext) {
  const { numbers } = gateway.protocol;
  return {
    account: { country_id: gateway.settings.countryId, ex_customer: participant, account_id: id },
    acc_type: ACCOUNT_TYPE_IDS[type],
    acc_state: numbers.of('account_state', state),
    read_access: numbers.of('account_access', access),
    auto_net: numbers.of('yes_no', POSITION_KEEPING[type] === 'net' ? 'yes' : 'no'),
  };
}

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
