import type { Instant } from '../../time/instant.ts';
import type { ClearingEvent } from '../event.ts';
import { Plan } from '../plan.ts';
import type { Position } from '../position.ts';
import type { Series } from '../series.ts';
import { closingPositions, seriesOf, type ClearingState } from '../state.ts';
import { businessDaysAfter } from './make-deliveries.ts';
import { toCents } from './option-value.ts';

/**
 * A part of the day end: nothing is left of the positions in series whose last day this was. Options that nobody
 * exercised are worth nothing; futures settle in cash.
 */
export function expireSeries(state: ClearingState, now: Instant): readonly ClearingEvent[] {
  const plan = new Plan(state, now, undefined);
  for (const book of state.books.values()) {
    for (const position of closingPositions(book)) {
      const { participant, account, held, written } = position;
      const series = seriesOf(state, position.series);
      if (series.expiryDate > state.businessDate || held + written === 0) continue;
      if (series.kind === 'future') plan.add(finalSettlement(plan, state, series, position));
      plan.add({
        type: 'position-adjusted',
        participant,
        account,
        series: series.name,
        reason: 'expiry',
        change: { ...(held > 0 && { held: -held }), ...(written > 0 && { written: -written }) },
        at: now,
      });
    }
  }
  return plan.events;
}

// ASSUMED: futures are settled against the price of each day, so that only what the last day changed is due: what the
// settlement price has moved since the business date rolled, for all contracts alike (what those of the last day were
// traded at is not looked at). Without both prices, or on the first day of a scenario, the amount is 0.
function finalSettlement(plan: Plan, state: ClearingState, series: Series, position: Position): ClearingEvent {
  const { participant, account, held, written } = position;
  const { contractSize, priceDecimals } = series.instrumentClass;
  const price = state.prices.get(series.name);
  const before = state.previousPrices.get(series.name);
  const moved = price === undefined || before === undefined ? 0 : price - before;
  return {
    type: 'delivery-made',
    delivery: {
      number: plan.number('delivery'),
      participant,
      account,
      series: series.name,
      cause: 'expiry',
      quantity: held + written,
      shares: 0,
      amountCents: toCents({ value: BigInt(moved), decimals: priceDecimals }, (held - written) * contractSize),
      businessDate: state.businessDate,
      dueDate: businessDaysAfter(state, 1),
    },
  };
}
