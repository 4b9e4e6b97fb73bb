import { INSTRUMENT_GROUPS, instrumentClasses, SERIES_COUNTRY } from '../../clearing/instrument-class.ts';
import type { Trade } from '../../clearing/deal.ts';
import type { Outcome } from '../../clearing/rejection.ts';
import type { BusinessDate } from '../../time/instant.ts';
import { COMPLETION } from '../completion.ts';
import { MESSAGE_BYTES_MAX } from '../frame.ts';
import type { CallContext } from '../gateway-context.ts';
import type { Layout } from '../layout.ts';
import type { SeriesFields } from '../layouts.ts';
import { requestRefusal } from '../refusals.ts';
import { answerApiTradeHeader, answerMissingTradeHeader, queryApiTrade, queryMissingTrade } from '../trade-layouts.ts';
import { readQueryDate } from './query-date.ts';
import type { Transaction, TransactionAnswer } from './registry.ts';
import { encodeTrade, TRADE_ITEM_BYTES } from './trade-item.ts';

/**
 * CQ10, answered by CA10: trades of one instrument type and date from one sequence number to another (0: open end), as
 * many as an answer holds. A client goes on from the last number plus one until it finds nothing. oapi-facts.md section 3, C.
 */
export const missingTradeQuery: Transaction = {
  type: 'CQ10',
  answer(message, call) {
    const query = queryMissingTrade.decode(message);
    const wrong = wrongSeries(query.series, call) ?? wrongNumber(query, queryMissingTrade.layout);
    if (wrong) return wrong;
    const date = dateOf(query.date, call);
    if (!date) return wrongDate(query.date, call);
    const range = {
      first: query.sequence_first,
      last: query.sequence_last,
      limit: itemsMax(answerMissingTradeHeader.layout, call),
    };
    const found = call.gateway.core.tradesInSequence(call.session.id, instrumentType(query.series), date, range);
    return answerOf(found, call, (items) => answerMissingTradeHeader.encode({ type: 'CA10', items }));
  },
};

/**
 * CQ11, answered by CA11: the same over several dates, from a sequence number of the first one to a sequence number of
 * the last. The answer repeats where the query began (C).
 */
export const historicalTradeQuery: Transaction = {
  type: 'CQ11',
  answer(message, call) {
    const query = queryApiTrade.decode(message);
    const wrong = wrongSeries(query.series, call) ?? wrongNumber(query, queryApiTrade.layout);
    if (wrong) return wrong;
    const from = dateOf(query.from_date, call);
    if (!from) return wrongDate(query.from_date, call);
    const to = dateOf(query.to_date, call);
    if (!to) return wrongDate(query.to_date, call);
    const range = {
      from,
      first: query.sequence_first,
      to,
      last: query.sequence_last,
      limit: itemsMax(answerApiTradeHeader.layout, call),
    };
    const found = call.gateway.core.tradesBetweenDates(call.session.id, instrumentType(query.series), range);
    const { series, from_date, sequence_first } = query;
    return answerOf(found, call, (items) =>
      answerApiTradeHeader.encode({ type: 'CA11', series, from_date, sequence_first, items }),
    );
  },
};

function answerOf(
  found: Outcome<readonly Trade[]>,
  call: CallContext,
  header: (items: number) => Buffer,
): TransactionAnswer {
  const { core, settings } = call.gateway;
  const { statuses } = settings;
  if (!found.ok) {
    return { ...requestRefusal(found.rejection, statuses), outcome: 'refused', code: found.rejection.code };
  }
  const trades = found.value;
  const items = trades.map((trade) => encodeTrade(trade, { series: (name) => core.series(name), settings }));
  return {
    completion: COMPLETION.NORMAL,
    status: trades.length === 0 ? statuses.nothingFound : statuses.done,
    outcome: 'ok',
    rows: trades.length,
    message: Buffer.concat([header(trades.length), ...items]),
  };
}

/** Trades of the greatest answer, or fewer where the settings say so. */
function itemsMax(header: Layout, { gateway }: CallContext): number {
  return Math.min(gateway.settings.pageSize, Math.floor((MESSAGE_BYTES_MAX - header.bytes) / TRADE_ITEM_BYTES));
}

/** As `instrumentTypeOf` a series. */
function instrumentType(series: SeriesFields): string {
  return `${series.market}/${series.instrument_group}`;
}

// oapi-facts.md section 3: `series` must name a real instrument type, and sequences are numbered within one (ISESIM).
// ASSUMED: so a wildcard is refused; the country may be left out, as it is the same everywhere.
function wrongSeries(
  { country, market, instrument_group }: SeriesFields,
  call: CallContext,
): TransactionAnswer | undefined {
  const { statuses } = call.gateway.settings;
  const found = `market ${market}, instrument group ${instrument_group}`;
  if (market === 0 || instrument_group === 0) {
    const problem = `${found}; a sequence needs both, 0 is no wildcard here`;
    return refused(statuses.wildcardNotAllowed, 'wildcard-not-allowed', problem);
  }
  const isKnown = instrumentClasses().some(
    (each) => each.market === market && each.kinds.some((kind) => INSTRUMENT_GROUPS[kind].number === instrument_group),
  );
  if (isKnown && (country === 0 || country === SERIES_COUNTRY)) return undefined;
  return refused(
    statuses.invalidSeries,
    'unknown-instrument-type',
    `country ${country}, ${found}: no such instrument type`,
  );
}

// oapi-facts.md 1.5, -18: the status is the offset of the field.
function wrongNumber(
  query: { readonly sequence_first: number; readonly sequence_last: number },
  layout: Layout,
): TransactionAnswer | undefined {
  for (const name of ['sequence_first', 'sequence_last'] as const) {
    if (query[name] >= 0) continue;
    const offset = layout.fields.find((field) => field.name === name)?.offset ?? 0;
    const problem = `${name} is ${query[name]}; a sequence number is 0 or more`;
    return { completion: COMPLETION.FIELD_NOT_VALID, status: offset, outcome: 'invalid', problem };
  }
  return undefined;
}

function dateOf(text: string, { gateway }: CallContext): BusinessDate | undefined {
  const date = readQueryDate(text);
  return date === 'current' ? gateway.core.businessDate() : (date as BusinessDate | undefined);
}

function wrongDate(text: string, { gateway }: CallContext): TransactionAnswer {
  const problem = `"${text.replaceAll(/[^ -~]/g, '?')}" is no date; YYYYMMDD, or blank for the business date`;
  return refused(gateway.settings.statuses.invalidDate, 'date-not-valid', problem);
}

function refused(status: number, code: string, problem: string): TransactionAnswer {
  return { completion: COMPLETION.TRANSACTION_ABORTED, status, outcome: 'refused', code, problem };
}
