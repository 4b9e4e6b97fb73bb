import type { Simulator } from '../../src/index.ts';
import type { Dictionary } from '../../src/oapi/dictionary/dictionary.ts';
import { connect, type OapiClient } from '../oapi/client.ts';
import { decodeByMeaning, decodeNamed, encodeByMeaning, type Fields } from './by-meaning.ts';

interface Reply {
  readonly completion: number;
  readonly status: number;
  readonly fields: Fields;
  readonly answer: Buffer;
}

/** What a program knows of a trade: from a broadcast or an answer, the same fields. */
export type Trade = Fields & {
  readonly series: Fields;
  readonly trade_number: number;
  readonly sequence_number: number;
};

export interface News {
  readonly type: string;
  readonly fields: Fields;
}

/**
 * A back-office program of one participant, as a vendor writes it: it speaks the layouts of a dictionary by the meanings of
 * their fields, and knows nothing of the simulator but the bytes on the line. A call that fails throws.
 */
export class Program {
  readonly news: News[] = [];
  readonly trades = new Map<number, Trade>();
  readonly #sim: Simulator;
  readonly #dictionary: Dictionary;
  readonly #user: string;
  readonly #password: string;
  #client: OapiClient | undefined;
  #read = 0;
  #base = 0;

  constructor(sim: Simulator, dictionary: Dictionary, user: string, password: string) {
    this.#sim = sim;
    this.#dictionary = dictionary;
    this.#user = user;
    this.#password = password;
  }

  get participant(): string {
    return this.#user.slice(3, 7);
  }

