import type { Instant } from '../time/instant.ts';
import type { AccountId, PositionKeeping } from './account.ts';
import type { Side } from './deal.ts';
import type { CustomerCode } from './participant.ts';
import type { SeriesName } from './series.ts';

/** What an account holds in a series. Quantities are contracts, never negative. */
export interface Position {
  readonly participant: CustomerCode;
  readonly account: AccountId;
  readonly series: SeriesName;
  /** Long. */
  readonly held: number;
  /** Short. */
  readonly written: number;
  readonly modifiedAt: Instant;
}

/** The quantities after a trade. A net account keeps one side only; a gross account keeps both. */
export function bookTrade(
  position: Pick<Position, 'held' | 'written'>,
  side: Side,
  quantity: number,
  keeping: PositionKeeping,
): { readonly held: number; readonly written: number } {
  const held = position.held + (side === 'buy' ? quantity : 0);
  const written = position.written + (side === 'sell' ? quantity : 0);
  if (keeping === 'gross') return { held, written };
  const offset = Math.min(held, written);
  return { held: held - offset, written: written - offset };
}
