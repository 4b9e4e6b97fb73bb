import { INT } from '../dictionary/shape.ts';
import type { CallContext } from '../gateway-context.ts';
import { found } from './answers.ts';
import { segmentOf, type Segment } from './segments.ts';
import { SERIES, type SeriesFields } from './shapes.ts';
import type { TransactionAnswer } from './transaction.ts';

/** What every query of the DQ family asks: oapi-facts.md Appendix A, C. */
export const SERIES_QUERY = { series: SERIES, segment_number: INT } as const;

/**
 * Whether the row with these fields of a series key is asked for. ASSUMED: `series` filters by the fields that tell such
 * rows apart, 0 is any; its other fields are not looked at.
 */
export function isAskedFor(wanted: SeriesFields, row: Partial<SeriesFields>): boolean {
  return (Object.keys(row) as readonly (keyof SeriesFields)[]).every(
    (name) => wanted[name] === 0 || wanted[name] === row[name],
  );
}

/** One segment of the rows. @param capacity items that the answer's layout holds */
export function answerSegment<T>(
  rows: readonly T[],
  number: number,
  capacity: number,
  call: CallContext,
  encode: (segment: Segment<T>) => Buffer,
): TransactionAnswer {
  const segment = segmentOf(rows, number, capacity, call);
  if ('completion' in segment) return segment;
  return found(encode(segment), segment.rows.length, call, { segment: segment.number });
}
