import { toCompactDate } from '../../time/instant.ts';
import { userPart } from '../calls/get-info.ts';
import { INT, list, optional, TEXT } from '../dictionary/shape.ts';
import { found, reading, refused } from './answers.ts';
import { keyOf, matchesInstrumentType, matchesSearch, WHOLE_PARTITION } from './series-fields.ts';
import { answerSegment } from './series-query.ts';
import { ACCOUNT, SERIES, TRADING_CODE } from './shapes.ts';
import { stampOf } from './stamp.ts';
import { partFields, PARTS } from './trade-parts.ts';
import { transaction } from './transaction.ts';

/** ASSUMED: those that wait; `instance` and `instance_next` are 0, as there is one. */
export const rectificationQuery = transaction({
  type: 'CQ14',
  meaning: 'rectifications that wait for a confirmation, by number',
  source: 'oapi-facts.md 4.2 and Appendix A, C',
  call: 'query',
  kind: 'enquiry',
  request: { series: SERIES, segment_number: INT, search_series: SERIES },
  answers: {
    CA14: {
      segment_number: INT,
      partition_low: SERIES,
      partition_high: SERIES,
      item: list({
        created_date: TEXT,
        created_time: TEXT,
        asof_date: optional(TEXT),
        asof_time: optional(TEXT),
        clearing_date: TEXT,
        orig_clearing_date: optional(TEXT),
        trading_code: TRADING_CODE,
        user_code: optional(TRADING_CODE),
        series: SERIES,
        trade_number: INT,
        rectify_trade_number: INT,
        state: INT,
        bought_or_sold: INT,
        new_account: ACCOUNT,
        account: ACCOUNT,
        trade_quantity: INT,
        deal_price: INT,
      }),
    },
  },
  answer(query, call) {
    const { core, settings, protocol } = call.gateway;
    const { numbers } = protocol;
    return reading(core.rectifications(call.session.id), call, (all) => {
      const rows = all
        .filter((each) => {
          const key = keyOf(each.series, core);
          return (
            each.state === 'holding' &&
            matchesInstrumentType(query.series, key) &&
            matchesSearch(query.search_series, key)
          );
        })
        .toSorted((a, b) => a.number - b.number);
      const { CA14 } = call.answers;
      return answerSegment(rows, query.segment_number, CA14.capacity, call, (segment) =>
        CA14.encode(
          {
            ...WHOLE_PARTITION,
            segment_number: segment.answered,
            item: segment.rows.map((row) => {
              const found = core.trade(call.session.id, row.trade);
              const trade = found.ok ? found.value : undefined;
              if (!trade) throw new Error(`rectification ${row.number} names trade ${row.trade}, which does not exist`);
              const created = stampOf(row.createdAt);
              const asOf = stampOf(trade.asOfAt);
              const member = { country_id: settings.countryId, ex_customer: row.participant };
              const user = {
                ...member,
                user_id: row.requestedBy === undefined ? '' : userPart(row.requestedBy, row.participant),
              };
              return {
                created_date: created.date,
                created_time: created.time,
                asof_date: asOf.date,
                asof_time: asOf.time,
                clearing_date: toCompactDate(row.clearingDate),
                orig_clearing_date: toCompactDate(trade.clearingDate),
                trading_code: user,
                user_code: user,
                series: keyOf(row.series, core),
                trade_number: row.trade,
                rectify_trade_number: row.number,
                state: numbers.of('rectification_state', row.state),
                bought_or_sold: numbers.of('bought_or_sold', trade.side),
                // ASSUMED: the account of the first part; CQ15 has them all. The quantity is that of all parts.
                new_account: { ...member, account_id: row.parts[0]?.account ?? '' },
                account: { ...member, account_id: trade.account },
                trade_quantity: row.parts.reduce((sum, part) => sum + part.quantity, 0),
                deal_price: trade.price,
              };
            }),
          },
          'CA14',
        ),
      );
    });
  },
});

export const rectificationPartsQuery = transaction({
  type: 'CQ15',
  meaning: 'the parts of a rectification',
  source: 'oapi-facts.md 4.2 and Appendix A, C',
  call: 'query',
  kind: 'enquiry',
  request: { series: SERIES, rectify_trade_number: INT },
  answers: { CA15: { item: PARTS } },
  answer({ rectify_trade_number: number }, call) {
    return reading(call.gateway.core.rectifications(call.session.id), call, (all) => {
      const rectification = all.find((each) => each.number === number);
      if (!rectification) {
        const problem = `rectification ${number}; the participant has none of this number`;
        return refused('requestNotPending', 'unknown-rectification', call, problem);
      }
      const item = rectification.parts.map((part) => partFields(part, call));
      return found(call.answers.CA15.encode({ item }, 'CA15'), item.length, call);
    });
  },
});
