import type { Trade } from '../../clearing/deal.ts';
import type { CustomerCode } from '../../clearing/participant.ts';
import type { Texts } from '../language/english.ts';
import type { Visit } from '../visit.ts';
import { countText, priceText } from './describe-events.ts';
import { numberOf, type Field, type FunctionPage, type OpenForm } from './function-page.ts';

type Missing = { readonly missing: string };

export const TRADE_PARTS_MAX = 100;

function ownTrade(visit: Visit, number: number): Trade | Missing {
  const found = visit.context.core.trade(visit.browser.id, number);
  const trade = found.ok ? found.value : undefined;
  return trade ?? { missing: visit.texts.functions.missing.trade };
}

function factsOf({ context, texts: { columns, words } }: Visit, trade: Trade): OpenForm['facts'] {
  return [
    [columns.trade, String(trade.number)],
    [columns.series, trade.series],
    [columns.side, words.sides[trade.side]],
    [columns.price, priceText(context.core, trade.series, trade.price)],
    [columns.account, trade.account],
    [columns.quantity, countText(trade.quantity)],
    [columns.remaining, countText(trade.remainingQuantity)],
    [columns.state, words.tradeStates[trade.state]],
  ];
}

/** A function that re-books what remains of a trade into parts. */
function rebooking(command: 'rectify-trade' | 'transfer-from-transitory', path: string): FunctionPage {
  return {
    command,
    path,
    list: '/trades',
    open(visit) {
      const trade = ownTrade(visit, numberOf(visit));
      if ('missing' in trade) return trade;
      const parts = { quantity: trade.remainingQuantity, rowsMax: TRADE_PARTS_MAX, lessAllowed: true };
      return {
        facts: factsOf(visit, trade),
        fields: [],
        parts,
        command: (form) => ({ do: command, trade: trade.number, parts: form.parts(TRADE_PARTS_MAX) }),
      };
    },
  };
}

/** CD28, CD5: oapi-facts.md 4.2. */
export const rectifyTrade = rebooking('rectify-trade', '/trades/:number/rectify');
export const transferFromTransitory = rebooking('transfer-from-transitory', '/trades/:number/transfer');

function giveUpFields({ columns, functions }: Texts): readonly Field[] {
  const { hints, toParticipant, takerAccount } = functions;
  return [
    { name: 'to', label: toParticipant, kind: 'text', lengthMax: 5, hint: hints.toParticipant },
    { name: 'quantity', label: columns.quantity, kind: 'count' },
    {
      name: 'taker-account',
      label: takerAccount,
      kind: 'text',
      lengthMax: 10,
      optional: true,
      hint: hints.takerAccount,
    },
    { name: 'commission', label: columns.commission, kind: 'count', optional: true },
    { name: 'text', label: columns.text, kind: 'text', lengthMax: 30, optional: true },
  ];
}

function giveUpCommand(trade: number | undefined): OpenForm['command'] {
  return (form) => ({
    do: 'request-give-up',
    trade: trade ?? form.count('trade'),
    to: form.needed('to').toUpperCase() as CustomerCode,
    takerAccount: form.text('taker-account') === '' ? undefined : form.account('taker-account'),
    quantity: form.count('quantity'),
    commission: form.count('commission', { start: 0 }),
    text: form.text('text'),
  });
}

/** CD35, of a trade that the list shows. */
export const giveUpTrade: FunctionPage = {
  command: 'request-give-up',
  path: '/trades/:number/give-up',
  list: '/give-ups',
  open(visit) {
    const trade = ownTrade(visit, numberOf(visit));
    if ('missing' in trade) return trade;
    const start = trade.remainingQuantity - trade.heldQuantity;
    return {
      facts: factsOf(visit, trade),
      fields: giveUpFields(visit.texts).map((field) =>
        field.name === 'quantity' ? { ...field, start, max: trade.remainingQuantity } : field,
      ),
      command: giveUpCommand(trade.number),
    };
  },
};

/** CD35, of a trade whose number is typed. */
export const giveUp: FunctionPage = {
  command: 'request-give-up',
  path: '/give-ups/new',
  alsoAt: ['/give-ups'],
  list: '/give-ups',
  open: ({ texts }, given) => ({
    facts: [],
    fields: [
      { name: 'trade', label: texts.columns.trade, kind: 'count', start: given.text('trade') },
      ...giveUpFields(texts),
    ],
    command: giveUpCommand(undefined),
  }),
};

/** CD32. */
export const averagePriceTrade: FunctionPage = {
  command: 'make-average-price-trade',
  path: '/average-price-trades/new',
  list: '/average-price-trades',
  open: ({ texts }, given) => ({
    facts: [],
    fields: [
      {
        name: 'trades',
        label: texts.columns.trades,
        kind: 'text',
        lengthMax: 1000,
        start: given.text('trades'),
        hint: texts.functions.hints.trades,
      },
    ],
    command: (form) => ({ do: 'make-average-price-trade', trades: form.numbers('trades') }),
  }),
};
