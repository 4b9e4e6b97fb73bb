import { instrumentClasses } from '../../clearing/instrument-class.ts';
import { INT, list, optional, TEXT } from '../dictionary/shape.ts';
import { answerSegment, isAskedFor, SERIES_QUERY } from './series-query.ts';
import { transaction } from './transaction.ts';

const NAME_CHARACTERS = 32; // oapi-facts.md Appendix A: name c32 (C).

/** ASSUMED: each class has a commodity of its own, also where two are on one index, as a mini contract is. */
export const underlyingQuery = transaction({
  type: 'DQ4',
  meaning: 'underlyings, by commodity number',
  source: 'oapi-facts.md section 3 and Appendix A, C',
  call: 'query',
  kind: 'enquiry',
  request: SERIES_QUERY,
  answers: {
    DA4: {
      segment_number: INT,
      item: list({
        commodity: INT,
        com_id: TEXT,
        name: TEXT,
        dec_in_price: INT,
        base_cur: optional(TEXT),
        deliverable: optional(INT),
      }),
    },
  },
  answer(query, call) {
    const { DA4 } = call.answers;
    const { numbers } = call.gateway.protocol;
    const rows = instrumentClasses()
      .filter(({ commodity }) => isAskedFor(query.series, { commodity }))
      .toSorted((a, b) => a.commodity - b.commodity);
    return answerSegment(rows, query.segment_number, DA4.capacity, call, (segment) => {
      const item = segment.rows.map(({ commodity, code, name, priceDecimals, settlement }) => ({
        commodity,
        com_id: code,
        name: name.slice(0, NAME_CHARACTERS).trimEnd(),
        dec_in_price: priceDecimals,
        base_cur: 'HKD',
        deliverable: numbers.of('yes_no', settlement === 'physical' ? 'yes' : 'no'),
      }));
      return DA4.encode({ segment_number: segment.answered, item }, 'DA4');
    });
  },
});
