import type { CustomerCode } from '../../clearing/participant.ts';
import type { UserId } from '../../clearing/user.ts';
import {
  DAY_MS,
  dayNumberOf,
  calendarDateOf,
  plusMs,
  toHktParts,
  type CalendarDate,
  type Instant,
} from '../../time/instant.ts';
import { COMPLETION } from '../completion.ts';
import { fieldsOf, resultFields, type CallContext } from '../gateway-context.ts';
import { reply, type Reply } from '../reply.ts';

const HKT_AHEAD_OF_UTC_MS = 28_800_000;

/** Answers get info: oapi-facts.md 1.3, C. A type that nothing true can be said about is -2036. */
export function getInfo(type: number, call: CallContext): Reply {
  const answer = answerOf(type, call);
  if (answer) return reply(COMPLETION.NORMAL, { answer });
  call.gateway.journal.record({
    kind: 'oapi.info',
    source: 'oapi',
    outcome: 'unsimulated',
    ...fieldsOf(call),
    infoType: type,
    ...resultFields(COMPLETION.NOT_APPLICABLE),
  });
  return reply(COMPLETION.NOT_APPLICABLE);
}

function answerOf(type: number, { gateway, session }: CallContext): Buffer | undefined {
  const { core, settings } = gateway;
  switch (type) {
    case 1: {
      const user = userPart(session.user, session.participant);
      return text(settings.countryId.padEnd(2) + session.participant.padEnd(5) + user.padEnd(5));
    }
    case 2:
      return i32(settings.baseFacility);
    case 4:
      return text(settings.omexVersion);
    case 6:
      return text(settings.exchangeName);
    case 7:
      return i32(settings.exchangeCode);
    case 9: // Compression and encryption: our framing has neither.
    case 10:
      return i32(0);
    case 11: {
      const expiresAt = core.user(session.id)?.passwordExpiresAt;
      // A part of a day counts as a whole one, as in the warning at login.
      return expiresAt === undefined ? undefined : i32(Math.ceil((expiresAt - core.now()) / DAY_MS));
    }
    case 12:
      return time(plusMs(core.now(), -HKT_AHEAD_OF_UTC_MS));
    case 13:
      return time(core.now());
    case 14:
      return i32(Math.ceil(settings.transactionTimeoutMs / 1_000));
    case 15: // Our framing has one connection for both.
      return i32(0);
    case 16:
      return i32(settings.parallelSessions > 1 ? 1 : 0); // ASSUMED: a flag.
    case 17:
      return text(session.application); // ASSUMED: the session's name is the program's.
    default:
      return undefined;
  }
}

/** The user's five characters of a user code. ASSUMED: what follows the customer code, BO_CABC801 gives 801. */
export function userPart(user: UserId, participant: CustomerCode): string {
  return user.slice(user.indexOf(participant) + participant.length).slice(0, 5);
}

const WEEKDAYS = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed']; // 1970-01-01 was a Thursday.
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const TIME_BYTES = 64;

/** 28 characters as C's asctime writes them, then nine i32 in the order of C's struct tm. */
function time(shown: Instant): Buffer {
  const { year, month, day, hour, minute, second } = toHktParts(shown);
  const dayNumber = dayNumberOf(calendarDateOf(shown));
  const weekday = (((dayNumber + 4) % 7) + 7) % 7;
  const yearDay = dayNumber - dayNumberOf(`${String(year).padStart(4, '0')}-01-01` as CalendarDate);
  const clock = [hour, minute, second].map((part) => String(part).padStart(2, '0')).join(':');

  const answer = Buffer.alloc(TIME_BYTES);
  const shownDay = String(day).padStart(2);
  const line = `${WEEKDAYS[((dayNumber % 7) + 7) % 7]} ${MONTHS[month - 1]} ${shownDay} ${clock} ${year}`;
  answer.write(line.padEnd(28), 0, 'latin1');
  const parts = [second, minute, hour, day, month - 1, year - 1900, weekday, yearDay, 0];
  parts.forEach((part, index) => answer.writeInt32LE(part, 28 + 4 * index));
  return answer;
}

function text(value: string): Buffer {
  return Buffer.from(value, 'latin1');
}

function i32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}
