import { isSessionRejection, type Rejection } from '../clearing/rejection.ts';
import { toClockText, calendarDateOf } from '../time/instant.ts';
import type { BrowserSession } from './browser-sessions.ts';
import type { OnlinePort } from './port.ts';
import { toPostTradeRefusal } from './post-trade-refusal.ts';
import type { OnlineSettings } from './settings.ts';
import { sessionAt, sessionHours, sessionName, toDateText } from './texts.ts';

/** A refusal in the words of the page, with its HTTP status. */
export interface Refusal {
  readonly status: number;
  readonly title: string;
  readonly text: string;
}

/** Says a refusal to the person at the browser. Which statuses: design.md 5.5. */
export function toRefusal(rejection: Rejection, settings: OnlineSettings): Refusal {
  if (!isSessionRejection(rejection)) return toPostTradeRefusal(rejection);
  switch (rejection.code) {
    case 'session-not-open':
      return { status: 403, title: 'DCASS Online is not open', text: notOpenText(rejection, settings) };
    // One answer for all three: the page must not tell which user names exist.
    case 'unknown-user':
    case 'wrong-user-kind':
    case 'wrong-password':
      return { status: 401, title: 'Login refused', text: 'The user name or the password is wrong.' };
    case 'user-locked':
      return {
        status: 423,
        title: 'User locked',
        text: 'This user is locked after too many wrong passwords. Ask your DCASS Administrator to unlock it or to reset the password.',
      };
    case 'user-suspended':
      return {
        status: 423,
        title: 'User suspended',
        text: 'This user is suspended. Ask your DCASS Administrator or HKEX.',
      };
    case 'address-not-authorised':
      return {
        status: 403,
        title: 'Address not authorised',
        text: `The address ${rejection.address} is outside your participant's authorised range (${rejection.authorised.join(', ') || 'none'}). Log on from an authorised workstation.`,
      };
    case 'user-already-logged-in':
      return {
        status: 409,
        title: 'Already logged in',
        text: `This user is already logged in at ${rejection.gateway}.`,
      };
    case 'too-many-sessions-of-user':
      return {
        status: 409,
        title: 'Too many sessions',
        text: `This user has ${rejection.sessionsMax} sessions already. Log out of one first.`,
      };
    case 'session-at-another-gateway':
      return {
        status: 409,
        title: 'Logged in elsewhere',
        text: `This user is logged in at ${rejection.gateway}. Log out there first.`,
      };
    case 'gateway-full':
      return {
        status: 503,
        title: 'Gateway full',
        text: `This gateway takes no more than ${rejection.sessionsMax} sessions. Use another gateway.`,
      };
    case 'not-logged-in':
      return { status: 401, title: 'Not logged in', text: 'You are not logged in.' };
    case 'password-change-required':
      return {
        status: 403,
        title: 'Change your password',
        text: 'Your password must be changed before you can use DCASS Online.',
      };
    case 'new-password-length':
      return {
        status: 422,
        title: 'New password refused',
        text: `The new password has ${rejection.length} characters; it must have ${rejection.lengthMin} to ${rejection.lengthMax}.`,
      };
    case 'new-password-character':
      return {
        status: 422,
        title: 'New password refused',
        text: `Character ${rejection.position} of the new password is not accepted. Use letters, digits and ${[...rejection.accepted].join(' ')}`,
      };
    case 'new-password-composition':
      return {
        status: 422,
        title: 'New password refused',
        text: `The new password has no ${rejection.missing.map((kind) => (kind === 'special' ? 'special character' : kind)).join(' and no ')}; it needs at least one of each.`,
      };
    case 'new-password-used-before':
      return {
        status: 422,
        title: 'New password refused',
        text: `The new password was used before. None of your last ${Math.max(1, rejection.remembered)} passwords may come back.`,
      };
    case 'not-an-administrator':
      return {
        status: 403,
        title: 'Administrator only',
        text: 'Only the DCASS Administrator of your participant may use this page.',
      };
    case 'user-of-another-participant':
      // The same as for a user that does not exist: an administrator must not learn other firms' user names.
      return { status: 404, title: 'No such user', text: 'Your participant has no such user.' };
    case 'administrator-may-not-reset':
      return {
        status: 403,
        title: 'Not by an Administrator',
        text: "An Administrator's own password is reset by HKEX, not by another Administrator.",
      };
    case 'unknown-session':
      return {
        status: 404,
        title: 'No such session',
        text: 'Your participant has no such session. It may have ended already.',
      };
    case 'own-session':
      return {
        status: 409,
        title: 'Your own session',
        text: 'This is the session that you work in. Log out by the button at the top of the page.',
      };
    case 'function-not-available':
      return {
        status: 403,
        title: 'Function not available',
        text: `${rejection.functionName} is not available. Only enquiry functions are available in this session; no post-trade activity is allowed.`,
      };
    case 'function-not-simulated':
      return {
        status: 501,
        title: 'Not simulated yet',
        text: `${rejection.functionName} is not simulated yet. Nothing was changed.`,
      };
    case 'function-not-for-user':
      return {
        status: 403,
        title: 'Function not available',
        text: `${rejection.functionName} is not for your kind of user. Ask a DCASS Online user of your participant.`,
      };
    case 'function-not-in-profile':
      return {
        status: 403,
        title: 'Function not available',
        text: `${rejection.functionName} is not in your access profile. Ask the DCASS Administrator of your participant.`,
      };
    case 'no-access-profile':
      return {
        status: 403,
        title: 'No access profile',
        text: 'An Administrator has no post-trade functions, and so no access profile.',
      };
  }
}

