import type { ClearingEvent } from '../../clearing/event.ts';
import { INT } from '../dictionary/shape.ts';
import type { Situation } from '../../family/status-names.ts';
import { perform, reading, refused } from './answers.ts';
import { seriesOf } from './own-fields.ts';
import { SERIES, type SeriesFields } from './shapes.ts';
import { PARTS, readParts } from './trade-parts.ts';
import { transaction, type RequestContext, type TransactionAnswer } from './transaction.ts';

export const tradeRectification = transaction({
  type: 'CD28',
  meaning: 'books a trade anew into up to 100 parts; some wait for a confirmation',
  source: 'oapi-facts.md 4.2 and Appendix A, C',
  call: 'transaction',
  kind: 'post-trade',
  request: { series: SERIES, trade_number: INT, item: PARTS },
  answer(request, call) {
    const parts = readParts(request.item, call);
    const { trade_number: trade } = request;
    return (
      tradeOfSeries(trade, request.series, call) ?? perform({ do: 'rectify-trade', trade, parts }, call, doneOrHolding)
    );
  },
});

// oapi-facts.md 4.2: 704005 where it waits (C).
function doneOrHolding(events: readonly ClearingEvent[]): Situation {
  return events.some((each) => each.type === 'rectification-changed' && each.rectification.state === 'holding')
    ? 'holding'
    : 'done';
}

export const rectificationConfirmation = transaction({
  type: 'CC11',
  meaning: 'confirms or rejects a rectification that waits',
  source: 'oapi-facts.md 4.2 and Appendix A, C; the numbers from memory',
  call: 'transaction',
  kind: 'post-trade',
  request: { series: SERIES, rectify_trade_number: INT, confirm_reject: INT },
  answer(request, call) {
    const { numbers } = call.gateway.protocol;
    const word = numbers.word('confirm_reject', request.confirm_reject);
    if (!word) {
      throw call.badField(
        ['confirm_reject'],
        `${request.confirm_reject}; allowed are ${numbers.allowed('confirm_reject')}`,
      );
    }
    const series = seriesOf(request.series, call);
    if ('completion' in series) return series;
    const { rectify_trade_number: rectification } = request;
    return reading(call.gateway.core.rectifications(call.session.id), call, (all) => {
      const found = all.find((each) => each.number === rectification);
      if (found && found.series !== series.name) return otherSeries(series.name, found.series, call);
      return perform({ do: `${word}-rectification`, rectification }, call);
    });
  },
});

/** Why not: the series of the message is not the trade's. One that is not there is the model's to refuse. */
export function tradeOfSeries(
  number: number,
  fields: SeriesFields,
  call: RequestContext,
): TransactionAnswer | undefined {
  const series = seriesOf(fields, call);
  if ('completion' in series) return series;
  const found = call.gateway.core.trade(call.session.id, number);
  if (!found.ok || !found.value || found.value.series === series.name) return undefined;
  return otherSeries(series.name, found.value.series, call);
}

/** ASSUMED: a message names the series of what it is about, and no other. */
export function otherSeries(found: string, expected: string, call: RequestContext): TransactionAnswer {
  return refused('invalidSeries', 'other-series', call, `series ${found}; ${expected} is the trade's`);
}
