import type { Position } from '../../clearing/position.ts';
import { calendarDateOf, type BusinessDate } from '../../time/instant.ts';
import type { CallContext } from '../gateway-context.ts';
import { refused, refusedBy } from './answers.ts';
import { readQueryDate } from './query-date.ts';
import { matchesInstrumentType, matchesSearch } from './series-fields.ts';
import type { SearchAccountFields, SeriesFields } from './shapes.ts';
import type { TransactionAnswer } from './transaction.ts';

export interface PositionQuery {
  readonly series: SeriesFields;
  readonly search_series: SeriesFields;
  readonly account: SearchAccountFields;
  readonly date: string;
}

export interface PositionFilter {
  /** The business date whose positions are asked for. */
  readonly date: BusinessDate;
  matches(position: Position, key: SeriesFields): boolean;
}

/** What a CQ3 asks for, or why it may not: another participant's positions, an unknown account, a day that is not kept. */
export function positionFilter(query: PositionQuery, call: CallContext): PositionFilter | TransactionAnswer {
  const wrong = wrongAccount(query.account, call);
  if (wrong) return wrong;
  const date = positionDate(query.date, call);
  if (typeof date === 'object') return date;
  const isAsked = accountMatcher(query.account);
  return {
    date,
    // ASSUMED: `series` only routes, by instrument type (oapi-facts.md section 3, last rows); 0 is any.
    matches: (position, key) =>
      matchesInstrumentType(query.series, key) && matchesSearch(query.search_series, key) && isAsked(position),
  };
}

/** Why an account may not be searched for: another participant's, or one that does not exist. */
export function wrongAccount(account: SearchAccountFields, call: CallContext): TransactionAnswer | undefined {
  const { ex_customer: customer, account_id: id } = account;
  if (customer !== undefined && customer !== '' && customer !== call.session.participant) {
    return refused('noReadAccess', 'account-of-another-participant', call);
  }
  if (id === undefined || id === '') return undefined;
  const accounts = call.gateway.core.accounts(call.session.id);
  if (!accounts.ok) return refusedBy(accounts.rejection, call);
  if (accounts.value.some((each) => each.id === id)) return undefined;
  return refused('invalidAccount', 'unknown-account', call);
}

/** Whether a row's account is the one that is searched for: NUL is any, blank matches blank (oapi-facts.md section 3, C). */
export function accountMatcher({
  ex_customer: customer,
  account_id: id,
}: SearchAccountFields): (row: { readonly participant: string; readonly account: string }) => boolean {
  return (row) => (customer === undefined || row.participant === customer) && (id === undefined || row.account === id);
}

/**
 * The business date whose positions are asked for, or why there are none. ASSUMED: today, where it is no business date
 * that is kept, asks for the current one, which a weekend day belongs to.
 */
export function positionDate(text: string, call: CallContext): BusinessDate | TransactionAnswer {
  const { core } = call.gateway;
  const kept = core.positionDates(call.session.id);
  if (!kept.ok) return refusedBy(kept.rejection, call);
  const asked = readQueryDate(text);
  if (asked === 'current') return core.businessDate();
  const found = kept.value.find((date) => date === asked);
  if (found) return found;
  return asked === calendarDateOf(core.now()) ? core.businessDate() : refused('invalidDate', 'date-not-kept', call);
}
