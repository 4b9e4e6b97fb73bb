import type { Trade } from '../deal.ts';
import type { Delivery } from '../exercise.ts';
import type { GiveUp } from '../give-up.ts';
import { instrumentTypeOf, type SeriesName } from '../series.ts';
import { bookOf, seriesOf, type ClearingState } from '../state.ts';
import { addTo } from './sequence-log.ts';

// Part of applying an event: only trades that change are kept again, so a book of a million costs nothing here.

export function keepTradeChange(state: ClearingState, trade: Trade): void {
  const { participant, number, series, clearingDate, remainingQuantity, giveUpState, modifiedAt } = trade;
  addTo(bookOf(state, participant).tradeChanges, typeOf(state, series), state.businessDate, (sequence) => ({
    sequence,
    trade: number,
    series,
    clearingDate,
    state: trade.state,
    remainingQuantity,
    giveUpState,
    modifiedAt,
  }));
}

export function keepGiveUp(state: ClearingState, giveUp: GiveUp): void {
  for (const code of [giveUp.giver, giveUp.taker]) {
    addTo(bookOf(state, code).giveUpRecords, typeOf(state, giveUp.series), state.businessDate, (sequence) => ({
      sequence,
      giveUp,
    }));
  }
}

export function keepDelivery(state: ClearingState, delivery: Delivery): void {
  const { deliveryRecords } = bookOf(state, delivery.participant);
  addTo(deliveryRecords, typeOf(state, delivery.series), state.businessDate, (sequence) => ({ sequence, delivery }));
}

function typeOf(state: ClearingState, series: SeriesName): string {
  return instrumentTypeOf(seriesOf(state, series));
}
