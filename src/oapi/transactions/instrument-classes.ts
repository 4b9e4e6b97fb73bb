import { INSTRUMENT_GROUPS, instrumentClasses, SERIES_COUNTRY } from '../../clearing/instrument-class.ts';
import { INT, list, optional, TEXT } from '../dictionary/shape.ts';
import { ANY_SERIES, compareSeries } from './series-fields.ts';
import { answerSegment, isAskedFor, SERIES_QUERY } from './series-query.ts';
import { SERIES } from './shapes.ts';
import { transaction } from './transaction.ts';

const NAME_CHARACTERS = 32; // oapi-facts.md Appendix A: name c32 (C).

/** One row for each kind of series of a class; its key has country, market, instrument group and commodity. */
const ROWS = instrumentClasses()
  .flatMap((ofClass) =>
    ofClass.kinds.map((kind) => {
      const key = {
        country: SERIES_COUNTRY,
        market: ofClass.market,
        instrument_group: INSTRUMENT_GROUPS[kind].number,
        commodity: ofClass.commodity,
      };
      // ASSUMED: what identifies a class, and that a long name is cut.
      return { ofClass, key, id: `${ofClass.code} ${kind}`, name: ofClass.name.slice(0, NAME_CHARACTERS).trimEnd() };
    }),
  )
  .toSorted((a, b) => compareSeries({ ...ANY_SERIES, ...a.key }, { ...ANY_SERIES, ...b.key }));

/** Tick sizes and block sizes are for orders: none are given. */
export const instrumentClassQuery = transaction({
  type: 'DQ10',
  meaning: 'instrument classes: contract sizes, and how many decimals prices and strikes have',
  source: 'oapi-facts.md sections 3, 4.2 and Appendix A, C',
  call: 'query',
  kind: 'enquiry',
  request: SERIES_QUERY,
  answers: {
    DA10: {
      segment_number: INT,
      item: list({
        series: SERIES,
        price_quot_factor: optional(INT),
        contract_size: INT,
        dec_in_strike_price: INT,
        dec_in_premium: INT,
        dec_in_fixing: optional(INT),
        base_cur: optional(TEXT),
        traded: optional(INT),
        inc_id: optional(TEXT),
        name: TEXT,
        settl_cur_id: optional(TEXT),
      }),
    },
  },
  answer(query, call) {
    const { DA10 } = call.answers;
    const { numbers } = call.gateway.protocol;
    const rows = ROWS.filter(({ key }) => isAskedFor(query.series, key));
    return answerSegment(rows, query.segment_number, DA10.capacity, call, (segment) =>
      DA10.encode(
        {
          segment_number: segment.answered,
          item: segment.rows.map(({ ofClass, key, id, name }) => ({
            series: { ...ANY_SERIES, ...key },
            price_quot_factor: 1, // ASSUMED.
            contract_size: ofClass.contractSize,
            dec_in_strike_price: ofClass.strikeDecimals,
            dec_in_premium: ofClass.priceDecimals,
            dec_in_fixing: ofClass.priceDecimals,
            base_cur: 'HKD',
            traded: numbers.of('yes_no', 'yes'),
            inc_id: id,
            name,
            settl_cur_id: 'HKD',
          })),
        },
        'DA10',
      ),
    );
  },
});
