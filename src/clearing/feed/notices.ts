import type { Trade } from '../deal.ts';
import type { ClearingEvent } from '../event.ts';
import type { ClearingMessage } from '../message.ts';
import type { CustomerCode } from '../participant.ts';
import type { Position } from '../position.ts';
import { instrumentTypeOf, type SeriesName } from '../series.ts';
import { bookOf, positionKey, seriesOf, type Book, type ClearingState } from '../state.ts';
import type { DeliveryRecord, GiveUpRecord, InformationSignal, TradeChange } from './records.ts';
import { sequenceKey, type SequenceLog } from './sequence-log.ts';

/**
 * What a participant, or everybody, is to be told: oapi-facts.md 4.2 (BD6, BD39, BD29, BD40, BD18, BI27, BI7). A trade
 * has its sequence number itself.
 */
export type Notice =
  | { readonly kind: 'trade'; readonly participant: CustomerCode; readonly trade: Trade }
  | { readonly kind: 'trade-change'; readonly participant: CustomerCode; readonly change: TradeChange }
  | { readonly kind: 'give-up'; readonly participant: CustomerCode; readonly record: GiveUpRecord }
  | { readonly kind: 'position'; readonly participant: CustomerCode; readonly position: Position }
  | { readonly kind: 'delivery'; readonly participant: CustomerCode; readonly record: DeliveryRecord }
  /** Undefined: to everybody. */
  | { readonly kind: 'message'; readonly participant: CustomerCode | undefined; readonly message: ClearingMessage }
  | { readonly kind: 'information'; readonly participant: undefined; readonly signal: InformationSignal };

/** The notices of an event that has just been applied. Without effect on the state. */
export function noticesOf(state: ClearingState, event: ClearingEvent): readonly Notice[] {
  switch (event.type) {
    case 'deal-matched':
    case 'deal-made': {
      const { trades } = event;
      return [
        ...trades.map((trade) => ({ kind: 'trade', participant: trade.participant, trade }) as const),
        ...positionsOf(state, trades),
      ];
    }
    case 'trade-changed': {
      const { participant, series } = event.trade;
      const change = newest(state, bookOf(state, participant).tradeChanges, series);
      return [{ kind: 'trade-change', participant, change }];
    }
    case 'give-up-changed':
      return [event.giveUp.giver, event.giveUp.taker].map((participant) => ({
        kind: 'give-up',
        participant,
        record: newest(state, bookOf(state, participant).giveUpRecords, event.giveUp.series),
      }));
    case 'delivery-made': {
      const { participant, series } = event.delivery;
      const record = newest(state, bookOf(state, participant).deliveryRecords, series);
      return [{ kind: 'delivery', participant, record }];
    }
    case 'position-adjusted':
      return positionsOf(state, [event]);
    case 'message-sent':
      return [{ kind: 'message', participant: event.message.to, message: event.message }];
    case 'information-ready':
      return [{ kind: 'information', participant: undefined, signal: event.signal }];
    case 'phase-changed':
    case 'business-date-set':
    case 'input-cutoff-lifted':
    case 'logged-in':
    case 'login-failed':
    case 'session-ended':
    case 'restriction-lifted':
    case 'password-set':
    case 'password-expired':
    case 'user-locked':
    case 'user-unlocked':
    case 'user-suspended':
    case 'user-reinstated':
    case 'user-functions-changed':
    case 'deal-annulled':
    case 'rectification-changed':
    case 'average-price-trade-made':
    case 'close-out-changed':
    case 'exercise-changed':
    case 'account-changed':
    case 'price-set':
    case 'day-ended':
    case 'business-date-rolled':
    case 'report-started':
    case 'report-completed':
    case 'report-released':
    case 'report-republished':
      return [];
  }
}

type Place = Pick<Position, 'participant' | 'account' | 'series'>;

// Each position once, also where both trades of a deal are in one account.
function positionsOf(state: ClearingState, places: readonly Place[]): readonly Notice[] {
  const told = new Set<Position>();
  for (const { participant, account, series } of places) {
    const position = positionIn(bookOf(state, participant), account, series);
    if (position) told.add(position);
  }
  return [...told].map((position) => ({ kind: 'position', participant: position.participant, position }));
}

function positionIn(book: Book, account: string, series: SeriesName): Position | undefined {
  return book.positions.get(positionKey(account, series));
}

function newest<T>(state: ClearingState, log: SequenceLog<T>, series: SeriesName): T {
  const record = log.get(sequenceKey(instrumentTypeOf(seriesOf(state, series)), state.businessDate))?.at(-1);
  if (record === undefined) throw new Error(`nothing was recorded in ${series} on ${state.businessDate}`);
  return record;
}
