import { COMMAND_NAMES } from './commands/catalogue.ts';
import type { CommandName } from './commands/command.ts';
import { ownUser } from './decide-password.ts';
import type { ClearingEvent } from './event.ts';
import { accepted, rejected, type Outcome, type SessionId, type SessionRejection } from './rejection.ts';
import type { ClearingState } from './state.ts';
import type { User } from './user.ts';

export interface AccessRequest {
  /** The administrator's session. */
  readonly session: SessionId;
  readonly user: string;
}

export interface AccessChange extends AccessRequest {
  /** The post-trade functions that the user has from now on. */
  readonly functions: readonly CommandName[];
}

/** The user whose access profile this administrator's session may see and change. */
export function profiledUser(
  state: ClearingState,
  { session, user: id }: AccessRequest,
): Outcome<User, SessionRejection> {
  const user = ownUser(state, session, id);
  if (!user.ok) return user;
  if (user.value.kind === 'administrator') return rejected({ code: 'no-access-profile', user: user.value.id });
  return user;
}

/**
 * ASSUMED: what an access profile of DCASS holds is not public; ours are the post-trade functions. It is changed in
 * enquiry-only mode too, since administration is no post-trade function, and holds for the user's next request (X).
 */
export function decideAccessChange(
  state: ClearingState,
  change: AccessChange,
): Outcome<{ readonly user: User; readonly events: readonly ClearingEvent[] }, SessionRejection> {
  const found = profiledUser(state, change);
  if (!found.ok) return found;
  const user = found.value;
  const functions = toProfile(change.functions);
  const isSame = String(functions) === String(toProfile(user.functions));
  return accepted({ user, events: isSame ? [] : [{ type: 'user-functions-changed', user: user.id, functions }] });
}

/** In the order of the catalogue; undefined is all of them. */
export function toProfile(functions: readonly CommandName[] = COMMAND_NAMES): readonly CommandName[] | undefined {
  const own = COMMAND_NAMES.filter((name) => functions.includes(name));
  return own.length === COMMAND_NAMES.length ? undefined : own;
}
