import type { UserId } from '../clearing/user.ts';
import type { GatewayContext } from './gateway-context.ts';

/** What a user may send and receive: oapi-facts.md section 2, one table for -17, the subscriptions and DQ30 (C). */
export interface Authorisation {
  /** The name of its user type. */
  readonly userType: string;
  /** Whether it may send this transaction or query: `CQ3`. */
  mayCall(type: string): boolean;
  /** Whether it may receive this broadcast: `BD6`. */
  mayReceive(type: string): boolean;
}

/** ASSUMED: a user has one type, the first that names it; who has none may do all that is simulated. */
export function authorisationOf(user: UserId, { settings }: Pick<GatewayContext, 'settings'>): Authorisation {
  const own = settings.userTypes.find(({ users }) => users.includes(user));
  if (!own) return { userType: settings.defaultUserType, mayCall: () => true, mayReceive: () => true };
  const may =
    (allowed: 'all' | readonly string[]) =>
    (type: string): boolean =>
      (allowed === 'all' || allowed.includes(type)) && !own.except.includes(type);
  return { userType: own.name, mayCall: may(own.transactions), mayReceive: may(own.broadcasts) };
}
