import {
  INSTRUMENT_GROUPS,
  instrumentClasses,
  MARKETS,
  SERIES_COUNTRY,
  type SeriesKind,
} from '../../clearing/instrument-class.ts';
import type { ClearingHouse } from '../../clearing/participant.ts';
import { INT, list, optional, TEXT } from '../dictionary/shape.ts';
import { ANY_SERIES } from './series-fields.ts';
import { answerSegment, isAskedFor, SERIES_QUERY } from './series-query.ts';
import { SERIES } from './shapes.ts';
import { transaction } from './transaction.ts';

const KINDS = Object.keys(INSTRUMENT_GROUPS) as readonly SeriesKind[];
const CLEARING_HOUSES = Object.keys(MARKETS) as readonly ClearingHouse[];

/** Every instrument type, which is a market and an instrument group, by number. */
export const INSTRUMENT_TYPES = CLEARING_HOUSES.flatMap((clearingHouse) => {
  const ofMarket = instrumentClasses().filter((each) => each.clearingHouse === clearingHouse);
  return KINDS.filter((kind) => ofMarket.some(({ kinds }) => kinds.includes(kind))).map((kind) => ({
    key: {
      country: SERIES_COUNTRY,
      market: MARKETS[clearingHouse].number,
      instrument_group: INSTRUMENT_GROUPS[kind].number,
    },
    // ASSUMED: `SEOCHPUT`, at most 8 characters; HKEX's names are not public.
    id: `${clearingHouse}${kind.slice(0, 3).toUpperCase()}`,
    name: `${clearingHouse} ${INSTRUMENT_GROUPS[kind].name}`,
  }));
});

export const instrumentQuery = transaction({
  type: 'DQ3',
  meaning: 'instrument types: each market with its instrument groups',
  source: 'oapi-facts.md section 3 and Appendix A, C',
  call: 'query',
  kind: 'enquiry',
  request: SERIES_QUERY,
  answers: {
    DA3: {
      segment_number: INT,
      item: list({
        series: SERIES,
        int_id: optional(TEXT),
        name: TEXT,
        maintain_positions: optional(INT),
        traded: optional(INT),
        post_trade_proc: optional(INT),
      }),
    },
  },
  answer(query, call) {
    const { DA3 } = call.answers;
    const yes = call.gateway.protocol.numbers.of('yes_no', 'yes');
    const rows = INSTRUMENT_TYPES.filter(({ key }) => isAskedFor(query.series, key));
    return answerSegment(rows, query.segment_number, DA3.capacity, call, (segment) => {
      const item = segment.rows.map(({ key, id, name }) => ({
        series: { ...ANY_SERIES, ...key },
        int_id: id,
        name,
        maintain_positions: yes,
        traded: yes,
        post_trade_proc: yes,
      }));
      return DA3.encode({ segment_number: segment.answered, item }, 'DA3');
    });
  },
});

export const marketQuery = transaction({
  type: 'DQ7',
  meaning: 'markets: one for each clearing house',
  source: 'oapi-facts.md Appendix A, C',
  call: 'query',
  kind: 'enquiry',
  request: SERIES_QUERY,
  answers: {
    DA7: { segment_number: INT, item: list({ country: INT, market: INT, name: TEXT, mar_id: optional(TEXT) }) },
  },
  answer(query, call) {
    const { DA7 } = call.answers;
    const rows = CLEARING_HOUSES.map((clearingHouse) => {
      const { number, name } = MARKETS[clearingHouse];
      return { country: SERIES_COUNTRY, market: number, name, mar_id: clearingHouse };
    }).filter(({ country, market }) => isAskedFor(query.series, { country, market }));
    return answerSegment(rows, query.segment_number, DA7.capacity, call, (segment) =>
      DA7.encode({ segment_number: segment.answered, item: segment.rows }, 'DA7'),
    );
  },
});

export const instrumentGroupQuery = transaction({
  type: 'DQ8',
  meaning: 'instrument groups: futures, calls and puts',
  source: 'oapi-facts.md Appendix A, C',
  call: 'query',
  kind: 'enquiry',
  request: SERIES_QUERY,
  answers: {
    DA8: { segment_number: INT, item: list({ instrument_group: INT, name: TEXT, ing_id: optional(TEXT) }) },
  },
  answer(query, call) {
    const { DA8 } = call.answers;
    const rows = KINDS.map((kind) => {
      const { number, name } = INSTRUMENT_GROUPS[kind];
      return { instrument_group: number, name, ing_id: kind.slice(0, 3).toUpperCase() };
    }).filter(({ instrument_group }) => isAskedFor(query.series, { instrument_group }));
    return answerSegment(rows, query.segment_number, DA8.capacity, call, (segment) =>
      DA8.encode({ segment_number: segment.answered, item: segment.rows }, 'DA8'),
    );
  },
});
