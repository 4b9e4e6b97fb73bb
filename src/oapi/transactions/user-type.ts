import { authorisationOf } from '../authorisation.ts';
import { INT, list, optional, TEXT, TYPE } from '../dictionary/shape.ts';
import { answerSegment, SERIES_QUERY } from './series-query.ts';
import { transaction } from './transaction.ts';

/**
 * What the user may send and receive. ASSUMED: an external user, no trader; the series of the query is not looked at. A
 * type that the dictionary has no layout for is not listed: nobody may send it.
 */
export const userTypeQuery = transaction({
  type: 'DQ30',
  meaning:
    'the user type of the session, with the transactions that it may send and the broadcasts that it may receive',
  source: 'oapi-facts.md section 2 and Appendix A, C',
  call: 'query',
  kind: 'enquiry',
  request: SERIES_QUERY,
  answers: {
    DA30: {
      segment_number: INT,
      ust_id: TEXT,
      ext_or_int: INT,
      is_trader: INT,
      program_trader: optional(INT),
      item: list({ type: TYPE, trans_or_bdx: INT }),
    },
  },
  answer(query, call) {
    const { DA30 } = call.answers;
    const { protocol } = call.gateway;
    const { numbers } = protocol;
    const { userType, mayCall, mayReceive } = authorisationOf(call.session.user, call.gateway);
    const [calls, broadcasts] = [[...protocol.transactions.keys()], [...protocol.broadcasts.byType.keys()]];
    const rows = [
      ...calls.filter(mayCall).map((type) => ({ type, trans_or_bdx: numbers.of('trans_or_bdx', 'transaction') })),
      ...broadcasts.filter(mayReceive).map((type) => ({ type, trans_or_bdx: numbers.of('trans_or_bdx', 'broadcast') })),
    ];
    const no = numbers.of('yes_no', 'no');
    const EXTERNAL = 1; // ASSUMED: the numbers of this field are not public.
    return answerSegment(rows, query.segment_number, DA30.capacity, call, (segment) =>
      DA30.encode(
        {
          segment_number: segment.answered,
          ust_id: userType,
          ext_or_int: EXTERNAL,
          is_trader: no,
          program_trader: no,
          item: segment.rows,
        },
        'DA30',
      ),
    );
  },
});
