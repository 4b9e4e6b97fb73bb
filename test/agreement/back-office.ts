import type { Simulator } from '../../src/index.ts';
import type { SeriesFields } from '../../src/oapi/transactions/shapes.ts';
import {
  ANY,
  connect,
  readTradeItems,
  tradeQueryMessage,
  type EventFrame,
  type OapiClient,
  type TradeItem,
} from '../oapi/client.ts';
import {
  bytesOf,
  message,
  read,
  readHeader,
  readNamed,
  type ClTradeBase,
  type ClTradeSecurPart,
} from '../oapi/messages.ts';
import { SMALL_DAY_PASSWORD } from '../support/simulator.ts';

type Item = Readonly<Record<string, unknown>> & {
  readonly series: SeriesFields;
  readonly sequence_number: number;
  readonly trade_number: number;
};

const typeOf = (bytes: Buffer): string => `${bytes.toString('latin1', 0, 2)}${bytes.readUInt16LE(2)}`;
const compact = (date: string): string => date.replaceAll('-', '');

function seriesOf(type: string): SeriesFields {
  const [market = 0, instrument_group = 0] = type.split('/').map(Number);
  return { ...ANY, market, instrument_group };
}

function mustBe(what: string, found: number, wanted: number): void {
  if (found !== wanted) throw new Error(`${what}: ${found}, not ${wanted}`);
}

/** A back office that knows the book of its participant by what it is told alone. */
export class BackOffice {
  readonly trades = new Map<number, readonly unknown[]>();
  readonly giveUps = new Map<number, readonly unknown[]>();
  readonly deliveries = new Map<number, number>();
  /** What is denied, closed out and covered, of positions that changed while it listened. */
  readonly positions = new Map<string, readonly unknown[]>();
  /** The last number of each kind, instrument type and date. */
  readonly #last = new Map<string, number>();
  #client: OapiClient | undefined;
  #read = 0;

  async connect(sim: Simulator, participant: string, gateway: 0 | 1): Promise<void> {
    const { address: host = '', port = 0 } = sim.endpoints.oapi[gateway] ?? {};
    this.#client = await connect({ host, port });
    this.#read = 0;
    const login = await this.#client.login(`BO_${participant}801`, SMALL_DAY_PASSWORD);
    mustBe('the login', login.completion, 0);
    const set = await this.#client.request({ op: 'set-event', eventType: 990 });
    mustBe('the subscription', set.completion, 0);
  }

  /** The link dies; there is no logout. */
  async lose(): Promise<void> {
    await this.#client?.[Symbol.asyncDispose]();
    this.#client = undefined;
  }

  /** Takes in what came; `date`: the business date on which it happened. */
  async listen(date: string): Promise<void> {
    const client = this.#client;
    if (!client) return;
    await client.request({ op: 'heartbeat' });
    for (const event of client.events.slice(this.#read)) this.#take(event, compact(date));
    this.#read = client.events.length;
  }

  /** Asks for what it missed, from the last number that it knows of each kind, type and date. */
  async fillGaps(dates: readonly string[], types: readonly string[]): Promise<void> {
    // All trades before any change: a change comes on the business date, its trade may be of the next clearing date.
    const everywhere = dates.flatMap((date) => types.map((type) => ({ date: compact(date), type })));
    for (const { date, type } of everywhere) await this.#fillTrades(seriesOf(type), type, date);
    for (const [query, answer, kind] of GAPS) {
      for (const { date, type } of everywhere) await this.#fill(query, answer, kind, seriesOf(type), type, date);
    }
  }

  async #fillTrades(series: SeriesFields, type: string, date: string): Promise<void> {
    for (;;) {
      const first = (this.#last.get(`BD6 ${type} ${date}`) ?? 0) + 1;
      const { completion, answer } = await this.#query(tradeQueryMessage(series, { first, date }));
      mustBe('CQ10', completion, 0);
      const { items } = readHeader<{ items: number }>('CA10', answer);
      if (items === 0) return;
      for (const item of readTradeItems(answer, 8, items)) this.#trade(item);
    }
  }

  async #fill(query: string, answer: string, kind: string, series: SeriesFields, type: string, date: string) {
    for (;;) {
      const sequence_first = (this.#last.get(`${kind} ${type} ${date}`) ?? 0) + 1;
      const reply = await this.#query(message(query, { series, sequence_first, date }));
      mustBe(query, reply.completion, 0);
      const { item } = read<{ item: readonly Item[] }>(answer, reply.answer);
      if (item.length === 0) return;
      for (const each of item) this.#record(kind, each, date);
    }
  }

  #query(bytes: Buffer) {
    if (!this.#client) throw new Error('not connected');
    return this.#client.query(bytes);
  }

  #take({ message: bytes }: EventFrame, date: string): void {
    const kind = typeOf(bytes);
    if (kind === 'BD6') {
      const at = bytesOf('BD6');
      const next = at + bytes.readUInt16LE(at + 2);
      const base = readNamed<ClTradeBase>(3, bytes.subarray(at + 4, next));
      this.#trade({ base, securityPart: readNamed<ClTradeSecurPart>(20, bytes.subarray(next + 4)) });
      return;
    }
    const [item] = Object.values(read<Record<string, unknown>>(kind, bytes)).filter((each) => typeof each === 'object');
    if (kind === 'BD40') this.#position(item as Item);
    else this.#record(kind, item as Item, date);
  }

  // Whatever comes must be the next number: a hole would be news that was lost.
  #count(kind: string, { market, instrument_group }: SeriesFields, date: string, number: number): void {
    const key = `${kind} ${market}/${instrument_group} ${date}`;
    mustBe(key, number, (this.#last.get(key) ?? 0) + 1);
    this.#last.set(key, number);
  }

  #trade({ base, securityPart }: TradeItem): void {
    this.#count('BD6', base.series, base.clearing_date, base.sequence_number);
    const { rem_quantity, give_up_state } = securityPart;
    this.trades.set(base.trade_number, [base.trade_state, Number(rem_quantity), give_up_state]);
  }

  #record(kind: string, item: Item, date: string): void {
    this.#count(kind, item.series, date, item.sequence_number);
    if (kind === 'BD39') {
      const is = [item['trade_state'], Number(item['rem_quantity']), item['give_up_state']];
      this.trades.set(item.trade_number, is);
    } else if (kind === 'BD29') {
      this.giveUps.set(Number(item['give_up_number']), [item['state'], Number(item['trade_quantity'])]);
    } else this.deliveries.set(Number(item['delivery_number']), Number(item['delivery_quantity']));
  }

  #position(item: Item): void {
    const account = (item['account'] as { readonly account_id: string }).account_id;
    const values = [item['deny_exercise'], item['qty_closed_out'], item['quantity_cover']].map(Number);
    this.positions.set(`${account} ${JSON.stringify(item.series)}`, values);
  }
}

const GAPS = [
  ['CQ39', 'CA39', 'BD39'],
  ['CQ76', 'CA76', 'BD29'],
  ['CQ52', 'CA52', 'BD18'],
] as const;
