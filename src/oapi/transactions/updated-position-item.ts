import type { Position } from '../../clearing/position.ts';
import { INT, TEXT } from '../dictionary/shape.ts';
import { ACCOUNT, SERIES, type SeriesFields } from './shapes.ts';
import type { Stamp } from './stamp.ts';

/** A position that changed, as CA40 lists and BD40 tells it: oapi-facts.md Appendix A, C. Held and written are asked by CQ3. */
export const UPDATED_POSITION = {
  series: SERIES,
  account: ACCOUNT,
  deny_exercise: INT,
  qty_closed_out: INT,
  quantity_cover: INT,
  modified_date: TEXT,
  modified_time: TEXT,
} as const;

export function updatedPosition(
  position: Position,
  of: { readonly key: SeriesFields; readonly countryId: string; readonly modified: Stamp },
) {
  return {
    series: of.key,
    account: { country_id: of.countryId, ex_customer: position.participant, account_id: position.account },
    deny_exercise: position.denied,
    qty_closed_out: position.closedOut,
    quantity_cover: position.covered,
    modified_date: of.modified.date,
    modified_time: of.modified.time,
  };
}
