import { toCompactDate } from '../../time/instant.ts';
import { INT, TEXT } from '../dictionary/shape.ts';
import { found, reading } from './answers.ts';
import { ownAccount, seriesOf } from './own-fields.ts';
import { positionDate, wrongAccount } from './position-filter.ts';
import { seriesFields, WHOLE_PARTITION } from './series-fields.ts';
import { ACCOUNT, SERIES } from './shapes.ts';
import { transaction } from './transaction.ts';

/** ASSUMED: a position that does not exist is answered as nothing found, with zeros. */
export const positionAtDateQuery = transaction({
  type: 'CQ122',
  meaning: 'one position at a business date',
  source: 'oapi-facts.md 4.2 and Appendix A, C',
  call: 'query',
  kind: 'enquiry',
  request: { series: SERIES, account: ACCOUNT, date: TEXT },
  answers: {
    CA122: {
      partition_low: SERIES,
      partition_high: SERIES,
      series: SERIES,
      account: ACCOUNT,
      nbr_held: INT,
      nbr_written: INT,
      qty_closed_out: INT,
      date: TEXT,
    },
  },
  answer(query, call) {
    const { core, settings } = call.gateway;
    const wrong = wrongAccount(query.account, call);
    if (wrong) return wrong;
    const account = ownAccount(query.account, ['account'], call);
    const series = seriesOf(query.series, call);
    if ('completion' in series) return series;
    const date = positionDate(query.date, call);
    if (typeof date === 'object') return date;
    return reading(core.positionsOf(call.session.id, date), call, (positions) => {
      const position = positions.find((each) => each.account === account && each.series === series.name);
      const message = call.answers.CA122.encode(
        {
          ...WHOLE_PARTITION,
          series: seriesFields(series.key),
          account: {
            country_id: settings.countryId,
            ex_customer: call.session.participant,
            account_id: account,
          },
          nbr_held: position?.held ?? 0,
          nbr_written: position?.written ?? 0,
          qty_closed_out: position?.closedOut ?? 0,
          date: toCompactDate(date),
        },
        'CA122',
      );
      return found(message, position ? 1 : 0, call);
    });
  },
});
