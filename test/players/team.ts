import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { shippedDictionary, type ShippedDictionary } from '../../src/dictionaries.ts';
import type { Simulator } from '../../src/index.ts';
import { openDictionary } from '../../src/oapi/dictionary/dictionary.ts';
import type { ListedUser } from '../../src/ready.ts';
import type { Browser } from '../online/site.ts';
import { Program } from '../rehearsal/program.ts';
import { confirmation, mailForm, passwordReset, type Sender } from './forms.ts';
import { ReportClient } from './report-client.ts';
import { workstation } from './workstation.ts';

export type ProgramGateway = 'oapi-1' | 'oapi-2' | 'oapi-3' | 'oapi-4' | 'ng-1';

/**
 * A clearing participant's people and programs. They know the simulator by its lines alone: HTTPS, OAPI, SFTP, SMTP. An act
 * throws where it does not come out as its name says, so a script tells what happened.
 */
export class Team {
  readonly code: string;
  readonly #sim: Simulator;
  readonly #sender: Sender;
  /** Their record of passwords, as of day end of 3 May, and kept up to date. */
  readonly #passwords: Map<string, string>;
  readonly #browsers = new Map<string, Browser>();
  readonly #programs = new Map<string, Program>();
  readonly #reports: ReportClient;

  constructor(sim: Simulator, sender: Sender) {
    const users = JSON.parse(readFileSync(sim.endpoints.files.users, 'utf8')) as readonly ListedUser[];
    this.code = sender.code;
    this.#sim = sim;
    this.#sender = sender;
    this.#passwords = new Map(users.map(({ user, password }) => [user, password]));
    this.#reports = new ReportClient(sim, sender.code);
  }

  // At a workstation.

