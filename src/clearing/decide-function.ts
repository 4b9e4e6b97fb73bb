import type { Instant } from '../time/instant.ts';
import { sessionNotOpen } from './decide-login.ts';
import { accepted, rejected, type Outcome, type SessionId } from './rejection.ts';
import type { UserSession } from './session.ts';
import type { ClearingState } from './state.ts';

export type FunctionKind = 'enquiry' | 'post-trade';

export interface FunctionRequest {
  readonly session: SessionId;
  /** For people and the journal: `Give-up`, `CD35`. */
  readonly functionName: string;
  readonly kind: FunctionKind;
}

/**
 * Whether a session may use a function now. In enquiry-only mode no post-trade function is
 * available: rollout package 3.2, "Only enquiry functions will be available", sureness A.
 */
export function decideFunction(state: ClearingState, request: FunctionRequest, now: Instant): Outcome<UserSession> {
  const session = state.sessions.get(request.session);
  if (!session) return rejected({ code: 'not-logged-in' });
  if (session.restricted) {
    const user = state.users.get(session.user);
    return rejected({
      code: 'password-change-required',
      user: session.user,
      reason: session.restricted,
      expiredAt: user?.passwordExpiresAt,
    });
  }
  if (state.phase === 'closed') return rejected(sessionNotOpen(state, now));
  if (request.kind === 'post-trade' && state.phase === 'enquiry-only') {
    return rejected({ code: 'function-not-available', functionName: request.functionName, phase: state.phase });
  }
  return accepted(session);
}
