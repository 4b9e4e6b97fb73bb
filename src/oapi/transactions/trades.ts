import type { Trade } from '../../clearing/deal.ts';
import type { Outcome } from '../../clearing/rejection.ts';
import { INT, TEXT } from '../dictionary/shape.ts';
import { MESSAGE_BYTES_MAX } from '../frame.ts';
import type { CallContext } from '../gateway-context.ts';
import { encodeItem, itemBytes } from '../variable-message.ts';
import { found, reading } from './answers.ts';
import { DATES_QUERY, readDates, readSequence, SEQUENCE_QUERY } from './sequence.ts';
import { SERIES } from './shapes.ts';
import { TRADE_PARTS, tradeSubItems } from './trade-item.ts';
import { transaction, type Codecs, type TransactionAnswer } from './transaction.ts';

type TradeCall = CallContext & { readonly named: Codecs<typeof TRADE_PARTS> };

/** A client goes on from the last number plus one until it finds nothing. */
export const missingTradeQuery = transaction({
  type: 'CQ10',
  meaning: 'trades of one instrument type and clearing date, by sequence number',
  source: 'oapi-facts.md sections 3 and 4.2, C',
  call: 'query',
  kind: 'enquiry',
  request: SEQUENCE_QUERY,
  answers: { CA10: { items: INT } },
  named: TRADE_PARTS,
  answer(query, call) {
    const { CA10 } = call.answers;
    const asked = readSequence(query, tradesThatFit(CA10.layout.size, call), call);
    if ('completion' in asked) return asked;
    const trades = call.gateway.core.tradesInSequence(call.session.id, asked.instrumentType, asked.date, asked.range);
    return answerOf(trades, call, (items) => CA10.encode({ items }, 'CA10'));
  },
});

/** The answer repeats where the query began (C). */
export const historicalTradeQuery = transaction({
  type: 'CQ11',
  meaning: 'trades of one instrument type over several clearing dates, by sequence number',
  source: 'oapi-facts.md sections 3 and 4.2, C',
  call: 'query',
  kind: 'enquiry',
  request: DATES_QUERY,
  answers: { CA11: { series: SERIES, from_date: TEXT, sequence_first: INT, items: INT } },
  named: TRADE_PARTS,
  answer(query, call) {
    const { CA11 } = call.answers;
    const asked = readDates(query, tradesThatFit(CA11.layout.size, call), call);
    if ('completion' in asked) return asked;
    const trades = call.gateway.core.tradesBetweenDates(call.session.id, asked.instrumentType, asked.range);
    const { series, from_date, sequence_first } = query;
    return answerOf(trades, call, (items) => CA11.encode({ series, from_date, sequence_first, items }, 'CA11'));
  },
});

function answerOf(
  outcome: Outcome<readonly Trade[]>,
  call: TradeCall,
  header: (items: number) => Buffer,
): TransactionAnswer {
  const { core, protocol, settings } = call.gateway;
  return reading(outcome, call, (trades) => {
    const encoding = { parts: call.named, protocol, settings, series: core.series.bind(core) };
    const items = trades.map((trade) => encodeItem(tradeSubItems(trade, encoding)));
    return found(Buffer.concat([header(trades.length), ...items]), trades.length, call);
  });
}

/** Trades of the greatest answer. */
function tradesThatFit(headerBytes: number, { named }: TradeCall): number {
  return Math.floor((MESSAGE_BYTES_MAX - headerBytes) / itemBytes([named[3].layout.size, named[20].layout.size]));
}
