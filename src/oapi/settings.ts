import { SERIES_COUNTRY } from '../clearing/instrument-class.ts';
import { SimError } from '../sim-error.ts';

/** Everything about the OAPI window that HKEX does not publish, or that a test wants to change. */
/** What a group of users may send and receive. */
export interface UserType {
  /** At most 5 characters: DQ30. */
  readonly name: string;
  readonly users: readonly string[];
  /** By `CQ3`. */
  readonly transactions: 'all' | readonly string[];
  /** By `BD6`. */
  readonly broadcasts: 'all' | readonly string[];
  /** Of both, what it may not. */
  readonly except: readonly string[];
}

export interface OapiSettings {
  /** Users logged in at one gateway at a time; one more gets -42. */
  readonly sessionsMax: number;
  /** OAPI sessions of one user at a time, over both gateways; one more gets -2019, or where more are allowed -2047. */
  readonly parallelSessions: number;
  /** Whether they may be at both gateways; otherwise one at the other gets -2048. */
  readonly parallelAcrossGateways: boolean;
  /** Open connections of one gateway, logged in or not; more are closed at once. */
  readonly connectionsMax: number;
  /** Transport ms that a connection may stay open without a login. */
  readonly loginDeadlineMs: number;
  /** Transport ms in which a frame that has begun must be complete. */
  readonly frameDeadlineMs: number;
  /** Transport ms for which a client may leave its answers unread; then the connection is dropped. */
  readonly unreadDeadlineMs: number;
  /** Bytes waiting for one client. From half of it on no further request is taken; above it the connection is dropped. */
  readonly outgoingBytesMax: number;
  /** Broadcasts that wait for a client which does not read; more are lost to it, and it is told how many. */
  readonly eventQueueMax: number;
  /** Transport ms without any call after which a client is logged out; undefined: never. */
  readonly idleLogoutMs: number | undefined;
  /** Business ms before a planned close at which clients are told that they will be logged out; 0: they are not. */
  readonly logoutWarningMs: number;
  /** Transport ms after a login in which calls answer -2 NOT_READY. */
  readonly notReadyMs: number;
  /** Number of the external business facility EP0; EP0 to EP9 follow one another. */
  readonly baseFacility: number;
  /** Whether a message must be sent to the facility that its dictionary names. */
  readonly facilities: 'lenient' | 'strict';
  /** The answer to another facility in the range, where they are strict: -3 or -17. */
  readonly wrongFacility: -3 | -17;
  /** What post-trade transactions get in enquiry-only mode, where it is not -12 with the status of the situation. */
  readonly enquiryOnlyRefusal: { readonly completion?: number | undefined; readonly status?: number | undefined };
  /** Groups of users; a user in none of them may send and receive everything that is simulated. */
  readonly userTypes: readonly UserType[];
  /** The name of the type of all others: DQ30. */
  readonly defaultUserType: string;
  /** Items in one segment of an answer, never more than its layout holds. Few of them force a client to page. */
  readonly pageSize: number;
  /** Two letters in accounts and user codes. */
  readonly countryId: string;
  /** At most 16 characters: get info 4 and UA12. */
  readonly omexVersion: string;
  readonly exchangeName: string;
  readonly exchangeCode: number;
  /** Transport ms after which the gateway waits no longer for the back end: -21. Get info 14 tells it in seconds. */
  readonly transactionTimeoutMs: number;
  /** UA12, at most 40 characters. */
  readonly timeZoneVariable: string;
  /** UA12. */
  readonly utcOffset: number;
}

