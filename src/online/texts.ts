import type { PlannedSession } from '../clearing/phase.ts';
import type { UserKind, UserState } from '../clearing/user.ts';
import {
  calendarDateOf,
  dayNumberOf,
  toClockText,
  toHktParts,
  type CalendarDate,
  type Instant,
} from '../time/instant.ts';
import type { OnlineSettings } from './settings.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** `5 May 2019 (Sunday)`, as the rollout package writes a day. */
export function toDateText(date: CalendarDate): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const weekday = WEEKDAYS[(((dayNumberOf(date) + 4) % 7) + 7) % 7];
  return `${day} ${MONTHS[month - 1]} ${year} (${weekday})`;
}

/** `2019-05-05 09:00:00`: Hong Kong Time in a table. */
export function toTimeText(instant: Instant): string {
  return `${calendarDateOf(instant)} ${toSecondsText(instant)}`;
}

/** `09:00:00`, always with the seconds. */
export function toSecondsText(instant: Instant): string {
  const parts = toHktParts(instant);
  return [parts.hour, parts.minute, parts.second].map((part) => String(part).padStart(2, '0')).join(':');
}

export function sessionName(session: PlannedSession | undefined, settings: OnlineSettings): string {
  return session?.mode === 'enquiry-only' ? settings.enquirySessionName : 'DCASS session';
}

/** `from 09:00 to 12:00 on 5 May 2019 (Sunday)`; the closing day is named where it is another one. */
export function sessionHours(session: PlannedSession): string {
  const opens = calendarDateOf(session.opensAt);
  const closes = session.closesAt;
  if (closes === undefined) return `from ${toClockText(session.opensAt)} on ${toDateText(opens)}`;
  return calendarDateOf(closes) === opens
    ? `from ${toClockText(session.opensAt)} to ${toClockText(closes)} on ${toDateText(opens)}`
    : `from ${toClockText(session.opensAt)} on ${toDateText(opens)} to ${toClockText(closes)} on ${toDateText(calendarDateOf(closes))}`;
}

/** The session that contains `at`. */
export function sessionAt(planned: readonly PlannedSession[], at: Instant): PlannedSession | undefined {
  return planned.find((session) => session.opensAt <= at && (session.closesAt === undefined || at < session.closesAt));
}

// dcass-facts.md 1.1 (SEED, A): the three types' own names.
export const USER_KIND_TEXT: Readonly<Record<UserKind, string>> = {
  online: 'DCASS Online User',
  administrator: 'DCASS Administrator',
  oapi: 'DCASS OAPI User',
};

export const USER_STATE_TEXT: Readonly<Record<UserState, string>> = {
  active: 'Active',
  expiring: 'Password expires soon',
  expired: 'Password expired',
  'change-required': 'Must change password',
  locked: 'Locked',
  suspended: 'Suspended',
};
