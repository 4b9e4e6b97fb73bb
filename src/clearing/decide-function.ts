import type { Instant } from '../time/instant.ts';
import type { CommandName } from './commands/command.ts';
import { sessionNotOpen } from './decide-login.ts';
import type { Phase } from './phase.ts';
import { accepted, rejected, type Outcome, type SessionId, type SessionRejection } from './rejection.ts';
import type { UserSession } from './session.ts';
import type { ClearingState } from './state.ts';
import type { UserKind } from './user.ts';

export type FunctionKind = 'enquiry' | 'post-trade';

export interface FunctionRequest {
  readonly session: SessionId;
  /** For people and the journal: `Give-up`, `CD35`. */
  readonly functionName: string;
  readonly kind: FunctionKind;
  /** The command by which the user's access profile names it; without one, the profile is not asked. */
  readonly command?: CommandName;
  /** The phases that allow it; default: any open one for an enquiry, normal for post-trade. */
  readonly phases?: readonly Phase[];
  /** The kinds of user who have it; default all. */
  readonly userKinds?: readonly UserKind[];
}

/**
 * Whether a session may use a function now. In enquiry-only mode no post-trade function is
 * available: rollout package 3.2, "Only enquiry functions will be available", sureness A.
 */
export function decideFunction(
  state: ClearingState,
  request: FunctionRequest,
  now: Instant,
): Outcome<UserSession, SessionRejection> {
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
  const phases = request.phases ?? (request.kind === 'post-trade' ? ['normal'] : ['enquiry-only', 'normal']);
  if (!phases.includes(state.phase)) {
    return rejected({ code: 'function-not-available', functionName: request.functionName, phase: state.phase });
  }
  const user = state.users.get(session.user);
  if (user && request.userKinds && !request.userKinds.includes(user.kind)) {
    return rejected({
      code: 'function-not-for-user',
      functionName: request.functionName,
      user: user.id,
      kind: user.kind,
      allowed: request.userKinds,
    });
  }
  if (user?.functions && request.command && !user.functions.includes(request.command)) {
    return rejected({ code: 'function-not-in-profile', functionName: request.functionName, user: user.id });
  }
  return accepted(session);
}
