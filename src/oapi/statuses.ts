/**
 * Which transaction status each situation gives, by the family's name: a dictionary has the number. The names are public
 * (oapi-facts.md section 5, C); that they mean these situations is a reading of them (D).
 */
export const STATUS_NAMES = {
  done: 'CL_OMN_NORMAL',
  holding: 'CL_OMN_REQHOLDING',
  nothingFound: 'CL_OMN_NOINFO',
  notInUserType: 'GEN_CDC_ILL_TRT_IN_USR',
  denied: 'CL_OMN_INTXNDENIED',
  notAllowedNow: 'CL_OMN_ILLTRNSTIME',
  tooLate: 'CL_OMN_TXNTOOLATE',
  clearingDateClosed: 'CL_OMN_CLRDATECLOSED',
  badSegment: 'CL_OMN_BADSEG',
  badSize: 'CL_OMN_BADSIZE',
  noReadAccess: 'CL_OMN_INVACCESSR',
  noWriteAccess: 'CL_OMN_INVACCESSW',
  noExerciseAccess: 'CL_OMN_INVACCESSE',
  invalidMember: 'CL_OMN_INVMEMBER',
  invalidAccount: 'CL_OMN_INVACCOUNT',
  invalidAccountState: 'CL_OMN_INVACCSTATE',
  accountTypeNotForTrades: 'CL_OMN_ACCTYPNOTTRD',
  invalidSeries: 'CL_OMN_INVSERIES',
  seriesNotActive: 'CL_OMN_GUPSERNOTACT',
  wildcardNotAllowed: 'CL_OMN_WILDCARDNOTALLOWED',
  invalidDate: 'CL_OMN_QRYDATEINV',
  invalidClearingDate: 'CL_OMN_INVCLDATE',
  invalidTradeNumber: 'CL_OMN_INVTRDID',
  tradeNotFound: 'CL_OMN_TRDNOTFND',
  invalidTradeState: 'CL_OMN_INVTRADESTATE',
  tradeMustBeActive: 'CL_OMN_TRADEMUSTBEACTIVE',
  tradeTooOld: 'CL_OMN_TRADETOOOLD',
  noRectificationOfAveragePrice: 'CL_OMN_INVRCTAPTDEAL',
  oldTradeNotForAveragePrice: 'CL_OMN_OLDTRDNOTALWAPT',
  notAnAveragePriceTrade: 'CL_OMN_NOTANAPTDEAL',
  tooMuchQuantity: 'CL_OMN_TOOMUCHQTY',
  notEnoughRemaining: 'CL_OMN_NOTENOUGHREMAINING',
  noQuantity: 'CL_OMN_NOQTYSUPPL',
  invalidQuantity: 'CL_OMN_INVQTY',
  incorrectSum: 'CL_OMN_INCORRECTSUM',
  giveUpSumNotCorrect: 'CL_OMN_NOTCORRECTSUM',
  rectificationHolding: 'CL_OMN_HOLDINGRCTTRD',
  giveUpHolding: 'CL_OMN_HOLDINGGIVEUP',
  giveUpNotHolding: 'CL_OMN_GIVEUPNOTHOLDING',
  requestNotPending: 'CL_OMN_REQNOTPENDING',
  noConfirmAccess: 'CL_OMN_NOCONFIRMACCESS',
  giveUpNotAllowed: 'CL_OMN_GIVEUPNOTALLOWED',
  noPosition: 'CL_OMN_NOPOSFND',
  positionNotSufficient: 'CL_OMN_POSNOTSUFCLO',
  positionTransferNotAllowed: 'CL_OMN_POSTRANSNOTALL',
  exerciseNotSupported: 'CL_OMN_EXENOTSUP',
  invalidExerciseRequest: 'CL_OMN_INVEXEREQ',
  invalidDenyQuantity: 'CL_OMN_INVDENYQTY',
  invalidCloseOutQuantity: 'CL_OMN_INVCLOSEOUTQTY',
  closeOutNotAllowed: 'CL_OMN_CLOSEOUTNOTALLWD',
  closeOutOfFutures: 'CL_OMN_CLOSEOUTFUTNOTALLWD',
  duplicateCloseOut: 'CL_OMN_DUPLPOSCLOSEOUT',
  finalHeldTooBig: 'CL_OMN_FINALHELDTOOBIG',
  internalError: 'CL_OMN_INTERR',
} as const;

export type Situation = keyof typeof STATUS_NAMES;
export type TransactionStatuses = Readonly<Record<Situation, number>>;

/** The numbers of one dictionary's codes; `own` wins over them. */
export function statusesOf(
  codes: ReadonlyMap<string, number>,
  own: Partial<TransactionStatuses> = {},
): TransactionStatuses {
  const numbers = Object.entries(STATUS_NAMES).map(([situation, name]) => {
    const number = own[situation as Situation] ?? codes.get(name);
    if (number === undefined) throw new Error(`the dictionary has no code ${name}`);
    return [situation, number];
  });
  return Object.fromEntries(numbers) as TransactionStatuses;
}

/** By number, for the journal: `CL_OMN_INVACCOUNT: invalid account`, or the name alone where no refusal here has it. */
export function statusMeanings(codes: ReadonlyMap<string, number>): ReadonlyMap<number, string> {
  const words = new Map<string, string>(
    Object.entries(STATUS_NAMES).map(([situation, name]) => [name, sayWords(situation)]),
  );
  return new Map(
    [...codes]
      // The others are completion codes.
      .filter(([name]) => !name.startsWith('OMNIAPI_'))
      .map(([name, number]) => [number, words.has(name) ? `${name}: ${words.get(name)}` : name]),
  );
}

function sayWords(situation: string): string {
  return situation.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
