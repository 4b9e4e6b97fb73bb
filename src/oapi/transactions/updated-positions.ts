import { INT, list, TEXT } from '../dictionary/shape.ts';
import { reading } from './answers.ts';
import { accountMatcher, wrongAccount } from './position-filter.ts';
import { rowsOf, sorted } from './positions.ts';
import { readQueryInstant } from './query-instant.ts';
import { matchesInstrumentType, matchesSearch, WHOLE_PARTITION } from './series-fields.ts';
import { answerSegment } from './series-query.ts';
import { SEARCH_ACCOUNT, SERIES } from './shapes.ts';
import { stamps } from './stamp.ts';
import { transaction } from './transaction.ts';
import { UPDATED_POSITION, updatedPosition } from './updated-position-item.ts';

export const updatedPositionQuery = transaction({
  type: 'CQ40',
  meaning: 'positions of the current business date that changed at or after a time',
  source: 'oapi-facts.md 4.2 and Appendix A, C',
  call: 'query',
  kind: 'enquiry',
  request: {
    series: SERIES,
    search_series: SERIES,
    account: SEARCH_ACCOUNT,
    segment_number: INT,
    modified_date: TEXT,
    modified_time: TEXT,
  },
  answers: {
    CA40: { partition_low: SERIES, partition_high: SERIES, segment_number: INT, item: list(UPDATED_POSITION) },
  },
  answer(query, call) {
    const { core, settings } = call.gateway;
    const wrong = wrongAccount(query.account, call);
    if (wrong) return wrong;
    const since = readQueryInstant(query.modified_date, query.modified_time, 'first', call);
    if (typeof since === 'object') return since;
    const isAsked = accountMatcher(query.account);
    return reading(core.positionsOf(call.session.id, core.businessDate()), call, (positions) => {
      const changed = positions.filter((each) => isAsked(each) && (since === undefined || each.modifiedAt >= since));
      const rows = sorted(
        rowsOf(changed, call).filter(
          ({ key }) => matchesInstrumentType(query.series, key) && matchesSearch(query.search_series, key),
        ),
      );
      const { CA40 } = call.answers;
      const stampOf = stamps();
      return answerSegment(rows, query.segment_number, CA40.capacity, call, (segment) =>
        CA40.encode(
          {
            ...WHOLE_PARTITION,
            segment_number: segment.answered,
            item: segment.rows.map(({ position, key }) =>
              updatedPosition(position, {
                key,
                countryId: settings.countryId,
                modified: stampOf(position.modifiedAt),
              }),
            ),
          },
          'CA40',
        ),
      );
    });
  },
});
