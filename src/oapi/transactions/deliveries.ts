import { INT, list, TEXT } from '../dictionary/shape.ts';
import { found, reading } from './answers.ts';
import { DELIVERY, deliveryFields } from './delivery-item.ts';
import { DATES_QUERY, readDates, readSequence, SEQUENCE_QUERY } from './sequence.ts';
import { SERIES } from './shapes.ts';
import { transaction } from './transaction.ts';

/** A client goes on from the last number plus one until it finds nothing. */
export const missingDeliveryQuery = transaction({
  type: 'CQ52',
  meaning: 'deliveries of one instrument type and business date, by sequence number',
  source: 'oapi-facts.md sections 3 and 4.2, C',
  call: 'query',
  kind: 'enquiry',
  request: SEQUENCE_QUERY,
  answers: { CA52: { item: list(DELIVERY) } },
  answer(query, call) {
    const { CA52 } = call.answers;
    const { core } = call.gateway;
    const asked = readSequence(query, CA52.capacity, call);
    if ('completion' in asked) return asked;
    return reading(
      core.deliveriesInSequence(call.session.id, asked.instrumentType, asked.date, asked.range),
      call,
      (rows) =>
        found(CA52.encode({ item: rows.map((row) => deliveryFields(row, call.gateway)) }, 'CA52'), rows.length, call),
    );
  },
});

/** The answer repeats where the query began (C). */
export const historicalDeliveryQuery = transaction({
  type: 'CQ53',
  meaning: 'deliveries of one instrument type over several business dates, by sequence number',
  source: 'oapi-facts.md sections 3 and 4.2, C',
  call: 'query',
  kind: 'enquiry',
  request: DATES_QUERY,
  answers: { CA53: { series: SERIES, from_date: TEXT, sequence_first: INT, item: list(DELIVERY) } },
  answer(query, call) {
    const { CA53 } = call.answers;
    const { core } = call.gateway;
    const asked = readDates(query, CA53.capacity, call);
    if ('completion' in asked) return asked;
    const { series, from_date, sequence_first } = query;
    return reading(core.deliveriesBetweenDates(call.session.id, asked.instrumentType, asked.range), call, (rows) => {
      const item = rows.map((row) => deliveryFields(row, call.gateway));
      return found(CA53.encode({ series, from_date, sequence_first, item }, 'CA53'), rows.length, call);
    });
  },
});
