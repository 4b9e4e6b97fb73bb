import type { BusinessDate, Instant } from '../../time/instant.ts';
import type { ClearingEvent } from '../event.ts';
import type { Delivery } from '../exercise.ts';
import { Plan } from '../plan.ts';
import type { Position } from '../position.ts';
import type { Series } from '../series.ts';
import { closingPositions, seriesOf, type ClearingState } from '../state.ts';
import { intrinsicValue, toCents } from './option-value.ts';

/**
 * A part of the day end: what the positions exercised and assigned on this business date receive and deliver. A stock
 * option's shares change hands for the strike two business days later (dcass-facts.md 6.4, B; the setting); an index
 * option's value is paid on the next business day (ASSUMED).
 */
export function makeDeliveries(state: ClearingState, now: Instant): readonly ClearingEvent[] {
  const plan = new Plan(state, now, undefined);
  for (const book of state.books.values()) {
    for (const position of closingPositions(book)) {
      const { exercised, assigned } = position;
      if (exercised > 0) plan.add(delivery(plan, state, position, { cause: 'exercise', quantity: exercised }));
      if (assigned > 0) plan.add(delivery(plan, state, position, { cause: 'assignment', quantity: assigned }));
    }
  }
  return plan.events;
}

function delivery(
  plan: Plan,
  state: ClearingState,
  { participant, account, series: name }: Position,
  { cause, quantity }: Pick<Delivery, 'cause' | 'quantity'>,
): ClearingEvent {
  const series = seriesOf(state, name);
  const holderGets = holderReceives(state, series, quantity);
  const sign = cause === 'exercise' ? 1 : -1;
  return {
    type: 'delivery-made',
    delivery: {
      number: plan.number('delivery'),
      participant,
      account,
      series: name,
      cause,
      quantity,
      shares: signed(sign, holderGets.shares),
      amountCents: signed(sign, holderGets.amountCents),
      businessDate: state.businessDate,
      dueDate: holderGets.dueDate,
    },
  };
}

function holderReceives(
  state: ClearingState,
  series: Series,
  quantity: number,
): Pick<Delivery, 'shares' | 'amountCents' | 'dueDate'> {
  const { code, contractSize, settlement, strikeDecimals } = series.instrumentClass;
  const units = quantity * contractSize;
  switch (settlement) {
    case 'physical': {
      const sign = series.kind === 'call' ? 1 : -1;
      const strike = toCents({ value: BigInt(series.strike), decimals: strikeDecimals }, units);
      const dueDate = businessDaysAfter(state, state.settings.deliveryDays);
      return { shares: signed(sign, units), amountCents: -sign * strike, dueDate };
    }
    case 'cash': {
      const price = state.prices.get(code);
      const amountCents = price === undefined ? 0 : toCents(intrinsicValue(series, price), units);
      return { shares: 0, amountCents, dueDate: businessDaysAfter(state, 1) };
    }
  }
}

/** The business date that lies so many business days after the current one. */
export function businessDaysAfter({ businessDate, calendar }: ClearingState, days: number): BusinessDate {
  let date = businessDate;
  for (let i = 0; i < days; i++) date = calendar.next(date);
  return date;
}

// Never the negative zero, which prints as one.
function signed(sign: 1 | -1, quantity: number): number {
  return quantity === 0 ? 0 : sign * quantity;
}