/** When DCASS is open: for a login outside its hours, and for the login page before one. */
export function notOpenText(
  rejection: Extract<Rejection, { code: 'session-not-open' }>,
  settings: OnlineSettings,
): string {
  const { session, when } = rejection;
  if (!session || when === 'never') return 'DCASS Online is not open, and no session is planned.';
  const name = sessionName(session, settings);
  return when === 'before'
    ? `The session is not open yet. The ${name} is ${sessionHours(session)}, Hong Kong Time.`
    : `The session is not open any more. The ${name} was ${sessionHours(session)}, Hong Kong Time.`;
}

/** Why a browser finds itself logged out. */
export function endedText(browser: BrowserSession, core: OnlinePort, settings: OnlineSettings): string | undefined {
  if (!browser.end) return undefined;
  const { reason, at } = browser.end;
  const when =
    calendarDateOf(at) === calendarDateOf(core.now())
      ? toClockText(at)
      : `${toClockText(at)} on ${toDateText(calendarDateOf(at))}`;
  switch (reason) {
    case 'logged-out':
      return 'You have logged out.';
    case 'session-closed':
      // Rollout package 3.2 (A): "12:00 noon, End of Post-Release Verification Session, Logout from DCASS".
      return `The ${sessionName(sessionAt(core.plannedSessions(), browser.since), settings)} ended at ${when}. You have been logged out.`;
    case 'idle':
      return `You have been logged out at ${when} because nothing was done for a while. Log in again.`;
    case 'taken-over':
      return `You have been logged out at ${when}: the same user logged in elsewhere.`;
    case 'connection-lost':
      return `The connection to DCASS was lost at ${when}. Log in again.`;
    case 'gateway-stopped':
      return `This gateway was stopped at ${when}. You have been logged out.`;
    case 'user-locked':
      return `Your user was locked at ${when}. You have been logged out. Ask your DCASS Administrator to unlock it.`;
    case 'user-suspended':
      return `Your user was suspended at ${when}. You have been logged out.`;
    case 'password-reset':
      return `Your password was reset at ${when}. You have been logged out. Log in with the temporary password.`;
    case 'forced-by-administrator':
      return `You have been logged out at ${when} by a DCASS Administrator of your participant.`;
  }
}
