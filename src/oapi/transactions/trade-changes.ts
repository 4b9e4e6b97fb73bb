import type { TradeChange } from '../../clearing/feed/records.ts';
import { INT, list, TEXT } from '../dictionary/shape.ts';
import type { GatewayContext } from '../gateway-context.ts';
import { found, reading } from './answers.ts';
import { readSequence, SEQUENCE_QUERY } from './sequence.ts';
import { keyOf } from './series-fields.ts';
import { SERIES } from './shapes.ts';
import { stampOf } from './stamp.ts';
import { transaction } from './transaction.ts';

/** A changed trade, as CA39 and BD39 carry it: oapi-facts.md Appendix A, C. Its values are those of its time. */
export const TRADE_CHANGE = {
  series: SERIES,
  trade_number: INT,
  sequence_number: INT,
  trade_state: INT,
  give_up_state: INT,
  rem_quantity: INT,
  modified_date: TEXT,
  modified_time: TEXT,
} as const;

export function tradeChangeFields(change: TradeChange, { core, protocol }: Pick<GatewayContext, 'core' | 'protocol'>) {
  const modified = stampOf(change.modifiedAt);
  return {
    series: keyOf(change.series, core),
    trade_number: change.trade,
    sequence_number: change.sequence,
    trade_state: protocol.numbers.of('trade_state', change.state),
    give_up_state: protocol.numbers.of('give_up_state', change.giveUpState),
    rem_quantity: change.remainingQuantity,
    modified_date: modified.date,
    modified_time: modified.time,
  };
}

/** A client goes on from the last number plus one until it finds nothing. */
export const missingTradeChangeQuery = transaction({
  type: 'CQ39',
  meaning: 'changes of trades of one instrument type and business date, by sequence number',
  source: 'oapi-facts.md sections 3 and 4.2, C',
  call: 'query',
  kind: 'enquiry',
  request: SEQUENCE_QUERY,
  answers: { CA39: { item: list(TRADE_CHANGE) } },
  answer(query, call) {
    const { CA39 } = call.answers;
    const { core } = call.gateway;
    const asked = readSequence(query, CA39.capacity, call);
    if ('completion' in asked) return asked;
    const { instrumentType, date, range } = asked;
    return reading(core.tradeChangesInSequence(call.session.id, instrumentType, date, range), call, (rows) =>
      found(CA39.encode({ item: rows.map((row) => tradeChangeFields(row, call.gateway)) }, 'CA39'), rows.length, call),
    );
  },
});