export const DEFAULT_OAPI_SETTINGS: OapiSettings = {
  sessionsMax: 64, // ASSUMED: X, the sessions of a Central Gateway are not public.
  parallelSessions: 1, // ASSUMED: X.
  parallelAcrossGateways: true, // ASSUMED: X.
  connectionsMax: 2_000, // Ours: keeps memory bounded.
  loginDeadlineMs: 30_000, // Ours.
  frameDeadlineMs: 30_000, // Ours.
  unreadDeadlineMs: 30_000, // Ours.
  outgoingBytesMax: 1_048_576, // Ours.
  eventQueueMax: 2_000, // ASSUMED: X, the room for events is not public.
  idleLogoutMs: undefined, // ASSUMED: off. oapi-facts.md 1.4: 8 s for HKATS orders (TT), unknown for DCASS.
  logoutWarningMs: 300_000, // ASSUMED: 5 minutes; oapi-facts.md 1.4 has the event, not when.
  notReadyMs: 0, // oapi-facts.md 1.5: a knob.
  baseFacility: 170, // oapi-facts.md section 2, C; 180 looks like the test system.
  facilities: 'lenient', // ASSUMED: the facility map of HKEX is not public (oapi-facts.md section 9).
  wrongFacility: -3, // ASSUMED: oapi-facts.md section 2 has -3 or -17.
  enquiryOnlyRefusal: {},
  userTypes: [],
  defaultUserType: 'CLEAR', // ASSUMED: X.
  pageSize: 10_000, // More than any layout of oapi-facts.md Appendix A holds: the layout decides (C).
  countryId: 'HK', // ASSUMED: D.
  omexVersion: 'DCASS-SIM', // ASSUMED: X, and on purpose not a vendor's version.
  exchangeName: 'HKEX (simulated)', // ASSUMED: X.
  exchangeCode: SERIES_COUNTRY, // ASSUMED: the number that our series keys carry.
  transactionTimeoutMs: 30_000, // ASSUMED: 30 seconds; neither value nor unit of get info 14 is public.
  timeZoneVariable: 'HKT-8', // ASSUMED: the form of POSIX TZ.
  utcOffset: 28_800, // ASSUMED: seconds, east is positive.
};

// An answer of the greatest size, a notice, and room for the next.
const OUTGOING_BYTES_MIN = 262_144;

/** @throws SimError SIM_OPTION_INVALID */
export function checkOapiSettings(settings: OapiSettings): void {
  const check = (name: keyof OapiSettings, min: number, max: number): void => {
    const value = settings[name];
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return;
    throw new SimError(
      'SIM_OPTION_INVALID',
      `oapi.${name} is a whole number from ${min} to ${max}, not ${JSON.stringify(value)}`,
    );
  };
  check('pageSize', 1, 10_000);
  check('sessionsMax', 0, 1_000_000);
  check('parallelSessions', 1, 1_000);
  check('connectionsMax', 1, 1_000_000);
  check('outgoingBytesMax', OUTGOING_BYTES_MIN, 2 ** 30);
  check('eventQueueMax', 0, 1_000_000);
  check('baseFacility', 16, 0xffff); // oapi-facts.md section 2: 0 to 15 are session services.
  for (const name of ['loginDeadlineMs', 'frameDeadlineMs', 'unreadDeadlineMs', 'transactionTimeoutMs'] as const)
    check(name, 1, 2 ** 31);
  check('notReadyMs', 0, 2 ** 31);
  check('logoutWarningMs', 0, 2 ** 31);
  if (settings.idleLogoutMs !== undefined) check('idleLogoutMs', 1, 2 ** 31);
  checkText('defaultUserType', settings.defaultUserType, 5);
  for (const { name } of settings.userTypes) checkText('userTypes', name, 5);
  checkText('countryId', settings.countryId, 2);
  checkText('omexVersion', settings.omexVersion, 16);
  checkText('timeZoneVariable', settings.timeZoneVariable, 40);
}

function checkText(name: string, text: string, lengthMax: number): void {
  if (text.length <= lengthMax && /^[\x20-\x7e]*$/.test(text)) return;
  throw new SimError('SIM_OPTION_INVALID', `oapi.${name} is at most ${lengthMax} ASCII characters, not "${text}"`);
}
