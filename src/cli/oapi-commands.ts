import { readFileSync } from 'node:fs';
import { wallClock } from '../host/wall-clock.ts';
import type { Answer, News, OapiClient } from '../oapi-client/client.ts';
import { download } from '../oapi-client/download.ts';
import { BadValue, UnknownField, type Fields } from '../oapi-client/fields.ts';
import type { InformationObject } from '../oapi-client/subscriptions.ts';
import { UnknownMessage } from '../oapi-client/message.ts';
import type { Dictionary } from '../oapi/dictionary/dictionary.ts';
import { RoomError } from '../oapi/dictionary/codec-error.ts';
import { listNames, nearest } from '../scenario/nearest.ts';
import { SimError } from '../sim-error.ts';
import { parseTransportDuration } from '../time/duration.ts';
import type { Line } from './oapi-line.ts';
import type { Output } from './output.ts';
import { layoutText } from './print-dictionary.ts';
import { answerJson, codesText, messageText, newsJson, newsText } from './print-oapi.ts';

export const OAPI_HELP = `query TYPE [field=value ...] [--all]     ask; --all asks for every page
transact TYPE [field=value ...]          carry out a transaction
listen [TYPE ...] [--events 1,990] [--for 10s] [--count N]
                                         subscribe, and print what comes
subscriptions                            what can be subscribed to
login                                    only that: try a user and a password
info N                                   get info of type N
show TYPE                                the layout of a message, with offsets
expect completion=0 [status=N]           fail unless the last answer was so
help, quit

Fields: series.market=1 item[0].trade_quantity=5 bought_or_sold=buy
--fields FILE takes them from a JSON file instead; - is standard input.
What is 0 or blank is not printed; --json prints everything.`;

/** A session in which commands are typed, one after the other. */
export interface OapiSession {
  readonly dictionary: Dictionary;
  /** Logged in, at the first call. */
  client(): Promise<LoggedInClient>;
  readonly json: boolean;
  readonly output: Output;
  /** What the last call was answered. */
  last: Answer | undefined;
}

/** What the login was answered goes with it: the password may be about to expire. */
export type LoggedInClient = OapiClient & { readonly loginAnswer: Answer };

/** Carries out a line. @returns whether it went well; @throws SimError SIM_OPTION_INVALID where it cannot be read */
export async function carryOut(line: Line, session: OapiSession): Promise<boolean> {
  try {
    return await commandOf(line.command)(line, session);
  } catch (error) {
    if (error instanceof UnknownMessage) throw wrong(`${error.message}; ${advice(error)}`);
    if (error instanceof UnknownField) throw wrong(`${error.message}; ${advice(error)}`);
    if (error instanceof BadValue || error instanceof RoomError) throw wrong(error.message);
    throw error;
  }
}

type Command = (line: Line, session: OapiSession) => Promise<boolean>;

const COMMANDS: Readonly<Record<string, Command>> = {
  async login(_line, { client, json, output }) {
    const { loginAnswer } = await client();
    output.data(json ? answerJson('login', loginAnswer) : `login: ${codesText(loginAnswer, output)}`);
    return true;
  },
  query: (line, session) => call('query', line, session),
  transact: (line, session) => call('transact', line, session),
  async info({ words: [number = ''] }, session) {
    if (!/^\d{1,9}$/.test(number)) throw wrong('write the number of what is asked for: info 2');
    return tell(`info ${number}`, await (await session.client()).getInfo(Number(number)), session);
  },
  show({ words: [type = ''] }, { dictionary, output }) {
    const known = dictionary.messages.get(type);
    if (!known) throw new UnknownMessage(type, [...dictionary.messages.keys()], dictionary.name);
    output.data(layoutText(known.struct, dictionary));
    return Promise.resolve(true);
  },
  listen,
  async subscriptions(_line, { client, json, output }) {
    for (const { broadcast, informationType, forced } of await (await client()).subscriptions()) {
      const how = `${informationType === DEDICATED ? 'dedicated to its participant' : 'to everybody'}${forced ? ', forced' : ''}`;
      output.data(json ? JSON.stringify({ broadcast, informationType, forced }) : `${broadcast}  ${how}`);
    }
    return true;
  },
  expect: ({ fields }, { last, output }) => {
    if (!last) throw wrong('nothing has been asked yet that could be expected');
    const odd = Object.keys(fields).filter((key) => key !== 'completion' && key !== 'status');
    if (odd.length > 0 || Object.keys(fields).length === 0)
      throw wrong('expect takes completion= and status=, for example expect completion=0');
    const found = { completion: last.completion, status: last.status };
    const missed = (['completion', 'status'] as const).filter(
      (key) => fields[key] !== undefined && Number(fields[key]) !== found[key],
    );
    for (const key of missed) output.talk(`expected ${key} ${String(fields[key])}; it was ${found[key]}`);
    return Promise.resolve(missed.length === 0);
  },
  help(_line, { output }) {
    output.talk(OAPI_HELP);
    return Promise.resolve(true);
  },
};

function commandOf(name: string): Command {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command) return command;
  const names = [...Object.keys(COMMANDS), 'quit'];
  const near = nearest(name, names);
  throw wrong(
    `there is no command "${name}"; ${near === undefined ? `there are ${listNames(names)}` : `write ${near}`}`,
  );
}

