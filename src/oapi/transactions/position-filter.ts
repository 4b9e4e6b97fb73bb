import type { Position } from '../../clearing/position.ts';
import { calendarDateOf, type BusinessDate } from '../../time/instant.ts';
import { COMPLETION } from '../completion.ts';
import type { CallContext } from '../gateway-context.ts';
import type { Layout } from '../layout.ts';
import { queryPosition, type QueryPosition, type SeriesFields } from '../layouts.ts';
import { requestRefusal } from '../refusals.ts';
import { readQueryDate } from './query-date.ts';
import type { TransactionAnswer } from './registry.ts';

export interface PositionFilter {
  /** The business date whose positions are asked for. */
  readonly date: BusinessDate;
  matches(position: Position, key: SeriesFields): boolean;
}

// In a search field NUL means any value; spaces mean a blank one: oapi-facts.md section 3 (ISESIM, C).
const CUSTOMER_AT = offsetOf(queryPosition.layout, 'account', 'ex_customer');
const ACCOUNT_AT = offsetOf(queryPosition.layout, 'account', 'account_id');

/** What a CQ3 asks for, or why it may not: another participant's positions, an unknown account, a day that is not kept. */
export function positionFilter(
  query: QueryPosition,
  message: Buffer,
  call: CallContext,
): PositionFilter | TransactionAnswer {
  const { core, settings } = call.gateway;
  const { statuses } = settings;
  const refused = (status: number, code: string): TransactionAnswer => ({
    completion: COMPLETION.TRANSACTION_ABORTED,
    status,
    outcome: 'refused',
    code,
  });

  const { ex_customer: customer, account_id: account } = query.account;
  const anyCustomer = message[CUSTOMER_AT] === 0;
  const anyAccount = message[ACCOUNT_AT] === 0;
  if (!anyCustomer && customer !== '' && customer !== call.session.participant) {
    return refused(statuses.noReadAccess, 'account-of-another-participant');
  }
  if (!anyAccount && account !== '') {
    const accounts = core.accounts(call.session.id);
    if (!accounts.ok) {
      return { ...requestRefusal(accounts.rejection, statuses), outcome: 'refused', code: accounts.rejection.code };
    }
    if (!accounts.value.some((each) => each.id === account)) return refused(statuses.invalidAccount, 'unknown-account');
  }
  const dates = core.positionDates(call.session.id);
  if (!dates.ok) {
    return { ...requestRefusal(dates.rejection, statuses), outcome: 'refused', code: dates.rejection.code };
  }
  const date = positionDate(query.date, dates.value, call);
  if (!date) return refused(statuses.invalidDate, 'date-not-kept');

  return {
    date,
    matches: (position, key) =>
      matchesRoute(query.series, key) &&
      matchesSearch(query.search_series, key) &&
      (anyCustomer || position.participant === customer) &&
      (anyAccount || position.account === account),
  };
}

// ASSUMED: today, where it is no business date that is kept, asks for the current one, which a weekend day belongs to.
function positionDate(
  text: string,
  kept: readonly BusinessDate[],
  { gateway: { core } }: CallContext,
): BusinessDate | undefined {
  const asked = readQueryDate(text);
  if (asked === 'current') return core.businessDate();
  return (
    kept.find((date) => date === asked) ?? (asked === calendarDateOf(core.now()) ? core.businessDate() : undefined)
  );
}

// ASSUMED: `series` only routes, by instrument type (oapi-facts.md section 3, last rows); 0 is any.
function matchesRoute(wanted: SeriesFields, key: SeriesFields): boolean {
  return (['country', 'market', 'instrument_group'] as const).every(
    (name) => wanted[name] === 0 || wanted[name] === key[name],
  );
}

function matchesSearch(wanted: SeriesFields, key: SeriesFields): boolean {
  return (Object.keys(key) as (keyof SeriesFields)[]).every((name) => wanted[name] === 0 || wanted[name] === key[name]);
}

function offsetOf(layout: Layout, struct: string, name: string): number {
  const outer = layout.fields.find((field) => field.name === struct);
  const inner = outer?.kind === 'struct' ? outer.of.fields.find((field) => field.name === name) : undefined;
  if (!outer || !inner) throw new Error(`${layout.name} has no field ${struct}.${name}`);
  return outer.offset + inner.offset;
}
