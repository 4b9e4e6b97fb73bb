import { DEFAULT_PASSWORD_RULES, type PasswordRules } from '../clearing/password-rules.ts';
import type { UserKind } from '../clearing/user.ts';

/** What a user may change about DCASS Online. Business time where it imitates DCASS, transport time where it guards a socket. */
export interface OnlineSettings {
  /** Business milliseconds without a request after which a session ends; undefined: never. */
  readonly idleMs: number | undefined;
  /** Business milliseconds before the end of a session from which its users are warned; 0: not at all. */
  readonly logoutWarningMs: number;
  /** Whether a second user of the participant confirms what one asks for. */
  readonly secondUser: boolean;
  /** Refused logins that one address may have in a minute. */
  readonly refusedLoginsMax: number;
  /** Sessions that a user may have at the same time, over all gateways. */
  readonly userSessions: number;
  /** What one more meets: the new login is refused, or the oldest session ends. */
  readonly secondLogin: 'refused' | 'takes-over';
  /** Sessions that one gateway takes. */
  readonly sessionsMax: number;
  /** The rules that the password page puts in words: those of the clearing world. */
  readonly passwordRules: Readonly<Record<UserKind, PasswordRules>>;
  /** The name of the enquiry-only session, for people. */
  readonly enquirySessionName: string;
  /** Bytes of a request's body. */
  readonly bodyBytesMax: number;
  /** Transport milliseconds for the TLS handshake. */
  readonly handshakeTimeoutMs: number;
  /** Transport milliseconds for a request's head, and for all of a request: slow writers are cut. */
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
  /** How often the two are looked at. */
  readonly timeoutCheckMs: number;
  /** Transport milliseconds for which an idle connection is kept for its next request. */
  readonly keepAliveMs: number;
}

export const DEFAULT_ONLINE_SETTINGS: OnlineSettings = {
  // ASSUMED: never. DCASS Online's session time-out is not public (dcass-facts.md section 2, X), and with one
  // a jump of the clock would log everybody out; `world.gateways.online.idle` sets it.
  idleMs: undefined,
  // ASSUMED: 10 minutes; `world.gateways.online.logoutWarning` sets it.
  logoutWarningMs: 600_000,
  // ASSUMED: the user alone. A user of Clearing Workstation 2 may need a second one (D); `secondUser` sets it.
  secondUser: false,
  // ASSUMED: 600. Whether DCASS Online slows password guessing down is not public (X).
  refusedLoginsMax: 600,
  // ASSUMED: any number. Whether DCASS Online has a rule of one session is not public (X); `userSessions` sets it, and
  // `secondLogin` what happens then.
  userSessions: Infinity,
  secondLogin: 'refused',
  // ASSUMED: 1000. How many sessions a gateway takes is not public (X).
  sessionsMax: 1_000,
  passwordRules: DEFAULT_PASSWORD_RULES,
  // Rollout package, section 3 (A).
  enquirySessionName: 'Post-Release Verification Session',
  bodyBytesMax: 16 * 1024,
  // Long enough for a gateway that a hundred users ask for ten thousand rows each.
  handshakeTimeoutMs: 30_000,
  headersTimeoutMs: 30_000,
  requestTimeoutMs: 60_000,
  timeoutCheckMs: 2_000,
  keepAliveMs: 60_000,
};
