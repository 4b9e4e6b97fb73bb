import type { Position } from '../../clearing/position.ts';
import { INT, list, optional, TEXT } from '../dictionary/shape.ts';
import type { CallContext } from '../gateway-context.ts';
import { found, refusedBy } from './answers.ts';
import { compareTexts } from './compare-texts.ts';
import { positionFilter } from './position-filter.ts';
import { segmentOf } from './segments.ts';
import { compareSeries, keyOf, WHOLE_PARTITION } from './series-fields.ts';
import { ACCOUNT, SEARCH_ACCOUNT, SERIES, type SeriesFields } from './shapes.ts';
import { stamps } from './stamp.ts';
import { transaction } from './transaction.ts';

export interface PositionRow {
  readonly position: Position;
  readonly key: SeriesFields;
}

export const positionQuery = transaction({
  type: 'CQ3',
  meaning: "positions of the user's own participant, by series and account",
  source: 'oapi-facts.md sections 3 and 4.2, C',
  call: 'query',
  kind: 'enquiry',
  request: { series: SERIES, search_series: SERIES, account: SEARCH_ACCOUNT, segment_number: INT, date: TEXT },
  answers: {
    CA3: {
      partition_low: SERIES,
      partition_high: SERIES,
      segment_number: INT,
      item: list({
        series: SERIES,
        modified_date: TEXT,
        modified_time: TEXT,
        nbr_held: INT,
        nbr_written: INT,
        deny_exercise: INT,
        account: ACCOUNT,
        quantity_cover: INT,
        qty_closed_out: optional(INT),
      }),
    },
  },
  answer(query, call) {
    const { core, settings } = call.gateway;
    const filter = positionFilter(query, call);
    if ('completion' in filter) return filter;
    const positions = core.positionsOf(call.session.id, filter.date);
    if (!positions.ok) return refusedBy(positions.rejection, call);

    const rows = sorted(rowsOf(positions.value, call).filter((row) => filter.matches(row.position, row.key)));
    const { CA3 } = call.answers;
    const segment = segmentOf(rows, query.segment_number, CA3.capacity, call);
    if ('completion' in segment) return segment;
    const stampOf = stamps();
    const message = CA3.encode(
      {
        ...WHOLE_PARTITION,
        segment_number: segment.answered,
        item: segment.rows.map(({ position, key }) => {
          const { date, time } = stampOf(position.modifiedAt);
          return {
            series: key,
            modified_date: date,
            modified_time: time,
            nbr_held: position.held,
            nbr_written: position.written,
            deny_exercise: position.denied,
            account: {
              country_id: settings.countryId,
              ex_customer: position.participant,
              account_id: position.account,
            },
            quantity_cover: position.covered,
            qty_closed_out: position.closedOut,
          };
        }),
      },
      'CA3',
    );
    return found(message, segment.rows.length, call, { segment: segment.number });
  },
});

/** With the key of each series. */
export function rowsOf(positions: readonly Position[], { gateway }: CallContext): readonly PositionRow[] {
  return positions.map((position) => ({ position, key: keyOf(position.series, gateway.core) }));
}

/** By series key, then account: the same rows come in the same order whichever segment is asked for. */
export function sorted(rows: readonly PositionRow[]): readonly PositionRow[] {
  return rows.toSorted((a, b) => compareSeries(a.key, b.key) || compareTexts(a.position.account, b.position.account));
}
