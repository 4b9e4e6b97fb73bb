import type { ClearingEvent } from '../../clearing/event.ts';
import type { Trade } from '../../clearing/deal.ts';
import type { CustomerCode } from '../../clearing/participant.ts';
import { formatScaled } from '../../clearing/price.ts';
import type { TradeWords } from '../language/en/effects.ts';
import type { Texts } from '../language/english.ts';
import type { OnlinePort } from '../port.ts';
import { groupDigits } from '../table.ts';

interface Wording {
  readonly core: OnlinePort;
  /** Whose eyes: nothing of another participant's side is told. */
  readonly own: CustomerCode;
  /** Whether new things have their numbers yet. */
  readonly isDone: boolean;
  readonly texts: Texts;
}

/** What a command does, or did, a sentence for each thing. */
export function describeEvents(events: readonly ClearingEvent[], wording: Wording): readonly string[] {
  return events.flatMap((event) => describe(event, wording));
}

function describe(event: ClearingEvent, wording: Wording): readonly string[] {
  const {
    core,
    own,
    isDone,
    texts: { effects, words },
  } = wording;
  const known = (number: number): number | undefined => (isDone ? number : undefined);
  switch (event.type) {
    case 'deal-made':
      return event.trades
        .filter(({ participant }) => participant === own)
        .map((trade) => effects.trade(known(trade.number), tradeWords(trade, wording)));
    case 'trade-changed':
      return event.trade.participant === own ? [changeText(event.trade, wording)] : [];
    case 'give-up-changed': {
      const { number, quantity, series, giver, taker, state } = event.giveUp;
      return [
        effects.giveUp(state === 'holding' ? known(number) : number, {
          quantity: countText(quantity),
          series,
          giver,
          taker,
          state: words.giveUpStates[state],
        }),
      ];
    }
    case 'rectification-changed': {
      const { number, trade, state, decidedBy } = event.rectification;
      return [
        effects.rectification(decidedBy === undefined ? known(number) : number, {
          trade,
          state: words.rectificationStates[state],
          waits: state === 'holding',
        }),
      ];
    }
    case 'average-price-trade-made': {
      const { series, quantity, averagePrice, members } = event.averagePriceTrade;
      const price = priceText(core, series, averagePrice);
      return [effects.averagePrice({ quantity: countText(quantity), series, price, members })];
    }
    case 'close-out-changed': {
      const { number, quantity, restored } = event.closeOut;
      return [
        restored > 0
          ? effects.restored(number, countText(restored), countText(quantity))
          : effects.closeOut(known(number), countText(quantity)),
      ];
    }
    case 'exercise-changed': {
      const { number, quantity, series, account, state } = event.exercise;
      return [
        effects.exercise(state === 'holding' ? known(number) : number, {
          quantity: countText(quantity),
          series,
          account,
          state: words.exerciseStates[state],
        }),
      ];
    }
    case 'position-adjusted':
      return event.participant === own ? [adjustmentText(event, wording)] : [];
    default:
      return [];
  }
}

function tradeWords(trade: Trade, { core, texts: { words } }: Wording): TradeWords {
  const { side, quantity, series, price, account, type, originalTrade } = trade;
  return {
    side: words.sidesInText[side],
    quantity: countText(quantity),
    series,
    price: priceText(core, series, price),
    account,
    type: words.tradeTypes[type],
    of: originalTrade,
  };
}

/** Contracts, their digits in groups. */
export function countText(quantity: number): string {
  return groupDigits(String(quantity));
}

export function priceText(core: OnlinePort, series: Trade['series'], price: number): string {
  return groupDigits(formatScaled(price, core.series(series)?.instrumentClass.priceDecimals ?? 0));
}

function changeText(
  { number, remainingQuantity, heldQuantity, state }: Trade,
  { texts: { effects, words } }: Wording,
): string {
  return effects.tradeChanged(number, {
    remaining: countText(remainingQuantity),
    held: heldQuantity > 0 ? countText(heldQuantity) : undefined,
    state: words.tradeStates[state],
  });
}

function adjustmentText(
  { account, series, change }: Extract<ClearingEvent, { type: 'position-adjusted' }>,
  { texts: { effects } }: Wording,
): string {
  const parts = Object.entries(effects.changes).flatMap(([name, text]) => {
    const by = change[name as keyof typeof effects.changes] ?? 0;
    return by === 0 ? [] : [`${text} ${by > 0 ? '+' : '−'}${countText(Math.abs(by))}`];
  });
  return effects.adjusted(account, series, parts);
}
