import type { OpenClose, Side, TradeGiveUpState, TradeState, TradeType } from '../clearing/deal.ts';
import { SERIES_COUNTRY } from '../clearing/instrument-class.ts';
import { SimError } from '../sim-error.ts';

/** Everything about the OAPI window that HKEX does not publish, or that a test wants to change. */
export interface OapiSettings {
  /** Users logged in at one gateway at a time; one more gets -42. */
  readonly sessionsMax: number;
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
  /** Transport ms without any call after which a client is logged out; undefined: never. */
  readonly idleLogoutMs: number | undefined;
  /** Transport ms after a login in which calls answer -2 NOT_READY. */
  readonly notReadyMs: number;
  /** Number of the external business facility EP0; EP0 to EP9 follow one another. */
  readonly baseFacility: number;
  /** Items in one segment of an answer, never more than its layout holds. Few of them force a client to page. */
  readonly pageSize: number;
  /** Two letters in accounts and user codes. */
  readonly countryId: string;
  /** At most 16 characters: get info 4 and UA12. */
  readonly omexVersion: string;
  readonly exchangeName: string;
  readonly exchangeCode: number;
  /** Get info 14. */
  readonly transactionTimeout: number;
  /** UA12, at most 40 characters. */
  readonly timeZoneVariable: string;
  /** UA12. */
  readonly utcOffset: number;
  readonly statuses: TransactionStatuses;
  readonly numbers: TradeNumbers;
}

/** What the model's words are in the fields of a trade: oapi-facts.md 4.2, C where public code shows it. */
export interface TradeNumbers {
  readonly sides: Readonly<Record<Side, number>>;
  readonly openClose: Readonly<Record<OpenClose, number>>;
  readonly tradeTypes: Readonly<Record<TradeType, number>>;
  readonly tradeStates: Readonly<Record<TradeState, number>>;
  readonly giveUpStates: Readonly<Record<TradeGiveUpState, number>>;
}

export const GENIUM_NUMBERS: TradeNumbers = {
  sides: { buy: 1, sell: 2 },
  openClose: { default: 0, open: 1, close: 2 },
  tradeTypes: {
    standard: 1,
    transitory: 2,
    overtaking: 3,
    reversing: 4,
    transfer: 5,
    exercise: 6,
    assign: 7,
    closing: 8,
    // ASSUMED: DCASS shows these types, but their numbers are not public; the next that public code leaves free.
    'give-up': 11,
    'take-up': 12,
    'average-price': 13,
  },
  // ASSUMED: 3 for an annulled trade.
  tradeStates: { active: 1, rectified: 2, annulled: 3 },
  giveUpStates: { none: 0, holding: 1, 'given-up': 2 }, // ASSUMED: X.
};

/**
 * Transaction status numbers: oapi-facts.md section 5, the 2021 set (C). The pairing with situations is inferred (D).
 * Beside each number stands the family's name for it, which begins with `CL_OMN_` where it says nothing else.
 */
