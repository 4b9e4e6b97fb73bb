import { startOfDay, toCompactDate, type BusinessDate } from '../../time/instant.ts';
import { INT, optional, TEXT } from '../dictionary/shape.ts';
import { MESSAGE_BYTES_MAX } from '../frame.ts';
import type { CallContext } from '../gateway-context.ts';
import { encodeItem, itemBytes } from '../variable-message.ts';
import { found, refusedBy } from './answers.ts';
import { isListed, seriesNamedBy, type ListedSeries } from './listed-series.ts';
import { segmentOf } from './segments.ts';
import { seriesItem } from './series-list.ts';
import { SERIES_QUERY } from './series-query.ts';
import { SERIES, TIME_STAMP } from './shapes.ts';
import { transaction, type Codecs } from './transaction.ts';

const PARTS = {
  37001: { download_ref_number: INT, full_answer_timestamp: TIME_STAMP, full_answer: INT },
  37002: { series: SERIES },
  37301: {
    series: SERIES,
    step_size_multiple: optional(INT),
    ins_id: TEXT,
    long_ins_id: optional(TEXT),
    date_last_trading: TEXT,
    series_status: optional(INT),
    suspended: optional(INT),
    traded_in_click: optional(INT),
    db_operation: optional(INT),
    traded: optional(INT),
  },
  37302: { contract_size: INT, price_quot_factor: optional(INT), effective_exp_date: optional(TEXT) },
  37310: { orderbook_id: INT },
} as const;

type DeltaCall = CallContext & { readonly named: Codecs<typeof PARTS> };

/**
 * ASSUMED: the reference number is the business date as YYYYMMDD, since the series of a day never change. A client that
 * names an earlier date that is kept gets what has expired since, one that names the current date nothing, and any
 * other reference (-1 and 0 are none) everything. The header item stands first in the first segment only.
 */
export const seriesDeltaQuery = transaction({
  type: 'DQ124',
  meaning: 'the series that are listed, or what has changed in them since a download',
  source: 'oapi-facts.md section 3, 4.2 and Appendix A, C',
  call: 'query',
  kind: 'enquiry',
  request: { ...SERIES_QUERY, download_ref_number: INT, full_answer_timestamp: TIME_STAMP },
  answers: { DA124: { items: INT, size: INT, segment_number: INT } },
  named: PARTS,
  answer(query, call) {
    const { core, protocol } = call.gateway;
    const dates = core.positionDates(call.session.id);
    if (!dates.ok) return refusedBy(dates.rejection, call);
    const since = dates.value.find((date) => referenceOf(date) === query.download_ref_number);
    const named = seriesNamedBy(query.series, call);
    const changes =
      since === undefined ? named.filter((each) => isListed(each, call)) : expiredSince(since, named, call);

    const { DA124 } = call.answers;
    const segment = segmentOf(changes, query.segment_number, itemsThatFit(DA124.layout.size, call), call);
    if ('completion' in segment) return segment;
    const businessDate = core.businessDate();
    const header = call.named[37001].encode({
      download_ref_number: referenceOf(businessDate),
      // ASSUMED: when the full answer was made that the client now has; ours are as of midnight, Hong Kong Time.
      full_answer_timestamp:
        since === undefined
          ? { seconds: startOfDay(businessDate) / 1_000, nanoseconds: 0 }
          : query.full_answer_timestamp,
      full_answer: protocol.numbers.of('yes_no', since === undefined ? 'yes' : 'no'),
    });
    const items = [
      ...(segment.number === 1 ? [encodeItem([{ namedStruct: 37001, body: header }])] : []),
      ...segment.rows.map((each) => (since === undefined ? listedItem(each, call) : removedItem(each, call))),
    ];
    const body = Buffer.concat(items);
    // ASSUMED: the size is that of the whole message.
    const size = DA124.layout.size + body.length;
    const head = DA124.encode({ items: items.length, size, segment_number: segment.answered }, 'DA124');
    return found(Buffer.concat([head, body]), segment.rows.length, call, { segment: segment.number });
  },
});

function referenceOf(date: BusinessDate): number {
  return Number(toCompactDate(date));
}

function expiredSince(since: BusinessDate, named: readonly ListedSeries[], call: CallContext): readonly ListedSeries[] {
  return named.filter((each) => each.series.expiryDate >= since && !isListed(each, call));
}

function listedItem(row: ListedSeries, call: DeltaCall): Buffer {
  const { numbers } = call.gateway.protocol;
  const item = seriesItem(row, call);
  const basic = { ...item, db_operation: numbers.of('db_operation', 'insert'), traded: numbers.of('yes_no', 'yes') };
  return encodeItem([
    { namedStruct: 37301, body: call.named[37301].encode(basic) },
    { namedStruct: 37302, body: call.named[37302].encode(item) },
    { namedStruct: 37310, body: call.named[37310].encode({ orderbook_id: row.number }) },
  ]);
}

function removedItem({ key }: ListedSeries, { named }: DeltaCall): Buffer {
  return encodeItem([{ namedStruct: 37002, body: named[37002].encode({ series: key }) }]);
}

/** Series of the greatest answer, beside the header item. */
function itemsThatFit(headerBytes: number, { named }: DeltaCall): number {
  const bytesOf = (numbers: readonly (keyof typeof PARTS)[]): number =>
    itemBytes(numbers.map((number) => named[number].layout.size));
  return Math.floor((MESSAGE_BYTES_MAX - headerBytes - bytesOf([37001])) / bytesOf([37301, 37302, 37310]));
}
