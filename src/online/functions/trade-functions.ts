import type { Trade } from '../../clearing/deal.ts';
import type { CustomerCode } from '../../clearing/participant.ts';
import type { Visit } from '../visit.ts';
import { countText, priceText } from './describe-events.ts';
import { numberOf, type Field, type FunctionPage, type OpenForm } from './function-page.ts';

type Missing = { readonly missing: string };

export const TRADE_PARTS_MAX = 100;

function ownTrade(visit: Visit, number: number): Trade | Missing {
  const found = visit.context.core.trade(visit.browser.id, number);
  const trade = found.ok ? found.value : undefined;
  return trade ?? { missing: 'Your participant has no such trade.' };
}

function factsOf({ context }: Visit, trade: Trade): OpenForm['facts'] {
  return [
    ['Trade', String(trade.number)],
    ['Series', trade.series],
    ['Side', trade.side === 'buy' ? 'Buy' : 'Sell'],
    ['Price', priceText(context.core, trade.series, trade.price)],
    ['Account', trade.account],
    ['Quantity', countText(trade.quantity)],
    ['Remaining', countText(trade.remainingQuantity)],
    ['State', trade.state],
  ];
}

/** A function that re-books what remains of a trade into parts. */
function rebooking(command: 'rectify-trade' | 'transfer-from-transitory', path: string, title: string): FunctionPage {
  return {
    command,
    path,
    title,
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
export const rectifyTrade = rebooking('rectify-trade', '/trades/:number/rectify', 'Rectify a trade');
export const transferFromTransitory = rebooking(
  'transfer-from-transitory',
  '/trades/:number/transfer',
  'Transfer from the transitory account',
);

const GIVE_UP_FIELDS: readonly Field[] = [
  { name: 'to', label: 'To participant', kind: 'text', lengthMax: 5, hint: 'The customer code, as CXYZ' },
  { name: 'quantity', label: 'Quantity', kind: 'count' },
  {
    name: 'taker-account',
    label: 'Account at the taker',
    kind: 'text',
    lengthMax: 10,
    optional: true,
    hint: 'A proposal: the taker decides',
  },
  { name: 'commission', label: 'Commission', kind: 'count', optional: true },
  { name: 'text', label: 'Text', kind: 'text', lengthMax: 30, optional: true },
];

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
  title: 'Give up a trade',
  list: '/give-ups',
  open(visit) {
    const trade = ownTrade(visit, numberOf(visit));
    if ('missing' in trade) return trade;
    const start = trade.remainingQuantity - trade.heldQuantity;
    return {
      facts: factsOf(visit, trade),
      fields: GIVE_UP_FIELDS.map((field) =>
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
  title: 'Give up a trade',
  list: '/give-ups',
  open: (_visit, given) => ({
    facts: [],
    fields: [{ name: 'trade', label: 'Trade', kind: 'count', start: given.text('trade') }, ...GIVE_UP_FIELDS],
    command: giveUpCommand(undefined),
  }),
};

/** CD32. */
export const averagePriceTrade: FunctionPage = {
  command: 'make-average-price-trade',
  path: '/average-price-trades/new',
  title: 'Make an average price trade',
  list: '/average-price-trades',
  open: (_visit, given) => ({
    facts: [],
    fields: [
      {
        name: 'trades',
        label: 'Trades',
        kind: 'text',
        lengthMax: 1000,
        start: given.text('trades'),
        hint: 'Their numbers with commas between: 3, 5, 8. All of one series, side and account.',
      },
    ],
    command: (form) => ({ do: 'make-average-price-trade', trades: form.numbers('trades') }),
  }),
};