export const GENIUM_STATUSES = {
  done: 704_003, // NORMAL
  nothingFound: 704_009, // NOINFO
  notInUserType: -110_025, // GEN_CDC_ILL_TRT_IN_USR
  denied: -704_138, // INTXNDENIED
  notAllowedNow: -704_130, // ILLTRNSTIME
  tooLate: -705_760, // TXNTOOLATE
  clearingDateClosed: -704_358, // CLRDATECLOSED
  badSegment: -704_038, // BADSEG
  badSize: -704_036, // BADSIZE
  noReadAccess: -704_090, // INVACCESSR
  noWriteAccess: -704_076, // INVACCESSW
  noExerciseAccess: -704_092, // INVACCESSE
  invalidMember: -704_072, // INVMEMBER
  invalidAccount: -704_046, // INVACCOUNT
  invalidAccountState: -704_112, // INVACCSTATE
  accountTypeNotForTrades: -705_274, // ACCTYPNOTTRD
  invalidSeries: -704_064, // INVSERIES
  seriesNotActive: -705_748, // GUPSERNOTACT
  wildcardNotAllowed: -705_644, // WILDCARDNOTALLOWED
  invalidDate: -705_716, // QRYDATEINV
  invalidClearingDate: -704_302, // INVCLDATE
  invalidTradeNumber: -704_070, // INVTRDID
  tradeNotFound: -704_096, // TRDNOTFND
  invalidTradeState: -704_114, // INVTRADESTATE
  tradeMustBeActive: -704_250, // TRADEMUSTBEACTIVE
  tradeTooOld: -704_356, // TRADETOOOLD
  noRectificationOfAveragePrice: -704_190, // INVRCTAPTDEAL
  oldTradeNotForAveragePrice: -705_646, // OLDTRDNOTALWAPT
  tooMuchQuantity: -704_098, // TOOMUCHQTY
  notEnoughRemaining: -704_256, // NOTENOUGHREMAINING
  noQuantity: -704_094, // NOQTYSUPPL
  invalidQuantity: -704_314, // INVQTY
  incorrectSum: -704_122, // INCORRECTSUM
  giveUpSumNotCorrect: -704_266, // NOTCORRECTSUM
  rectificationHolding: -704_274, // HOLDINGRCTTRD
  giveUpHolding: -704_272, // HOLDINGGIVEUP
  giveUpNotHolding: -704_264, // GIVEUPNOTHOLDING
  requestNotPending: -705_752, // REQNOTPENDING
  noConfirmAccess: -704_270, // NOCONFIRMACCESS
  giveUpNotAllowed: -705_136, // GIVEUPNOTALLOWED
  noPosition: -704_100, // NOPOSFND
  positionNotSufficient: -704_120, // POSNOTSUFCLO
  positionTransferNotAllowed: -705_740, // POSTRANSNOTALL
  exerciseNotSupported: -704_106, // EXENOTSUP
  invalidExerciseRequest: -704_108, // INVEXEREQ
  invalidDenyQuantity: -704_418, // INVDENYQTY
  invalidCloseOutQuantity: -705_678, // INVCLOSEOUTQTY
  closeOutNotAllowed: -705_700, // CLOSEOUTNOTALLWD
  closeOutOfFutures: -705_702, // CLOSEOUTFUTNOTALLWD
  duplicateCloseOut: -705_742, // DUPLPOSCLOSEOUT
  finalHeldTooBig: -705_722, // FINALHELDTOOBIG
};

export type TransactionStatuses = Readonly<Record<keyof typeof GENIUM_STATUSES, number>>;

export const DEFAULT_OAPI_SETTINGS: OapiSettings = {
  sessionsMax: 64, // ASSUMED: X, the sessions of a Central Gateway are not public.
  connectionsMax: 2_000, // Ours: keeps memory bounded.
  loginDeadlineMs: 30_000, // Ours.
  frameDeadlineMs: 30_000, // Ours.
  unreadDeadlineMs: 30_000, // Ours.
  outgoingBytesMax: 1_048_576, // Ours.
  idleLogoutMs: undefined, // ASSUMED: off. oapi-facts.md 1.4: 8 s for HKATS orders (TT), unknown for DCASS.
  notReadyMs: 0, // oapi-facts.md 1.5: a knob.
  baseFacility: 170, // oapi-facts.md section 2, C; 180 looks like the test system.
  pageSize: 500, // oapi-facts.md Appendix A, CA3, C.
  countryId: 'HK', // ASSUMED: D.
  omexVersion: 'DCASS-SIM', // ASSUMED: X, and on purpose not a vendor's version.
  exchangeName: 'HKEX (simulated)', // ASSUMED: X.
  exchangeCode: SERIES_COUNTRY, // ASSUMED: the number that our series keys carry.
  transactionTimeout: 30, // ASSUMED: 30; neither value nor unit is public.
  timeZoneVariable: 'HKT-8', // ASSUMED: the form of POSIX TZ.
  utcOffset: 28_800, // ASSUMED: seconds, east is positive.
  statuses: GENIUM_STATUSES,
  numbers: GENIUM_NUMBERS,
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
  check('connectionsMax', 1, 1_000_000);
  check('outgoingBytesMax', OUTGOING_BYTES_MIN, 2 ** 30);
  check('baseFacility', 16, 0xffff); // oapi-facts.md section 2: 0 to 15 are session services.
  for (const name of ['loginDeadlineMs', 'frameDeadlineMs', 'unreadDeadlineMs'] as const) check(name, 1, 2 ** 31);
  check('notReadyMs', 0, 2 ** 31);
  if (settings.idleLogoutMs !== undefined) check('idleLogoutMs', 1, 2 ** 31);
  checkText('countryId', settings.countryId, 2);
  checkText('omexVersion', settings.omexVersion, 16);
  checkText('timeZoneVariable', settings.timeZoneVariable, 40);
}

function checkText(name: string, text: string, lengthMax: number): void {
  if (text.length <= lengthMax && /^[\x20-\x7e]*$/.test(text)) return;
  throw new SimError('SIM_OPTION_INVALID', `oapi.${name} is at most ${lengthMax} ASCII characters, not "${text}"`);
}
