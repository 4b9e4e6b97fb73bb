import type { InformationSignal } from '../../clearing/feed/records.ts';
import { toCompactDate, type BusinessDate } from '../../time/instant.ts';
import { INT, list, optional, TEXT } from '../dictionary/shape.ts';
import type { Protocol } from '../protocol.ts';
import { reading } from './answers.ts';
import { readQueryDate } from './query-date.ts';
import { wrongDate } from './sequence.ts';
import { ANY_SERIES } from './series-fields.ts';
import { answerSegment } from './series-query.ts';
import { SERIES } from './shapes.ts';
import { stampOf } from './stamp.ts';
import { transaction } from './transaction.ts';

/** A signal, as UA9 lists it and BI7 tells it. */
export const SIGNAL = {
  series: SERIES,
  info_type: INT,
  business_date: TEXT,
  clearing_date: optional(TEXT),
  sent_date: TEXT,
  sent_time: TEXT,
} as const;

/** ASSUMED: a signal concerns every series, so its series is zeros; its clearing date is the business date. */
export function signalFields({ kind, businessDate, at }: InformationSignal, { numbers }: Protocol) {
  const sent = stampOf(at);
  return {
    series: ANY_SERIES,
    info_type: numbers.of('information_type', kind),
    business_date: toCompactDate(businessDate),
    clearing_date: toCompactDate(businessDate),
    sent_date: sent.date,
    sent_time: sent.time,
  };
}

/** A client asks it after a reconnection, for the BI7 that it has missed. */
export const signalsSentQuery = transaction({
  type: 'UQ9',
  meaning: 'signals of a business date that information is ready',
  source: 'oapi-facts.md 4.2 and Appendix A, C',
  call: 'query',
  kind: 'enquiry',
  request: { segment_number: INT, business_date: TEXT, seq_num_srm: optional(INT) },
  answers: { UA9: { segment_number: INT, item: list({ ...SIGNAL, seq_num_srm: optional(INT) }) } },
  answer(query, call) {
    const { core, protocol } = call.gateway;
    const asked = readQueryDate(query.business_date);
    if (!asked) return wrongDate(query.business_date, call);
    const date = asked === 'current' ? core.businessDate() : (asked as BusinessDate);
    return reading(core.signals(call.session.id, date), call, (signals) => {
      // ASSUMED: the number asks for the signals from it on; 0 for all.
      const rows = signals.filter((each) => each.number >= (query.seq_num_srm ?? 0));
      const { UA9 } = call.answers;
      return answerSegment(rows, query.segment_number, UA9.capacity, call, (segment) =>
        UA9.encode(
          {
            segment_number: segment.answered,
            item: segment.rows.map((each) => ({ ...signalFields(each, protocol), seq_num_srm: each.number })),
          },
          'UA9',
        ),
      );
    });
  },
});
