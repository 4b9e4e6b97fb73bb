import { toCompactDate } from '../../time/instant.ts';
import type { CallContext } from '../gateway-context.ts';
import { INT, list, optional, TEXT } from '../dictionary/shape.ts';
import { isListed, seriesNamedBy, type ListedSeries } from './listed-series.ts';
import { answerSegment, SERIES_QUERY } from './series-query.ts';
import { SERIES } from './shapes.ts';
import { transaction } from './transaction.ts';

export const seriesQuery = transaction({
  type: 'DQ2',
  meaning: 'the series that are listed',
  source: 'oapi-facts.md 4.2 and Appendix A, C',
  call: 'query',
  kind: 'enquiry',
  request: SERIES_QUERY,
  answers: {
    DA2: {
      segment_number: INT,
      item: list({
        series: SERIES,
        contract_size: INT,
        price_quot_factor: optional(INT),
        step_size_multiple: optional(INT),
        ins_id: TEXT,
        long_ins_id: optional(TEXT),
        suspended: optional(INT),
        series_status: optional(INT),
        traded_in_click: optional(INT),
        date_last_trading: TEXT,
        effective_exp_date: optional(TEXT),
      }),
    },
  },
  answer(query, call) {
    const { DA2 } = call.answers;
    const rows = seriesNamedBy(query.series, call).filter((each) => isListed(each, call));
    return answerSegment(rows, query.segment_number, DA2.capacity, call, (segment) =>
      DA2.encode({ segment_number: segment.answered, item: segment.rows.map((row) => seriesItem(row, call)) }, 'DA2'),
    );
  },
});

/** What DA2 and the series delta tell of a series. ASSUMED: the series name is the instrument id; factor and step are 1. */
export function seriesItem({ series, key }: ListedSeries, { gateway }: CallContext) {
  const { numbers } = gateway.protocol;
  return {
    series: key,
    contract_size: series.instrumentClass.contractSize,
    price_quot_factor: 1,
    step_size_multiple: 1,
    ins_id: series.name,
    long_ins_id: series.name,
    suspended: numbers.of('yes_no', 'no'),
    series_status: numbers.of('series_status', 'active'),
    traded_in_click: numbers.of('yes_no', 'yes'),
    date_last_trading: toCompactDate(series.lastTradingDay),
    effective_exp_date: toCompactDate(series.expiryDate),
  };
}
