import type { PlannedSession } from '../clearing/phase.ts';
import { calendarDateOf, toHktParts, type Instant } from '../time/instant.ts';
import type { Texts } from './language/english.ts';
import type { OnlineSettings } from './settings.ts';

// What every language writes alike, and which words to take.

/** `2019-05-05 09:00:00`: Hong Kong Time in a table. */
export function toTimeText(instant: Instant): string {
  return `${calendarDateOf(instant)} ${toSecondsText(instant)}`;
}

/** `09:00:00`, always with the seconds. */
export function toSecondsText(instant: Instant): string {
  const parts = toHktParts(instant);
  return [parts.hour, parts.minute, parts.second].map((part) => String(part).padStart(2, '0')).join(':');
}

export function sessionName(session: PlannedSession | undefined, settings: OnlineSettings, texts: Texts): string {
  return session?.mode === 'enquiry-only' ? settings.enquirySessionName : texts.entrance.dcassSession;
}

/** The session that contains `at`. */
export function sessionAt(planned: readonly PlannedSession[], at: Instant): PlannedSession | undefined {
  return planned.find((session) => session.opensAt <= at && (session.closesAt === undefined || at < session.closesAt));
}