async function call(how: 'query' | 'transact', line: Line, session: OapiSession): Promise<boolean> {
  const [type, ...more] = line.words;
  if (type === undefined || more.length > 0)
    throw wrong(`write ${how} TYPE field=value …; "${more.join(' ')}" is neither a type nor a field`);
  const client = await session.client();
  const fields = { ...fieldsIn(line), ...line.fields };
  if (how === 'transact') return tell(`transact ${type}`, await client.transact(type, fields), session);
  if (!line.flags['all']) {
    const answer = await client.query(type, { ...firstSegment(client.dictionary, type), ...fields });
    return tell(`query ${type}`, answer, session);
  }
  const last = await download(client, type, fields, (page) => void tell(`query ${type}`, page, session));
  return last.completion < 0 ? tell(`query ${type}`, last, session) : true;
}

/** Who names no segment means the first. */
function firstSegment(dictionary: Dictionary, type: string): Fields {
  const layout = dictionary.messages.get(type)?.struct;
  const member = layout?.members.find(({ name }) => dictionary.meaningOf(layout.name, name) === 'segment_number');
  return member ? { [member.name]: 1 } : {};
}

function fieldsIn({ flags }: Line): Fields {
  const file = flags['fields'];
  if (typeof file !== 'string') return {};
  try {
    return JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8')) as Fields;
  } catch (error) {
    throw wrong(`--fields ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function tell(what: string, answer: Answer, session: OapiSession): boolean {
  const { output, json, dictionary } = session;
  session.last = answer;
  if (json) output.data(answerJson(what, answer));
  else {
    output.data(`${what}: ${codesText(answer, output)}`);
    if (answer.message) output.data(messageText(answer.message, dictionary));
    else if (answer.bytes.length > 0) output.data(`  ${textOrHex(answer.bytes)}`);
  }
  return answer.completion >= 0;
}

function textOrHex(bytes: Buffer): string {
  // A text may have numbers behind it, as that of a time.
  const [text = ''] = /^[ -~]*/.exec(bytes.toString('latin1')) ?? [];
  if (bytes.length !== 4 && text.trim() !== '') return text.trim();
  return `${bytes.toString('hex')}${bytes.length === 4 ? `, as a number ${bytes.readInt32LE(0)}` : ''}`;
}

const EVENTS = '1,1001';
const BROADCASTS = 1;
const DEDICATED = 4;
const GENERAL = 1;

// oapi-facts.md 1.2: what begins with BI is general, other broadcasts are dedicated (C).
function toObject(broadcast: string): InformationObject {
  return { source: 0, informationType: broadcast.startsWith('BI') ? GENERAL : DEDICATED, broadcast };
}

/** Prints what comes until it has been so long, so many, or somebody interrupts; ends badly where the gateway hangs up. */
async function listen({ flags, words }: Line, session: OapiSession): Promise<boolean> {
  const { json, output } = session;
  const odd = words.find((word) => !/^[A-Z]{2}\d{1,5}$/.test(word));
  if (odd !== undefined) throw wrong(`"${odd}" is no type of a broadcast; write for example listen BD6 BI27`);
  const events = String(flags['events'] ?? EVENTS).split(',');
  if (!events.every((each) => /^\d{1,5}$/.test(each))) throw wrong(`--events are numbers: --events 1,1001`);
  const count = flags['count'] === undefined ? Infinity : Number(flags['count']);
  if (Number.isNaN(count)) throw wrong(`--count is a number, not ${String(flags['count'])}`);
  const ms = flags['for'] === undefined ? undefined : parseTransportDuration(String(flags['for']));
  if (flags['for'] !== undefined && !ms) throw wrong('--for is a duration of real time: 10s, 1m30s');
  const client = await session.client();
  if (words.length > 0) {
    const answer = await client.setEvent(BROADCASTS, words.map(toObject));
    if (answer.completion < 0) return tell(`set event ${words.join(' ')}`, answer, session);
  }
  for (const each of words.length > 0 && flags['events'] === undefined ? [] : events) {
    // oxlint-disable-next-line no-await-in-loop
    const answer = await client.setEvent(Number(each));
    if (answer.completion < 0) return tell(`set event ${each}`, answer, session);
  }
  let heard = 0;
  let isOver = false;
  return new Promise((resolve) => {
    const end = (isGood: boolean): void => {
      isOver = true;
      listening[Symbol.dispose]();
      timer?.[Symbol.dispose]();
      resolve(isGood);
    };
    const timer = ms === undefined ? undefined : wallClock.after(ms, () => end(true));
    const listening = client.onNews((news: News) => {
      if (heard >= count) return;
      output.data(json ? newsJson(news) : newsText(news, client.dictionary));
      if (++heard >= count) queueMicrotask(() => end(true));
    });
    void client.closed.then((why) => {
      if (isOver) return;
      output.talk(`the gateway closed the connection${why === undefined ? '' : ` (${why})`}`);
      end(false);
    });
  });
}

function advice({ found, allowed }: { readonly found: string; readonly allowed: readonly string[] }): string {
  const near = nearest(found, allowed);
  return near === undefined ? `there are ${listNames(allowed)}` : `write ${near}`;
}

function wrong(message: string): SimError {
  return new SimError('SIM_OPTION_INVALID', message);
}
