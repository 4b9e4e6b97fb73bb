import type { Instant } from '../../time/instant.ts';
import type { Trade } from '../deal.ts';
import type { ClearingEvent } from '../event.ts';
import { released, settledGiveUps, tradeOfGiveUp } from '../give-up-hold.ts';
import type { ClearingState } from '../state.ts';

/**
 * A part of the day end: give-ups that nobody has answered lapse, and their contracts stay with the giver. Those of
 * trades of the T+1 session belong to the next business date and go on waiting.
 * ASSUMED: `giveUpsAtDayEnd`; what DCASS does with them is not public.
 */
export function lapseGiveUps(state: ClearingState, now: Instant): readonly ClearingEvent[] {
  if (state.settings.giveUpsAtDayEnd === 'keep') return [];
  const events: ClearingEvent[] = [];
  // A trade may have several pending give-ups: each releases its part of what the one before has left.
  const trades = new Map<number, Trade>();
  for (const giveUp of state.giveUps.values()) {
    if (giveUp.state !== 'holding' || giveUp.clearingDate > state.businessDate) continue;
    const before = trades.get(giveUp.trade) ?? tradeOfGiveUp(state, giveUp);
    const trade = released(before, giveUp.quantity, settledGiveUps(state, before), now);
    trades.set(trade.number, trade);
    events.push(
      { type: 'trade-changed', trade },
      { type: 'give-up-changed', giveUp: { ...giveUp, state: 'lapsed', modifiedAt: now } },
    );
  }
  return events;
}
