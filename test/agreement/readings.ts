import type { Simulator } from '../../src/index.ts';
import { instrumentClasses, INSTRUMENT_GROUPS } from '../../src/clearing/instrument-class.ts';
import { formatScaled } from '../../src/clearing/price.ts';
import type { SeriesFields } from '../../src/oapi/transactions/shapes.ts';
import { read, type AnswerPosition } from '../oapi/messages.ts';
import { seriesFields } from '../../src/oapi/transactions/series-fields.ts';
import { ANY, connect, downloadTrades, positionQueryMessage, type OapiClient } from '../oapi/client.ts';
import { curlAt } from '../support/online-by-curl.ts';
import { SMALL_DAY_PASSWORD } from '../support/simulator.ts';
import { series as parseSeries } from '../support/world.ts';
import { downloadReport, fromCsv, fromHtml, fromJson, type Row } from './readers.ts';

// What each window shows of one participant, in the same words, so that it can be compared whole: numbers without
// grouping, prices with their decimals, times to the second.

/** Everything that a participant's user finds in one window. */
export interface Reading {
  readonly trades: readonly Row[];
  readonly positions: readonly Row[];
}

export type WindowName = 'html' | 'csv' | 'json' | 'oapi' | 'report';

export async function readAllWindows(
  sim: Simulator,
  participant: string,
  asked: { readonly series: readonly string[]; readonly dates: readonly string[] },
): Promise<Readonly<Record<WindowName, Reading>>> {
  const [{ html, csv, json }, oapi, report] = await Promise.all([
    readOnline(sim, participant),
    readOapi(sim, participant, asked),
    readReports(sim, participant),
  ]);
  return { html, csv, json, oapi, report };
}

/** Closing positions of an earlier business date, at the web page and by OAPI. */
export async function readPositionsOf(
  sim: Simulator,
  participant: string,
  asked: { readonly series: readonly string[]; readonly date: string },
): Promise<{ readonly json: readonly Row[]; readonly oapi: readonly Row[] }> {
  using browser = curlAt(sim);
  await browser.login(`BU_${participant}101`, SMALL_DAY_PASSWORD);
  const json = fromJson(await browser.get(`/positions?format=json&date=${asked.date}`));
  await using client = await loggedIn(sim, participant);
  return { json: sorted(json), oapi: await oapiPositions(client, asked.series, asked.date) };
}

async function readOnline(sim: Simulator, participant: string): Promise<Record<'html' | 'csv' | 'json', Reading>> {
  using browser = curlAt(sim);
  await browser.login(`BU_${participant}101`, SMALL_DAY_PASSWORD);
  const trades = async (format: string): Promise<string> => browser.get(`/trades?format=${format}`);
  const positions = async (format: string): Promise<string> => browser.get(`/positions?format=${format}`);
  return {
    html: {
      trades: fromHtml(await trades('html')).map(ofShownTrade),
      positions: sorted(fromHtml(await positions('html')).map(ofShownPosition)),
    },
    csv: {
      trades: fromCsv(await trades('csv')).map(ofTrade),
      positions: sorted(fromCsv(await positions('csv'))),
    },
    json: {
      trades: fromJson(await trades('json')).map(ofTrade),
      positions: sorted(fromJson(await positions('json'))),
    },
  };
}

async function readReports(sim: Simulator, participant: string): Promise<Reading> {
  return {
    trades: fromCsv(await downloadReport(sim, 'trades', participant)).map(ofTrade),
    positions: sorted(fromCsv(await downloadReport(sim, 'positions', participant))),
  };
}

function ofTrade(row: Row): Row {
  const times = Object.fromEntries(['created', 'as of', 'modified'].map((name) => [name, toSecond(row[name] ?? '')]));
  return { ...row, ...times };
}

// The page shows fewer columns, and puts three of them into two: `give-up of 1 to CXYZ`, `active, give-up holding`.
function ofShownTrade(row: Row): Row {
  const [, type, original, member] =
    /^([a-z-]+)(?: of (\d+))?(?: (?:to|from) ([A-Z]+))?$/.exec(row['Type'] ?? '') ?? [];
  const [state, giveUp] = (row['State'] ?? '').split(', ');
  return {
    trade: row['Trade'] ?? '',
    deal: row['Deal'] ?? '',
    series: row['Series'] ?? '',
    account: row['Account'] ?? '',
    side: (row['Side'] ?? '').toLowerCase(),
    quantity: ungrouped(row['Quantity']),
    'remaining quantity': ungrouped(row['Remaining']),
    price: ungrouped(row['Price']),
    type: type ?? '',
    state: state ?? '',
    'customer info': row['Customer info'] ?? '',
    created: row['Created (HKT)'] ?? '',
    'clearing date': row['Clearing date'] ?? '',
    'original trade': original ?? '',
    'give-up member': member ?? '',
    'give-up state': giveUp === undefined ? 'none' : giveUp.replace('given up', 'given-up').replace('give-up ', ''),
  };
}

function ofShownPosition(row: Row): Row {
  const quantities = Object.entries(row)
    .slice(3)
    // They follow from the others, or are no data.
    .filter(([title]) => title !== 'Net' && title !== 'Action')
    .map(([title, shown]): [string, string] => [title.toLowerCase().replace(/ \(.*\)$/, ''), ungrouped(shown)]);
  return {
    participant: row['Participant'] ?? '',
    account: row['Account'] ?? '',
    series: row['Series'] ?? '',
    ...Object.fromEntries(quantities),
  };
}

