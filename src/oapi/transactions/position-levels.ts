import type { Account, AccountId } from '../../clearing/account.ts';
import type { SeriesName } from '../../clearing/series.ts';
import type { Instant } from '../../time/instant.ts';
import type { Words } from '../dictionary/numbers.ts';
import { INT, list, optional, SEARCH, TEXT } from '../dictionary/shape.ts';
import { reading, refusedBy } from './answers.ts';
import { ACCOUNT_TYPE_IDS } from './account-types.ts';
import { compareTexts } from './compare-texts.ts';
import { accountMatcher, positionDate, wrongAccount } from './position-filter.ts';
import { rowsOf, type PositionRow } from './positions.ts';
import { compareSeries, matchesInstrumentType, WHOLE_PARTITION } from './series-fields.ts';
import { answerSegment } from './series-query.ts';
import { ACCOUNT, SEARCH_ACCOUNT, SERIES, type SeriesFields } from './shapes.ts';
import { stampOf } from './stamp.ts';
import { transaction } from './transaction.ts';

type Level = Words['level_type'];

interface Sum {
  readonly key: SeriesFields;
  readonly account: string;
  readonly accountType: string;
  held: number;
  written: number;
  closedOut: number;
  modifiedAt: Instant;
}

/**
 * ASSUMED: the levels, their numbers, and the whole of CA65, which has no public layout. Sums add held and written
 * contracts; nothing is netted across accounts. Level 0 is the account.
 */
export const positionLevelQuery = transaction({
  type: 'CQ65',
  meaning: 'positions summed by account, account type or participant',
  source: 'oapi-facts.md 4.2 and Appendix A, C; the answer is ours',
  call: 'query',
  kind: 'enquiry',
  request: {
    series: SERIES,
    account: SEARCH_ACCOUNT,
    series_id: SEARCH,
    segment_number: INT,
    date: TEXT,
    account_type: SEARCH,
    level_type: INT,
  },
  answers: {
    CA65: {
      partition_low: SERIES,
      partition_high: SERIES,
      segment_number: INT,
      item: list({
        series: SERIES,
        account: ACCOUNT,
        nbr_held: INT,
        nbr_written: INT,
        qty_closed_out: INT,
        account_type: TEXT,
        level_type: INT,
        modified_date: optional(TEXT),
      }),
    },
  },
  answer(query, call) {
    const { core, settings, protocol } = call.gateway;
    const { numbers } = protocol;
    const level = query.level_type === 0 ? 'account' : numbers.word('level_type', query.level_type);
    if (!level)
      throw call.badField(['level_type'], `${query.level_type}; allowed are ${numbers.allowed('level_type')}`);
    const wrong = wrongAccount(query.account, call);
    if (wrong) return wrong;
    const date = positionDate(query.date, call);
    if (typeof date === 'object') return date;
    const accounts = core.accounts(call.session.id);
    if (!accounts.ok) return refusedBy(accounts.rejection, call);
    const isAsked = accountMatcher(query.account);
    return reading(core.positionsOf(call.session.id, date), call, (positions) => {
      const typeOf = typesOf(accounts.value);
      const wanted = rowsOf(positions, call).filter(
        ({ position, key }) =>
          isAsked(position) &&
          matchesInstrumentType(query.series, key) &&
          (!query.series_id || (query.series_id as SeriesName) === position.series) &&
          (!query.account_type || query.account_type === typeOf(position.account)),
      );
      const { CA65 } = call.answers;
      return answerSegment(sumsOf(wanted, level, typeOf), query.segment_number, CA65.capacity, call, (segment) =>
        CA65.encode(
          {
            ...WHOLE_PARTITION,
            segment_number: segment.answered,
            item: segment.rows.map((row) => ({
              series: row.key,
              account: {
                country_id: settings.countryId,
                ex_customer: call.session.participant,
                account_id: row.account,
              },
              nbr_held: row.held,
              nbr_written: row.written,
              qty_closed_out: row.closedOut,
              account_type: row.accountType,
              level_type: numbers.of('level_type', level),
              modified_date: stampOf(row.modifiedAt).date,
            })),
          },
          'CA65',
        ),
      );
    });
  },
});

function typesOf(accounts: readonly Account[]): (id: AccountId) => string {
  const types = new Map(accounts.map((each) => [each.id, ACCOUNT_TYPE_IDS[each.type]]));
  return (id) => types.get(id) ?? '';
}

/** By series key, then account type, then account; at a level above the account what it is summed over is blank. */
function sumsOf(rows: readonly PositionRow[], level: Level, typeOf: (id: AccountId) => string): readonly Sum[] {
  const sums = new Map<string, Sum>();
  for (const { position, key } of rows) {
    const account = level === 'account' ? position.account : '';
    const accountType = level === 'participant' ? '' : typeOf(position.account);
    const name = `${position.series}/${accountType}/${account}`;
    const sum = sums.get(name) ?? {
      key,
      account,
      accountType,
      held: 0,
      written: 0,
      closedOut: 0,
      modifiedAt: position.modifiedAt,
    };
    sum.held += position.held;
    sum.written += position.written;
    sum.closedOut += position.closedOut;
    if (position.modifiedAt > sum.modifiedAt) sum.modifiedAt = position.modifiedAt;
    sums.set(name, sum);
  }
  return [...sums.values()].toSorted(
    (a, b) =>
      compareSeries(a.key, b.key) || compareTexts(a.accountType, b.accountType) || compareTexts(a.account, b.account),
  );
}