  async logsOn(user: string, { gateway = 1, password = this.password(user) } = {}): Promise<void> {
    const browser = workstation(this.#sim, gateway);
    mustBe(`${user} logs on`, 303, (await login(browser, user, password)).status);
    this.#browsers.set(user, browser);
  }

  /** Is refused with an HTTP status: 401 wrong password, 403 expired or closed, 423 locked. */
  async isRefused(user: string, status: number, { gateway = 1, password = this.password(user) } = {}): Promise<void> {
    mustBe(`${user} is refused`, status, (await login(workstation(this.#sim, gateway), user, password)).status);
  }

  async cannotConnect(gateway: number): Promise<void> {
    const answer = await workstation(this.#sim, gateway)
      .get('/login')
      .catch(({ code }: NodeJS.ErrnoException) => code);
    if (typeof answer !== 'string') throw new Error(`gateway ${gateway} answers`);
  }

  async reads(user: string, ...pages: readonly string[]): Promise<void> {
    for (const page of pages) mustBe(`${user} reads ${page}`, 200, (await this.#browser(user).get(`/${page}`)).status);
  }

  async logsOut(user: string): Promise<void> {
    const browser = this.#browser(user);
    await browser.get('/password'); // Any page has the button with its token.
    mustBe(`${user} logs out`, 303, (await browser.post('/logout')).status);
  }

  /** Logs on with a password that has expired or was reset, and has to change it before anything else. */
  async logsOnAndChanges(user: string, next: string, { gateway = 1 } = {}): Promise<void> {
    const browser = workstation(this.#sim, gateway);
    const { status } = await login(browser, user, this.password(user));
    if (status !== 403 || browser.cookies.size === 0)
      throw new Error(`${user} need not change the password: ${status}`);
    this.#browsers.set(user, browser);
    await this.changesPassword(user, next);
  }

  async changesPassword(user: string, next: string): Promise<void> {
    const browser = this.#browser(user);
    await browser.get('/password');
    const fields = { currentPassword: this.password(user), newPassword: next, confirmPassword: next };
    mustBe(`${user} changes the password`, 303, (await browser.post('/password', fields)).status);
    this.#passwords.set(user, next);
  }

  /** The Administrator, who is logged on, resets a password; the user then knows the temporary one. */
  async resets(administrator: string, user: string): Promise<void> {
    const browser = this.#browser(administrator);
    await browser.get('/users');
    const { status, body } = await browser.post(`/users/${user}/reset`);
    mustBe(`${administrator} resets ${user}`, 200, status);
    const temporary = /<code>([^<]+)<\/code>/.exec(body)?.[1] ?? '';
    this.#passwords.set(user, unescape(temporary));
  }

  async unlocks(administrator: string, user: string): Promise<void> {
    const browser = this.#browser(administrator);
    await browser.get('/users');
    mustBe(`${administrator} unlocks ${user}`, 303, (await browser.post(`/users/${user}/unlock`)).status);
  }

  /** The Administrator leaves a user no post-trade function but one. */
  async changesProfile(administrator: string, user: string): Promise<void> {
    const browser = this.#browser(administrator);
    await browser.get(`/users/${user}/access`);
    const answer = await browser.post(`/users/${user}/access`, { 'take-up': 'yes' });
    mustBe(`${administrator} changes the profile of ${user}`, 303, answer.status);
  }

  // Programs.

  /** A program logs in, over the Network Gateway with the layouts of the older generation. */
  async connects(user: string, at: ProgramGateway = 'oapi-1', { password = this.password(user) } = {}): Promise<void> {
    const { program, endpoint } = this.#program(user, at, password);
    await program.logIn(endpoint);
    this.#programs.set(user, program);
  }

  async cannotLogIn(user: string, at: ProgramGateway, { password = this.password(user) } = {}): Promise<void> {
    const { program, endpoint } = this.#program(user, at, password);
    const before = this.#sim.journal.entries().length;
    const failed = await program.logIn(endpoint).then(
      () => undefined,
      (error: Error) => error,
    );
    if (failed === undefined) throw new Error(`${user} logs in at ${at}`);
    await program.close();
    if (failed.message.startsWith('login'))
      await this.#sim.journal.waitFor({ kind: 'oapi.disconnected', after: before });
  }

  async leaves(user: string): Promise<void> {
    const before = this.#sim.journal.entries().length;
    await this.#connected(user).logOut();
    await this.#sim.journal.waitFor({ kind: 'oapi.disconnected', after: before });
    this.#programs.delete(user);
  }

  /** The gateway has cut the program off. */
  async losesConnection(user: string): Promise<void> {
    await this.#connected(user).cutOff();
    await this.#connected(user).close();
    this.#programs.delete(user);
  }

  program(user: string): Program {
    return this.#connected(user);
  }

  async givesUp(user: string, trade: number, { series = 'HSIK9', quantity = 4, to = 'CXYZ' } = {}): Promise<void> {
    const program = this.#connected(user);
    await program.transact('CD35', {
      series: await program.seriesNamed(series),
      trade_number: trade,
      trade_quantity: quantity,
      account: { country_id: 'HK', ex_customer: to },
      give_up_text: 'AGREED',
    });
  }

  /** Takes up all that was given up to it. */
  async takesUp(user: string, account = 'OMNI1'): Promise<void> {
    const program = this.#connected(user);
    const holding = (await program.download('CQ61')).filter(({ state }) => state === 1);
    for (const { series, give_up_number, trade_quantity } of holding) {
      const item = [{ account: { country_id: 'HK', ex_customer: this.code, account_id: account }, trade_quantity }];
      await program.transact('CC38', { series, give_up_number, item });
    }
  }

  async rectifies(user: string, trade: number, series: string, account: string, quantity: number): Promise<void> {
    const program = this.#connected(user);
    await program.transact('CD28', {
      series: await program.seriesNamed(series),
      trade_number: trade,
      item: [{ account: { country_id: 'HK', ex_customer: this.code, account_id: account }, trade_quantity: quantity }],
    });
  }

  /** A query is sent as a transaction: the protocol does not allow that. */
  async sendsNonsense(user: string): Promise<void> {
    const refused = await this.#connected(user)
      .transact('CQ3', { segment_number: 1 })
      .catch((error: Error) => error);
    if (!(refused instanceof Error)) throw new Error('a query was taken as a transaction');
  }

  /** A program whose password was reset logs in, may do nothing but change it, and does. */
  async renewsProgramPassword(
    user: string,
    next: string,
    { at = 'oapi-1', password = this.password(user) }: { at?: ProgramGateway; password?: string } = {},
  ): Promise<void> {
    const { program, endpoint } = this.#program(user, at, password);
    const before = this.#sim.journal.entries().length;
    await program.renewPassword(endpoint, next);
    await this.#sim.journal.waitFor({ kind: 'oapi.disconnected', after: before });
    this.#passwords.set(user, next);
  }

  async changesProgramPassword(user: string, next: string): Promise<void> {
    const program = this.#connected(user);
    await program.setNewPassword(next);
    this.#passwords.set(user, next);
  }

  // Reports.

  /** Fetches what is new at the report server, at most `most` reports. */
  async fetchesReports(most = Infinity): Promise<void> {
    if ((await this.#reports.fetch(most)).length === 0) throw new Error(`${this.code} finds no new report`);
  }

  /** The program logs on and looks what is there; nothing has to be new. */
  async looksForReports(): Promise<void> {
    await this.#reports.fetch(0);
  }

  /** The program still has the key of the morning, and is turned away. */
  async isRefusedWithFirstKey(): Promise<void> {
    const before = this.#sim.journal.entries().length;
    const refused = await this.#reports.fetch(0, 'first').catch((error: Error) => error);
    if (!(refused instanceof Error)) throw new Error(`${this.code} logs on with the former key`);
    await this.#sim.journal.waitFor({ kind: 'sftp.disconnected', after: before });
  }

  // Mail.

  async sendsConfirmation(): Promise<void> {
    await this.#sendsForm('form.accepted', confirmation(this.#sender));
  }

  async sendsPasswordReset(...users: readonly string[]): Promise<void> {
    await this.#sendsForm('form.accepted', passwordReset(this.#sender, users));
  }

  /** Reads the new passwords in HKEX's answer. */
  readsPasswords(): void {
    const text = this.#mailbox().at(-1)?.text ?? '';
    const lines = [...text.matchAll(/^(B[UO]_\w+): (\S+)$/gm)];
    if (lines.length === 0) throw new Error(`there is no password in the last mail to ${this.code}`);
    for (const [, user = '', password = ''] of lines) this.#passwords.set(user, password);
  }

  /** The designated contact finds a mail of HKEX with these words. */
  readsMail(words: string): void {
    if (!this.#mailbox().some(({ subject }) => subject.includes(words)))
      throw new Error(`${this.code} has no mail about "${words}"`);
  }

  // What should not happen.

  /** A Windows service of a DCASS Server that nobody has disabled connects; a small probe stands for it. */
  async serverConnects(answer: 'SUSPENDED' | 'CONNECTED' = 'SUSPENDED'): Promise<void> {
    const { dcassServer } = this.#sim.endpoints.oldPlatform ?? {};
    const socket = connect(dcassServer?.port ?? 0, dcassServer?.address);
    await once(socket, 'connect');
    socket.end(`SERVICE "CW1 WatchDog" PARTICIPANT ${this.code}\r\n`);
    const said = await text(socket);
    if (!said.includes(answer)) throw new Error(`the DCASS Server of ${this.code} hears: ${said}`);
  }

  /** As the users know it now; as of day end of 3 May until somebody changes it. */
  password(user: string): string {
    return this.#passwords.get(user) ?? missing(`a password of ${user}`);
  }

  async goesHome(): Promise<void> {
    for (const program of this.#programs.values()) await program.close();
  }

  async #sendsForm(kind: string, form: Parameters<typeof mailForm>[2]): Promise<void> {
    const before = this.#sim.journal.entries().length;
    await mailForm(this.#sim, this.#sender, form);
    await this.#sim.journal.waitFor({ kind, participant: this.code, after: before });
  }

  #mailbox(): ReturnType<Simulator['mails']> {
    return this.#sim.mails().filter(({ participant }) => participant === this.code);
  }

  #browser(user: string): Browser {
    return this.#browsers.get(user) ?? missing(`a browser of ${user}`);
  }

  #connected(user: string): Program {
    return this.#programs.get(user) ?? missing(`a program of ${user}`);
  }

  #program(user: string, at: ProgramGateway, password: string): { program: Program; endpoint: Endpoint } {
    const { oapi, secondary, oldPlatform } = this.#sim.endpoints;
    const number = Number(at.at(-1));
    const endpoint =
      at === 'ng-1'
        ? oldPlatform?.networkGateway
        : [...oapi, ...(secondary?.oapi ?? [])].find(({ gateway }) => gateway === number);
    const dictionary = dictionaryOf(at === 'ng-1' ? 'click' : 'genium');
    return {
      program: new Program(this.#sim, dictionary, user, password),
      endpoint: endpoint ?? missing(`a gateway ${at}`),
    };
  }
}

/** The form is posted, and no page is read yet: that would be an enquiry. */
function login(browser: Browser, username: string, password: string): ReturnType<Browser['post']> {
  return browser.post('/login', { username, password });
}

interface Endpoint {
  readonly address: string;
  readonly port: number;
}

const opened = new Map<ShippedDictionary, ReturnType<typeof openDictionary>>();

export function dictionaryOf(name: ShippedDictionary): ReturnType<typeof openDictionary> {
  const known = opened.get(name) ?? openDictionary(shippedDictionary(name));
  opened.set(name, known);
  return known;
}

/** The five characters that a page writes otherwise. */
function unescape(html: string): string {
  const written = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
  return html.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (each) => written[each as keyof typeof written]);
}

function mustBe(what: string, wanted: number, found: number): void {
  if (found !== wanted) throw new Error(`${what}: ${found}, not ${wanted}`);
}

function missing(what: string): never {
  throw new Error(`there is not ${what}`);
}
