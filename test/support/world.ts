import { ClearingCore } from '../../src/clearing/core.ts';
import type { AccountId } from '../../src/clearing/account.ts';
import type { ClearingEvent } from '../../src/clearing/event.ts';
import type { CustomerCode } from '../../src/clearing/participant.ts';
import { DEFAULT_PASSWORD_RULES } from '../../src/clearing/password-rules.ts';
import { Secret } from '../../src/clearing/secret.ts';
import { DEFAULT_CLEARING_SETTINGS } from '../../src/clearing/settings.ts';
import { parseSeriesName, type Series } from '../../src/clearing/series.ts';
import { parseUserId, type UserId, type UserState } from '../../src/clearing/user.ts';
import type {
  DealDefinition,
  ParticipantDefinition,
  UserDefinition,
  WorldDefinition,
} from '../../src/clearing/world.ts';
import { businessCalendar } from '../../src/time/calendar.ts';
import { parseWallTime } from '../../src/time/duration.ts';
import type { BusinessDate, CalendarDate, Instant } from '../../src/time/instant.ts';

export const DAY = '2019-05-05' as CalendarDate;
export const calendar = businessCalendar();

/** Hong Kong wall time on Sunday 5 May 2019. */
export function at(time: string): Instant {
  const instant = parseWallTime(time, DAY);
  if (instant === undefined) throw new Error(`no time: ${time}`);
  return instant;
}

export function series(name: string): Series {
  const parsed = parseSeriesName(name, DAY, calendar);
  if ('problem' in parsed) throw new Error(`no series: ${name}`);
  return parsed;
}

/** The password of every user in these worlds, long enough for an Administrator. */
export const PASSWORD = 'Correct-Horse-99!';

export function user(id: string, state: UserState = 'active'): UserDefinition {
  const parts = parseUserId(id);
  if (!parts) throw new Error(`no user id: ${id}`);
  return { id: id as UserId, kind: parts.kind, password: new Secret(PASSWORD), state };
}

export function participant(code: string, options: Partial<ParticipantDefinition> = {}): ParticipantDefinition {
  return {
    code: code as CustomerCode,
    name: `${code} Clearing Limited`,
    clearingHouses: ['HKCC', 'SEOCH'],
    authorisedRanges: undefined,
    accounts: [
      { id: 'HOUSE' as AccountId, type: 'house' },
      { id: 'OMNI1' as AccountId, type: 'omnibus-client' },
    ],
    users: [
      user(`BU_${code}101`),
      user(`BU_${code}102`),
      user(`BU_${code}201`),
      user(`BO_${code}801`),
      user(`BO_${code}901`),
    ],
    ...options,
  };
}

export function deal(options: Partial<DealDefinition> & { buyer?: never; seller?: never } = {}): DealDefinition {
  return {
    series: series('HSIK9').name,
    quantity: 10,
    price: 29_500,
    buyer: side('CABC', 'HOUSE'),
    seller: side('CXYZ', 'HOUSE'),
    matchedAt: at('09:00'),
    clearingDate: '2019-05-06' as BusinessDate,
    ...options,
  };
}

export function side(code: string, account: string): DealDefinition['buyer'] {
  return { participant: code as CustomerCode, account: account as AccountId, customerInfo: '' };
}

export function world(options: Partial<WorldDefinition> = {}): WorldDefinition {
  return {
    startsAt: at('06:30'),
    businessDate: '2019-05-06' as BusinessDate,
    passwords: DEFAULT_PASSWORD_RULES,
    participants: [participant('CABC'), participant('CXYZ')],
    series: [series('HSIK9'), series('HSI28000E9'), series('HKB65.00E9')],
    deals: [],
    positions: [],
    giveUps: [],
    prices: [],
    settings: DEFAULT_CLEARING_SETTINGS,
    sessions: [{ mode: 'enquiry-only', opensAt: at('09:00'), closesAt: at('12:00') }],
    ...options,
  };
}

/** A core with a clock that a test sets, open for enquiry at 09:00 unless told otherwise. */
export function coreAt(
  time: string,
  options: { world?: Partial<WorldDefinition>; phase?: 'closed' | 'enquiry-only' | 'normal' } = {},
) {
  const clock = { now: at(time) };
  const core = new ClearingCore(world(options.world), () => clock.now);
  core.setPhase(options.phase ?? 'enquiry-only');
  const events: ClearingEvent[] = [];
  core.onEvent((event) => events.push(event));
  return { core, clock, events };
}

export function loginRequest(
  id: string,
  options: Partial<Parameters<ClearingCore['login']>[0]> = {},
): Parameters<ClearingCore['login']>[0] {
  return {
    user: id,
    password: new Secret(PASSWORD),
    window: id.startsWith('BO_') ? 'oapi' : 'online',
    gateway: id.startsWith('BO_') ? 'oapi-1' : 'online-1',
    address: '127.0.0.1',
    forced: false,
    sessionsMax: 10,
    ...options,
  };
}
