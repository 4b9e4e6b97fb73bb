import type { Instant } from '../time/instant.ts';
import type { AccountId, PositionKeeping } from './account.ts';
import type { OpenClose, Side } from './deal.ts';
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
  /** Pairs of a held and a written contract that net-down took away on this business date. */
  readonly closedOut: number;
  /** Held contracts exercised, and written ones assigned, on this business date (OCP5, A). */
  readonly exercised: number;
  readonly assigned: number;
  /** Held contracts that automatic exercise leaves alone. */
  readonly denied: number;
  /** Written contracts that are covered by the underlying (C). */
  readonly covered: number;
  readonly modifiedAt: Instant;
}

/** The quantities that trades move. */
export interface Holding {
  readonly held: number;
  readonly written: number;
}

/**
 * The quantities after a trade. A net account keeps one side only. A gross account keeps both: there a trade opens
 * its own side, or closes the other one as far as there is any and opens with the rest. Whatever the keeping, held
 * less written moves by the same.
 */
export function bookTrade(
  before: Holding,
  side: Side,
  quantity: number,
  keeping: PositionKeeping,
  openClose: OpenClose = 'default',
): Holding {
  const { held, written } = before;
  if (keeping === 'net') {
    const exposure = held - written + (side === 'buy' ? quantity : -quantity);
    return { held: Math.max(exposure, 0), written: Math.max(-exposure, 0) };
  }
  if (side === 'buy') {
    const closed = openClose === 'close' ? Math.min(quantity, written) : 0;
    return { held: held + quantity - closed, written: written - closed };
  }
  const closed = openClose === 'close' ? Math.min(quantity, held) : 0;
  return { held: held - closed, written: written + quantity - closed };
}

/** What takes back the effect of a trade in a gross account: an opened contract is closed, a closed one opened. */
export function reverseEffect(openClose: OpenClose): OpenClose {
  return openClose === 'close' ? 'open' : 'close';
}

/** An empty position. */
export function noPosition(of: Pick<Position, 'participant' | 'account' | 'series'>, at: Instant): Position {
  const { participant, account, series } = of;
  const zero = { held: 0, written: 0, closedOut: 0, exercised: 0, assigned: 0, denied: 0, covered: 0 };
  return { participant, account, series, ...zero, modifiedAt: at };
}
