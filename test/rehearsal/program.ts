import { Secret } from '../../src/clearing/secret.ts';
import type { Simulator } from '../../src/index.ts';
import { openOapiClient, type Answer, type OapiClient } from '../../src/oapi-client/client.ts';
import { download } from '../../src/oapi-client/download.ts';
import type { Fields } from '../../src/oapi-client/fields.ts';
import type { Dictionary } from '../../src/oapi/dictionary/dictionary.ts';

/** What a program knows of a trade: from a broadcast or an answer, the same fields. */
export type Trade = Fields & {
  readonly series: Fields;
  readonly trade_number: number;
  readonly sequence_number: number;
};

/** oapi-facts.md: the login is done, and for changing the password only. */
const MUST_CHANGE = 2027;

export interface News {
  readonly type: string;
  readonly fields: Fields;
}

/**
 * A back-office program of one participant, as a vendor writes it: it knows messages by what their fields mean, and nothing of
 * the simulator but what is on the line. A call that is refused throws.
 */
export class Program {
  readonly news: News[] = [];
  readonly trades = new Map<number, Trade>();
  readonly #sim: Simulator;
  readonly #dictionary: Dictionary;
  readonly #user: string;
  readonly #password: Secret;
  #client: OapiClient | undefined;
  #fresh: News[] = [];

  constructor(sim: Simulator, dictionary: Dictionary, user: string, password: string) {
    this.#sim = sim;
    this.#dictionary = dictionary;
    this.#user = user;
    this.#password = new Secret(password);
  }

  get participant(): string {
    return this.#user.slice(3, 7);
  }

  /** Logs in, asks what a program asks first, subscribes, and says that it is ready. */
  async logIn(
    gateway: 1 | 2 | { readonly address: string; readonly port: number },
    { forced = false } = {},
  ): Promise<void> {
    const { address: host = '', port = 0 } =
      (typeof gateway === 'number' ? this.#sim.endpoints.oapi[gateway - 1] : gateway) ?? {};
    const client = await openOapiClient({ host, port, dictionary: this.#dictionary, by: 'meaning' });
    this.#client = client;
    client.onNews(({ message }) => message && this.#take(message));
    mustBe(`login of ${this.#user}`, await client.login(this.#user, this.#password, { forced }));
    for (const type of ['UQ12', 'CQ68']) await this.query(type);
    const allowed = await this.download('DQ30');
    if (!allowed.some(({ type }) => type === 'CD35')) throw new Error('the user type has no CD35');
    for (const each of [1, 1001]) mustBe(`set event ${each}`, await client.setEvent(each));
    await this.transact('UI1', { application_status: 1 });
  }

  async logOut(): Promise<void> {
    mustBe('logout', await this.#connected().logout());
    await this.close();
  }

  async close(): Promise<void> {
    await this.#client?.[Symbol.asyncDispose]();
    this.#client = undefined;
  }

  /** Resolves when the gateway has cut the connection. */
  async cutOff(): Promise<void> {
    await this.#connected().closed;
  }

  async query(type: string, fields: Fields = {}): Promise<Fields> {
    return mustBe(type, await this.#connected().query(type, fields));
  }

  async transact(type: string, fields: Fields): Promise<void> {
    mustBe(type, await this.#connected().transact(type, fields));
  }

  /** The rows of all pages of a query. */
  async download(type: string, fields: Fields = {}): Promise<readonly Fields[]> {
    const rows: Fields[] = [];
    const last = await download(this.#connected(), type, fields, ({ message }) => {
      rows.push(...((message?.fields['item'] ?? []) as readonly Fields[]));
    });
    mustBe(type, last);
    return rows;
  }

  /** The number of a series by its name, as the reference data have it. */
  async seriesNamed(name: string): Promise<Fields> {
    const found = (await this.download('DQ2')).find((row) => String(row['ins_id']).trim() === name);
    if (!found) throw new Error(`there is no series ${name}`);
    return found['series'] as Fields;
  }

  /** Logs in with a password that has to be changed (2027), changes it, and leaves. */
  async renewPassword(at: { readonly address: string; readonly port: number }, next: string): Promise<void> {
    await using client = await openOapiClient({ host: at.address, port: at.port, dictionary: this.#dictionary });
    const { completion, meaning } = await client.login(this.#user, this.#password);
    if (completion !== MUST_CHANGE) throw new Error(`login of ${this.#user}: ${completion} (${meaning})`);
    mustBe('set new password', await client.setNewPassword(this.#password, new Secret(next)));
    mustBe('logout', await client.logout());
  }

  async setNewPassword(next: string): Promise<void> {
    mustBe('set new password', await this.#connected().setNewPassword(this.#password, new Secret(next)));
  }

  /** The trades of a series' instrument type from a number on, by CQ10. */
  async missingTrades(series: Fields, after: number): Promise<readonly Trade[]> {
    const trades = (await this.download('CQ10', { series, sequence_first: after + 1 })) as readonly Trade[];
    for (const each of trades) this.trades.set(each.trade_number, each);
    return trades;
  }

  /** Takes in what was broadcast until now; with `types`, what of it is of these. */
  async listen(...types: readonly string[]): Promise<readonly News[]> {
    mustBe('heartbeat', await this.#connected().heartbeat());
    const fresh = this.#fresh;
    this.#fresh = [];
    this.news.push(...fresh);
    return types.length === 0 ? fresh : fresh.filter(({ type }) => types.includes(type));
  }

  #connected(): OapiClient {
    if (!this.#client) throw new Error(`${this.#user} is not connected`);
    return this.#client;
  }

  // A dedicated broadcast has one struct or one item in it, whatever its name.
  #take({ type, fields }: News): void {
    const [item] = Array.isArray(fields['item']) ? (fields['item'] as readonly Fields[]) : [];
    const inner = Object.values(fields).find((each) => typeof each === 'object') as Fields | undefined;
    const told = type === 'BD6' ? item : type.startsWith('BD') ? inner : fields;
    if (!told) throw new Error(`${type} says nothing`);
    if (type === 'BD6' || type === 'BD5') this.trades.set(Number(told['trade_number']), told as Trade);
    this.#fresh.push({ type, fields: told });
  }
}

function mustBe(what: string, { completion, status, meaning, message }: Answer): Fields {
  if (completion !== 0 && completion !== 1) throw new Error(`${what}: ${completion} (${meaning}) / ${status}`);
  return message?.fields ?? {};
}
