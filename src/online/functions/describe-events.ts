import type { ClearingEvent } from '../../clearing/event.ts';
import type { Trade } from '../../clearing/deal.ts';
import type { CustomerCode } from '../../clearing/participant.ts';
import { formatScaled } from '../../clearing/price.ts';
import type { OnlinePort } from '../port.ts';
import { groupDigits } from '../table.ts';

interface Wording {
  readonly core: OnlinePort;
  /** Whose eyes: nothing of another participant's side is told. */
  readonly own: CustomerCode;
  /** Whether new things have their numbers yet. */
  readonly isDone: boolean;
}

/** What a command does, or did, a sentence for each thing. */
export function describeEvents(events: readonly ClearingEvent[], wording: Wording): readonly string[] {
  return events.flatMap((event) => describe(event, wording));
}

function describe(event: ClearingEvent, { core, own, isDone }: Wording): readonly string[] {
  const numbered = (what: string, number: number): string =>
    isDone ? `${what} ${number}` : `A new ${what.toLowerCase()}`;
  switch (event.type) {
    case 'deal-made':
      return event.trades
        .filter(({ participant }) => participant === own)
        .map((trade) => `${numbered('Trade', trade.number)}: ${tradeText(core, trade)}.`);
    case 'trade-changed':
      return event.trade.participant === own ? [changeText(event.trade)] : [];
    case 'give-up-changed': {
      const { number, quantity, series, giver, taker, state } = event.giveUp;
      const what = state === 'holding' ? numbered('Give-up', number) : `Give-up ${number}`;
      return [`${what}: ${countText(quantity)} ${series} from ${giver} to ${taker}, ${state}.`];
    }
    case 'rectification-changed': {
      const { number, trade, state, decidedBy } = event.rectification;
      const what = decidedBy === undefined ? numbered('Rectification', number) : `Rectification ${number}`;
      const waits = state === 'holding' ? ': it waits until it is confirmed' : '';
      return [`${what} of trade ${trade}, ${state}${waits}.`];
    }
    case 'average-price-trade-made': {
      const { series, quantity, averagePrice, members } = event.averagePriceTrade;
      return [
        `${countText(quantity)} ${series} at the average price ${priceText(core, series, averagePrice)}, of the trades ${members.join(', ')}.`,
      ];
    }
    case 'close-out-changed': {
      const { number, quantity, restored } = event.closeOut;
      return restored > 0
        ? [`Close-out ${number}: ${countText(restored)} of ${countText(quantity)} restored.`]
        : [`${numbered('Close-out', number)}: ${countText(quantity)} of each side.`];
    }
    case 'exercise-changed': {
      const { number, quantity, series, account, state } = event.exercise;
      const what = state === 'holding' ? numbered('Exercise request', number) : `Exercise request ${number}`;
      return [`${what}: ${countText(quantity)} ${series} of ${account}, ${state}.`];
    }
    case 'position-adjusted':
      return event.participant === own ? [adjustmentText(event)] : [];
    default:
      return [];
  }
}

export function tradeText(core: OnlinePort, trade: Trade): string {
  const { side, quantity, series, price, account, type, originalTrade } = trade;
  const of = originalTrade === undefined ? '' : ` of ${originalTrade}`;
  return `${side} ${countText(quantity)} ${series} at ${priceText(core, series, price)} in ${account}, ${type}${of}`;
}

/** Contracts, their digits in groups. */
export function countText(quantity: number): string {
  return groupDigits(String(quantity));
}

export function priceText(core: OnlinePort, series: Trade['series'], price: number): string {
  return groupDigits(formatScaled(price, core.series(series)?.instrumentClass.priceDecimals ?? 0));
}

function changeText({ number, remainingQuantity, heldQuantity, state }: Trade): string {
  const held = heldQuantity > 0 ? `, ${countText(heldQuantity)} of them held for give-ups` : '';
  return `Trade ${number}: ${countText(remainingQuantity)} remaining${held}, ${state}.`;
}

const CHANGE_TEXT = {
  held: 'held',
  written: 'written',
  closedOut: 'closed out',
  exercised: 'exercised',
  assigned: 'assigned',
  denied: 'denied',
  covered: 'covered',
} as const;

function adjustmentText({ account, series, change }: Extract<ClearingEvent, { type: 'position-adjusted' }>): string {
  const parts = Object.entries(CHANGE_TEXT).flatMap(([name, text]) => {
    const by = change[name as keyof typeof CHANGE_TEXT] ?? 0;
    return by === 0 ? [] : [`${text} ${by > 0 ? '+' : '−'}${countText(Math.abs(by))}`];
  });
  return `Position of ${account} in ${series}: ${parts.length === 0 ? 'as it is' : parts.join(', ')}.`;
}
