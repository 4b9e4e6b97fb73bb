import type { Instant } from '../time/instant.ts';
import { administratorOf } from './decide-password.ts';
import type { ClearingEvent } from './event.ts';
import { accepted, rejected, type Outcome, type SessionId, type SessionRejection } from './rejection.ts';
import type { UserSession } from './session.ts';
import type { ClearingState } from './state.ts';

export interface ForcedLogout {
  /** The administrator's session. */
  readonly session: SessionId;
  /** The session to log out, as the administrator names it. */
  readonly target: string;
}

/** The open sessions of the administrator's own participant, oldest first. */
export function ownSessions(state: ClearingState, id: SessionId): Outcome<readonly UserSession[], SessionRejection> {
  const administrator = administratorOf(state, id);
  if (!administrator.ok) return administrator;
  const { participant } = administrator.value;
  return accepted(
    [...state.sessions.values()].filter(({ user }) => state.users.get(user)?.participant === participant),
  );
}

/**
 * An Administrator logs a session of the own participant out. ASSUMED: any but the one at hand, also another
 * Administrator's and in enquiry-only mode, since administration is no post-trade function (X).
 */
export function decideForcedLogout(
  state: ClearingState,
  { session: id, target }: ForcedLogout,
  now: Instant,
): Outcome<{ readonly ended: UserSession; readonly events: readonly ClearingEvent[] }, SessionRejection> {
  const own = ownSessions(state, id);
  if (!own.ok) return own;
  if (target === id) return rejected({ code: 'own-session', session: id });
  // The same answer for a session of another participant: nobody learns who is logged in there.
  const session = own.value.find((each) => each.id === target);
  if (!session) return rejected({ code: 'unknown-session', session: target });
  return accepted({
    ended: session,
    events: [{ type: 'session-ended', session, reason: 'forced-by-administrator', at: now }],
  });
}
