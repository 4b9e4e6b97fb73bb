import type { Position } from '../../clearing/position.ts';
import { calendarDateOf, toCompactDate, toCompactTime, type Instant } from '../../time/instant.ts';
import { COMPLETION } from '../completion.ts';
import type { CallContext } from '../gateway-context.ts';
import { answerPosition, queryPosition, type AnswerPositionItem, type SeriesFields } from '../layouts.ts';
import { requestRefusal } from '../refusals.ts';
import { positionFilter } from './position-filter.ts';
import type { Transaction, TransactionAnswer } from './registry.ts';
import { ANY_SERIES, LAST_SERIES, seriesFields } from './series-fields.ts';

interface Row {
  readonly position: Position;
  readonly key: SeriesFields;
}

/**
 * CQ3, answered by CA3 in segments: the positions of the user's own participant. Segments are asked
 * for as 1, 2, 3 …; the last one carries number 0. oapi-facts.md sections 3 and 4.2, C.
 */
export const positionQuery: Transaction = {
  type: 'CQ3',
  answer(message, call) {
    const query = queryPosition.decode(message);
    const { core, settings } = call.gateway;
    const { statuses } = settings;
    const pageSize = Math.min(settings.pageSize, ITEMS_MAX);

    const filter = positionFilter(query, message, call);
    if ('completion' in filter) return filter;
    const positions = core.positionsOf(call.session.id, filter.date);
    if (!positions.ok) {
      return { ...requestRefusal(positions.rejection, statuses), outcome: 'refused', code: positions.rejection.code };
    }

    const rows = sorted(rowsOf(positions.value, call).filter((row) => filter.matches(row.position, row.key)));
    const segments = Math.max(1, Math.ceil(rows.length / pageSize));
    const segment = query.segment_number;
    if (segment < 1 || segment > segments) {
      return {
        completion: COMPLETION.TRANSACTION_ABORTED,
        status: statuses.badSegment,
        outcome: 'refused',
        code: 'bad-segment',
        problem: `segment ${segment}; there are 1 to ${segments}`,
        segment,
      };
    }
    const used = rows.slice((segment - 1) * pageSize, segment * pageSize);
    return segmentAnswer(used, segment, segment === segments, call);
  },
};

const ITEMS_MAX = 500; // Appendix A: answer_position_item[500].

function segmentAnswer(
  rows: readonly Row[],
  segment: number,
  isLast: boolean,
  { gateway }: CallContext,
): TransactionAnswer {
  const { settings } = gateway;
  const stampOf = stamps();
  return {
    completion: COMPLETION.NORMAL,
    status: rows.length === 0 ? settings.statuses.nothingFound : settings.statuses.done,
    outcome: 'ok',
    rows: rows.length,
    segment,
    message: answerPosition.encode({
      type: 'CA3',
      // ASSUMED: one partition, from all zero to all ones (oapi-facts.md section 3, MEM).
      partition_low: ANY_SERIES,
      partition_high: LAST_SERIES,
      segment_number: isLast ? 0 : segment,
      items: rows.length,
      item: rows.map((row) => toItem(row, settings.countryId, stampOf(row.position.modifiedAt))),
    }),
  };
}

function toItem({ position, key }: Row, countryId: string, stamp: Stamp): AnswerPositionItem {
  return {
    series: key,
    modified_date: stamp.date,
    modified_time: stamp.time,
    reserved_prop: 0,
    nbr_held: BigInt(position.held),
    nbr_written: BigInt(position.written),
    deny_exercise: BigInt(position.denied),
    account: { country_id: countryId, ex_customer: position.participant, account_id: position.account },
    quantity_cover: position.covered,
    qty_closed_out: BigInt(position.closedOut),
  };
}

interface Stamp {
  readonly date: string;
  readonly time: string;
}

// Many positions share an instant, the start of the day above all: the calendar is half the cost of an answer.
function stamps(): (instant: Instant) => Stamp {
  const known = new Map<Instant, Stamp>();
  return (instant) => {
    const stamp = known.get(instant) ?? { date: toCompactDate(calendarDateOf(instant)), time: toCompactTime(instant) };
    known.set(instant, stamp);
    return stamp;
  };
}

function rowsOf(positions: readonly Position[], { gateway }: CallContext): readonly Row[] {
  return positions.map((position) => {
    const series = gateway.core.series(position.series);
    if (!series) throw new Error(`the position in ${position.series} names a series that does not exist`);
    return { position, key: seriesFields(series.key) };
  });
}

// By series key, then account: the same rows come in the same order whichever segment is asked for.
function sorted(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted((a, b) => compareKeys(a.key, b.key) || compareTexts(a.position.account, b.position.account));
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

const KEY_ORDER = Object.keys(ANY_SERIES) as readonly (keyof SeriesFields)[];

function compareKeys(a: SeriesFields, b: SeriesFields): number {
  for (const field of KEY_ORDER) if (a[field] !== b[field]) return a[field] - b[field];
  return 0;
}