function ungrouped(text = ''): string {
  return text.replaceAll(',', '');
}

// 2019-05-05T09:00:00.000+08:00
function toSecond(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ');
}

async function loggedIn(sim: Simulator, participant: string): Promise<OapiClient> {
  const [gateway] = sim.endpoints.oapi;
  if (!gateway) throw new Error('no gateway');
  const client = await connect({ host: gateway.address, port: gateway.port });
  const { completion } = await client.login(`BO_${participant}801`, SMALL_DAY_PASSWORD);
  if (completion !== 0) throw new Error(`the login of ${participant} answered ${completion}`);
  return client;
}

async function readOapi(
  sim: Simulator,
  participant: string,
  asked: { readonly series: readonly string[]; readonly dates: readonly string[] },
): Promise<Reading> {
  await using client = await loggedIn(sim, participant);
  return {
    trades: await oapiTrades(client, asked),
    positions: await oapiPositions(client, asked.series),
  };
}

// oapi-facts.md 4.2, and what PROTOCOL.md assumes.
const TYPES =
  'standard transitory overtaking reversing transfer exercise assign closing - - give-up take-up average-price';
const STATES = 'active rectified annulled';
const GIVE_UP_STATES = 'none holding given-up';
const OPEN_CLOSE = 'default open close';

const word = (words: string, place: number): string => words.split(' ')[place] ?? `(${place})`;

/** As a client does: each instrument type and date by itself, from the last number plus one until nothing is found. */
async function oapiTrades(
  client: OapiClient,
  { series, dates }: { readonly series: readonly string[]; readonly dates: readonly string[] },
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const market of new Set(instrumentClasses().map((each) => each.market))) {
    for (const { number } of Object.values(INSTRUMENT_GROUPS)) {
      const exists = instrumentClasses().some(
        (each) => each.market === market && each.kinds.some((kind) => INSTRUMENT_GROUPS[kind].number === number),
      );
      if (!exists) continue;
      for (const date of dates) {
        const found = await downloadTrades(
          client,
          { ...ANY, market, instrument_group: number },
          date.replaceAll('-', ''),
        );
        for (const { base, securityPart } of found) {
          const name = nameOf(base.series, series);
          rows.push({
            trade: String(base.trade_number),
            deal: String(base.deal_number),
            series: name,
            account: base.account.account_id,
            side: base.bought_or_sold === 1 ? 'buy' : 'sell',
            quantity: String(base.trade_quantity),
            'remaining quantity': String(securityPart.rem_quantity),
            price: formatScaled(base.deal_price, parseSeries(name).instrumentClass.priceDecimals),
            type: word(TYPES, base.trade_type - 1),
            state: word(STATES, base.trade_state - 1),
            'customer info': base.customer_info,
            created: time(base.created_date, base.created_time),
            'clearing date': dashed(base.clearing_date),
            'open close': word(OPEN_CLOSE, base.open_close_req),
            sequence: String(base.sequence_number),
            'original trade': base.orig_trade_number === 0 ? '' : String(base.orig_trade_number),
            'give-up member': base.give_up_member.ex_customer,
            'give-up state': word(GIVE_UP_STATES, securityPart.give_up_state),
            'as of': time(base.asof_date, base.asof_time),
            modified: time(base.modified_date, base.modified_time),
          });
        }
      }
    }
  }
  return rows.toSorted((a, b) => Number(a['trade']) - Number(b['trade']));
}

async function oapiPositions(client: OapiClient, series: readonly string[], date?: string): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let segment = 1; ; segment++) {
    const message = positionQueryMessage({
      segment,
      ...(date === undefined ? {} : { date: date.replaceAll('-', '') }),
    });
    const reply = await client.query(message);
    if (reply.completion !== 0) throw new Error(`segment ${segment} answered ${reply.completion} / ${reply.status}`);
    const answer = read<AnswerPosition>('CA3', reply.answer);
    for (const item of answer.item) {
      rows.push({
        participant: item.account.ex_customer,
        account: item.account.account_id,
        series: nameOf(item.series, series),
        held: String(item.nbr_held),
        written: String(item.nbr_written),
        'closed out': String(item.qty_closed_out),
        denied: String(item.deny_exercise),
        covered: String(item.quantity_cover),
      });
    }
    if (answer.segment_number === 0) return sorted(rows);
  }
}

function nameOf(key: SeriesFields, names: readonly string[]): string {
  const same = (name: string): boolean => JSON.stringify(seriesFields(parseSeries(name).key)) === JSON.stringify(key);
  return names.find(same) ?? `(${JSON.stringify(key)})`;
}

function dashed(compact: string): string {
  return `${compact.slice(0, 4)}-${compact.slice(4, 6)}-${compact.slice(6)}`;
}

function time(date: string, clock: string): string {
  return `${dashed(date)} ${clock.slice(0, 2)}:${clock.slice(2, 4)}:${clock.slice(4)}`;
}

function sorted(rows: readonly Row[]): readonly Row[] {
  const key = (row: Row): string => `${row['account']} ${row['series']}`;
  return rows.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}
