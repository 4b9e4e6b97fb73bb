import { isSessionRejection, type Rejection, type SessionRejection } from '../clearing/rejection.ts';
import { toClockText, calendarDateOf } from '../time/instant.ts';
import type { BrowserSession } from './browser-sessions.ts';
import type { OnlineContext } from './context.ts';
import type { Texts } from './language/english.ts';
import { toPostTradeRefusal } from './post-trade-refusal.ts';
import type { OnlineSettings } from './settings.ts';
import { sessionAt, sessionName } from './texts.ts';

/** A refusal in the words of the page, with its HTTP status. */
export interface Refusal {
  readonly status: number;
  readonly title: string;
  readonly text: string;
}

/** Says a refusal to the person at the browser. */
export function toRefusal(rejection: Rejection, settings: OnlineSettings, texts: Texts): Refusal {
  if (!isSessionRejection(rejection)) return toPostTradeRefusal(rejection, texts);
  const status = STATUSES[rejection.code];
  return rejection.code === 'session-not-open'
    ? { status, title: texts.entrance.notOpen, text: notOpenText(rejection, settings, texts) }
    : { status, ...texts.sessionRefusal(rejection) };
}

/** design.md 5.5. */
const STATUSES: Readonly<Record<SessionRejection['code'], number>> = {
  'session-not-open': 403,
  'unknown-user': 401,
  'wrong-user-kind': 401,
  'wrong-password': 401,
  'user-locked': 423,
  'user-suspended': 423,
  'address-not-authorised': 403,
  'user-already-logged-in': 409,
  'too-many-sessions-of-user': 409,
  'session-at-another-gateway': 409,
  'gateway-full': 503,
  'not-logged-in': 401,
  'password-change-required': 403,
  'new-password-length': 422,
  'new-password-character': 422,
  'new-password-composition': 422,
  'new-password-used-before': 422,
  'not-an-administrator': 403,
  'user-of-another-participant': 404,
  'administrator-may-not-reset': 403,
  'unknown-session': 404,
  'own-session': 409,
  'function-not-available': 403,
  'function-not-simulated': 501,
  'function-not-for-user': 403,
  'function-not-in-profile': 403,
  'no-access-profile': 403,
};

/** When DCASS is open: for a login outside its hours, and for the login page before one. */
export function notOpenText(
  { session, when }: Pick<Extract<Rejection, { code: 'session-not-open' }>, 'session' | 'when'>,
  settings: OnlineSettings,
  texts: Texts,
): string {
  if (!session || when === 'never') return texts.entrance.noSessionPlanned;
  const name = sessionName(session, settings, texts);
  const { notOpenYet, notOpenAnyMore } = texts.entrance;
  return (when === 'before' ? notOpenYet : notOpenAnyMore)(name, session.opensAt, session.closesAt);
}

/** Why a browser finds itself logged out. */
export function endedText(
  { core, settings }: OnlineContext,
  { end, since }: BrowserSession,
  texts: Texts,
): string | undefined {
  if (!end) return undefined;
  const { reason, at } = end;
  const isToday = calendarDateOf(at) === calendarDateOf(core.now());
  const session = sessionName(sessionAt(core.plannedSessions(), since), settings, texts);
  return texts.entrance.ended(reason, isToday ? toClockText(at) : texts.dates.time(at), session);
}
