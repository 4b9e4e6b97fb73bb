import { INT, list } from '../dictionary/shape.ts';
import { perform, reading, refused, refusedBy } from './answers.ts';
import { seriesOf } from './own-fields.ts';
import { otherSeries } from './rectification.ts';
import { keyOf, WHOLE_PARTITION } from './series-fields.ts';
import { answerSegment } from './series-query.ts';
import { SERIES } from './shapes.ts';
import { transaction } from './transaction.ts';

export const averagePriceTrade = transaction({
  type: 'CD32',
  meaning: 'makes one trade at the average price of several, up to 1,000',
  source: 'oapi-facts.md 4.2 and Appendix A, C',
  call: 'transaction',
  kind: 'post-trade',
  request: { series: SERIES, item: list({ trade_number: INT }) },
  answer(request, call) {
    const series = seriesOf(request.series, call);
    if ('completion' in series) return series;
    const trades = request.item.map((each) => each.trade_number);
    const first = call.gateway.core.trade(call.session.id, trades[0] ?? 0);
    if (!first.ok) return refusedBy(first.rejection, call);
    if (first.value && first.value.series !== series.name) return otherSeries(series.name, first.value.series, call);
    return perform({ do: 'make-average-price-trade', trades }, call);
  },
});

/** ASSUMED: asked by the number of the average price trade itself. */
export const averagePriceQuery = transaction({
  type: 'CQ36',
  meaning: 'the trades that an average price trade was made of',
  source: 'oapi-facts.md 4.2 and Appendix A, C',
  call: 'query',
  kind: 'enquiry',
  request: { series: SERIES, segment_number: INT, trade_number: INT },
  answers: {
    CA36: {
      series: SERIES,
      partition_low: SERIES,
      partition_high: SERIES,
      segment_number: INT,
      item: list({ trade_number: INT, quantity: INT }),
    },
  },
  answer(query, call) {
    const { core } = call.gateway;
    return reading(core.averagePriceTrades(call.session.id), call, (all) => {
      const asked = all.find((each) => each.trade === query.trade_number);
      if (!asked) {
        const problem = `trade ${query.trade_number}; it is no average price trade of the participant`;
        return refused('notAnAveragePriceTrade', 'not-an-average-price-trade', call, problem);
      }
      const { CA36 } = call.answers;
      return answerSegment(asked.members, query.segment_number, CA36.capacity, call, (segment) =>
        CA36.encode(
          {
            ...WHOLE_PARTITION,
            series: keyOf(asked.series, core),
            segment_number: segment.answered,
            item: segment.rows.map((number) => {
              const member = core.trade(call.session.id, number);
              return { trade_number: number, quantity: member.ok ? (member.value?.quantity ?? 0) : 0 };
            }),
          },
          'CA36',
        ),
      );
    });
  },
});
