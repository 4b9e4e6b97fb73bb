import { POST_TRADE_TYPES } from '../../family/message-types.ts';
import { accountTypeQuery } from './account-types.ts';
import { accountPartsQuery, accountQuery } from './accounts.ts';
import { applicationStatus } from './application-status.ts';
import { averagePriceQuery, averagePriceTrade } from './average-price.ts';
import { businessDateQuery } from './business-date.ts';
import { clearingDateQuery } from './clearing-dates.ts';
import { historicalDeliveryQuery, missingDeliveryQuery } from './deliveries.ts';
import { currencyQuery, exchangeQuery } from './exchange.ts';
import { denyExercise, exerciseAnnulment, exerciseRequest } from './exercise.ts';
import { exerciseQuery } from './exercises.ts';
import { giveUpRejection, giveUpRequest, takeUp } from './give-up.ts';
import { giveUpQuery, historicalGiveUpQuery, missingGiveUpQuery, takenPartsQuery } from './give-ups.ts';
import { instrumentClassQuery } from './instrument-classes.ts';
import { instrumentGroupQuery, instrumentQuery, marketQuery } from './instrument-types.ts';
import { messagesSentQuery } from './messages-sent.ts';
import { nonTradingDayQuery } from './non-trading-days.ts';
import { closeOutLogQuery } from './close-out-log.ts';
import { closeOut, restorePosition } from './close-out.ts';
import { positionAtDateQuery } from './position-at-date.ts';
import { positionLevelQuery } from './position-levels.ts';
import { positionTransfer } from './position-transfer.ts';
import { openInterestDetailsQuery, openInterestQuery } from './open-interest.ts';
import { positionQuery } from './positions.ts';
import { rectificationConfirmation, tradeRectification } from './rectification.ts';
import { rectificationPartsQuery, rectificationQuery } from './rectifications.ts';
import { seriesDeltaQuery } from './series-delta.ts';
import { seriesQuery } from './series-list.ts';
import { missingTradeChangeQuery } from './trade-changes.ts';
import { transferFromTransitory } from './transfer-from-transitory.ts';
import { historicalTradeQuery, missingTradeQuery } from './trades.ts';
import { signalsSentQuery } from './signals-sent.ts';
import { userTypeQuery } from './user-type.ts';
import { underlyingQuery } from './underlyings.ts';
import { updatedPositionQuery } from './updated-positions.ts';
import type { Transaction } from './transaction.ts';

/** What is simulated; anything else is refused with -17 and journalled as unsimulated. */
export const TRANSACTIONS: readonly Transaction[] = [
  businessDateQuery,
  applicationStatus,
  userTypeQuery,
  clearingDateQuery,
  messagesSentQuery,
  signalsSentQuery,
  seriesQuery,
  instrumentQuery,
  underlyingQuery,
  marketQuery,
  instrumentGroupQuery,
  instrumentClassQuery,
  accountTypeQuery,
  nonTradingDayQuery,
  exchangeQuery,
  currencyQuery,
  seriesDeltaQuery,
  accountQuery,
  accountPartsQuery,
  positionQuery,
  openInterestQuery,
  openInterestDetailsQuery,
  updatedPositionQuery,
  positionAtDateQuery,
  positionLevelQuery,
  positionTransfer,
  closeOut,
  restorePosition,
  closeOutLogQuery,
  missingTradeChangeQuery,
  tradeRectification,
  rectificationConfirmation,
  rectificationQuery,
  rectificationPartsQuery,
  transferFromTransitory,
  averagePriceTrade,
  averagePriceQuery,
  giveUpRequest,
  takeUp,
  giveUpRejection,
  giveUpQuery,
  takenPartsQuery,
  missingGiveUpQuery,
  historicalGiveUpQuery,
  exerciseRequest,
  exerciseAnnulment,
  denyExercise,
  exerciseQuery,
  missingDeliveryQuery,
  historicalDeliveryQuery,
  missingTradeQuery,
  historicalTradeQuery,
];

export function isPostTrade(type: string): boolean {
  return POST_TRADE_TYPES.includes(type);
}