  /** Logs in, asks what a program asks first, subscribes, and says that it is ready. */
  async logIn(gateway: 1 | 2, { forced = false } = {}): Promise<void> {
    const { address: host = '', port = 0 } = this.#sim.endpoints.oapi[gateway - 1] ?? {};
    this.#client = await connect({ host, port });
    this.#read = 0;
    mustBe(`login of ${this.#user}`, await this.#client.login(this.#user, this.#password, { forced }));
    const base = await this.#client.getInfo(2);
    mustBe('get info 2', base);
    this.#base = base.answer.readUInt32LE(0);
    for (const type of ['UQ12', 'CQ68']) await this.query(type, {});
    const { item: allowed } = (await this.query('DQ30', { segment_number: 1 })).fields as { item: readonly Fields[] };
    if (!allowed.some(({ type }) => type === 'CD35')) throw new Error('the user type has no CD35');
    const shown = await this.#client.request({ op: 'show-events' });
    for (const each of shown.answer.toString('latin1').split(',').map(Number)) {
      if (each !== 990) mustBe(`set event ${each}`, await this.#client.request({ op: 'set-event', eventType: each }));
    }
    await this.transact('UI1', { application_status: 1 });
  }

  async logOut(): Promise<void> {
    if (this.#client) mustBe('logout', await this.#client.logout());
    await this.close();
  }

  async close(): Promise<void> {
    await this.#client?.[Symbol.asyncDispose]();
    this.#client = undefined;
  }

  /** Resolves when the gateway has cut the connection. */
  async cutOff(): Promise<void> {
    await this.#client?.waitClosed();
  }

  query(type: string, fields: Fields): Promise<Reply> {
    return this.#call('query', type, fields);
  }

  transact(type: string, fields: Fields): Promise<Reply> {
    return this.#call('transaction', type, fields);
  }

  /** All segments of a query. */
  async download(type: string, fields: Fields = {}): Promise<readonly Fields[]> {
    const rows: Fields[] = [];
    for (let segment = 1; ; segment++) {
      const reply = await this.query(type, { ...fields, segment_number: segment });
      const page = reply.fields as { item: readonly Fields[]; segment_number: number };
      rows.push(...page.item);
      if (page.segment_number === 0) return rows;
    }
  }

  /** The trades of a series' instrument type from a number on, by CQ10. */
  async missingTrades(series: Fields, after: number): Promise<readonly Trade[]> {
    const trades: Trade[] = [];
    for (;;) {
      const sequence_first = (trades.at(-1)?.sequence_number ?? after) + 1;
      const { fields, answer } = await this.query('CQ10', { series, sequence_first });
      const { items } = fields as { items: number };
      if (items === 0) break;
      const head = this.#sizeOf('CA10');
      for (let at = head; at < answer.length; at += answer.readUInt16LE(at + 2)) {
        trades.push(this.#readTrade(answer.subarray(at + 4, at + answer.readUInt16LE(at + 2))));
      }
    }
    for (const each of trades) this.trades.set(each.trade_number, each);
    return trades;
  }

  /** Takes in what was broadcast until now; with `types`, what of it is of these. */
  async listen(...types: readonly string[]): Promise<readonly News[]> {
    const client = this.#connected();
    mustBe('heartbeat', await client.request({ op: 'heartbeat' }));
    const fresh = client.events.slice(this.#read).map(({ message }) => this.#readNews(message));
    this.#read = client.events.length;
    this.news.push(...fresh);
    return types.length === 0 ? fresh : fresh.filter(({ type }) => types.includes(type));
  }

  async #call(op: 'query' | 'transaction', type: string, fields: Fields): Promise<Reply> {
    const message = encodeByMeaning(type, fields, this.#dictionary);
    const facility = this.#base + Number(this.#dictionary.messages.get(type)?.facility?.slice(2) ?? 0);
    const reply = await this.#connected().request({ op, facility, message });
    mustBe(type, reply);
    return {
      completion: reply.completion,
      status: reply.status,
      fields: reply.answer.length === 0 ? {} : decodeByMeaning(reply.answer, this.#dictionary),
      answer: reply.answer,
    };
  }

  #connected(): OapiClient {
    if (!this.#client) throw new Error(`${this.#user} is not connected`);
    return this.#client;
  }

  #readNews(message: Buffer): News {
    const type = `${message.toString('latin1', 0, 2)}${message.readUInt16LE(2)}`;
    if (type.startsWith('BN')) return { type, fields: {} };
    const fields = type === 'BD6' ? this.#readTrade(message.subarray(this.#sizeOf('BD6'))) : this.#inside(message);
    if (type === 'BD6' || type === 'BD5') this.trades.set(Number(fields['trade_number']), fields as Trade);
    return { type, fields };
  }

  // A broadcast has one struct in it, whatever its name.
  #inside(message: Buffer): Fields {
    const fields = decodeByMeaning(message, this.#dictionary);
    const inner = Object.values(fields).find((each) => typeof each === 'object' && !Array.isArray(each));
    const isWhole = 'info_type' in fields || Array.isArray(fields['item']);
    return isWhole || inner === undefined ? fields : (inner as Fields);
  }

  // Sub items by their sizes: what is not known is skipped.
  #readTrade(subItems: Buffer): Trade {
    let trade: Fields = {};
    for (let at = 0; at < subItems.length; at += subItems.readUInt16LE(at + 2)) {
      const body = subItems.subarray(at + 4, at + subItems.readUInt16LE(at + 2));
      const number = subItems.readUInt16LE(at);
      if (number === 20) trade = { ...decodeNamed(20, body, this.#dictionary), ...trade };
      if (number === 3) trade = { ...trade, ...decodeNamed(3, body, this.#dictionary) };
    }
    return trade as Trade;
  }

  #sizeOf(type: string): number {
    const size = this.#dictionary.messages.get(type)?.struct.size;
    if (size === undefined) throw new Error(`${this.#dictionary.name} has no message ${type}`);
    return size;
  }
}

function mustBe(what: string, { completion, status }: { readonly completion: number; readonly status: number }): void {
  if (completion !== 0 && completion !== 1) throw new Error(`${what} was answered ${completion} / ${status}`);
}
