/** dcass-sim/client: a running simulator from another process, over its control API and with nothing but Node itself. */
import { readEnvironment } from '../config.ts';
import type { ClockView, Decision, Gate, Injected, StateView, Verdict } from '../control/port.ts';
import { wallClock } from '../host/wall-clock.ts';
import type { JournalEntry } from '../journal/entry.ts';
import type { JournalFilter } from '../journal/filter.ts';
import { checkKinds } from '../journal/kinds.ts';
import { describeFilter, nearMissLines } from '../journal/near-misses.ts';
import type { Ready } from '../ready.ts';
import type { ExpectationResult } from '../scenario/expectations.ts';
import type { Evidence, Score } from '../score/score.ts';
import { SimError } from '../sim-error.ts';
import { callControl, followJournal, openJournal, type ControlAddress } from './call.ts';

export { SimError };
export type { SimErrorCode } from '../sim-error.ts';
export type {
  ClockView,
  ControlAddress,
  Evidence,
  ExpectationResult,
  Gate,
  Injected,
  JournalEntry,
  JournalFilter,
  Score,
  StateView,
};

/** A running simulator. Every call can fail with SIM_NOT_RUNNING, and with SIM_CONTROL_REFUSED in the words of the API. */
export interface ControlClient {
  /** The endpoints and files, without the token. */
  ready(): Promise<ReadyWithoutToken>;
  readonly clock: {
    view(): Promise<ClockView>;
    /** `09:00`, `+1d 01:00` or a full time. Resolves when everything due until then is done. */
    advanceTo(time: string): Promise<ClockView>;
    /** `30m`, `1h30m`. */
    advanceBy(duration: string): Promise<ClockView>;
    runToNext(): Promise<ClockView>;
    pause(): Promise<ClockView>;
    resume(options?: { readonly speed?: number }): Promise<ClockView>;
  };
  readonly journal: {
    /** @param options.limit at most so many, the newest */
    entries(filter?: JournalFilter, options?: { readonly limit?: number }): Promise<readonly JournalEntry[]>;
    /** Each entry as it comes, until the caller breaks off or the simulator stops; `after: 0` begins with the first one. */
    follow(filter?: JournalFilter): AsyncGenerator<JournalEntry>;
    /** The first entry that matches: one that is there already, or the next to come. @throws SimError SIM_WAIT_TIMED_OUT */
    waitFor(filter: JournalFilter, options?: { readonly timeoutMs?: number }): Promise<JournalEntry>;
  };
  /** Performs a verb of the scenario language now. What the clearing state refuses is in the answer. */
  inject(verb: string, args?: object): Promise<Injected>;
  state(): Promise<StateView>;
  trades(participant: string): Promise<readonly object[]>;
  positions(participant: string): Promise<readonly object[]>;
  expectations(): Promise<readonly ExpectationResult[]>;
  judge(id: string, verdict: Verdict, note?: string): Promise<void>;
  score(): Promise<Score>;
  unexpected(): Promise<readonly Evidence[]>;
  gates(): Promise<readonly Gate[]>;
  decide(gate: string, decision: Decision): Promise<void>;
  /** Records a participant's Confirmation Form. */
  confirm(participant: string): Promise<{ readonly late: boolean }>;
  /** Any other path of the API: `GET /openapi.json` lists them. */
  call(method: 'GET' | 'POST', path: string, body?: object): Promise<unknown>;
}

export interface ReadyWithoutToken extends Omit<Ready, 'control'> {
  readonly control: { readonly url: string };
}

/**
 * A client for the simulator at `address`; left out: the one that this process runs under, as `dcass-sim run` says in
 * DCASS_CONTROL_URL and DCASS_CONTROL_TOKEN. Nothing is asked yet.
 * @throws SimError SIM_OPTION_INVALID where nobody says which
 */
export function connect(address: ControlAddress = fromEnvironment()): ControlClient {
  const { url, token } = address;
  const control = { url: url.replace(/\/+$/, ''), token };
  // What the API answers has the shapes of src/control: it is the same program.
  const get = <T>(path: string): Promise<T> => callControl(control, 'GET', path) as Promise<T>;
  const post = <T>(path: string, body?: object): Promise<T> => callControl(control, 'POST', path, body) as Promise<T>;
  const part = encodeURIComponent;

  const entries = async (filter: JournalFilter = {}, options: { readonly limit?: number } = {}) =>
    (await get<{ entries: readonly JournalEntry[] }>(`/v1/journal${toQuery({ ...filter, ...options })}`)).entries;
  async function* follow(filter: JournalFilter = {}): AsyncGenerator<JournalEntry> {
    for await (const text of followJournal(control, toQuery(filter))) yield JSON.parse(text) as JournalEntry;
  }
  return {
    ready: () => get('/v1/ready'),
    clock: {
      view: () => get('/v1/clock'),
      advanceTo: (to) => post('/v1/clock/advance', { to }),
      advanceBy: (by) => post('/v1/clock/advance', { by }),
      runToNext: () => post('/v1/clock/next'),
      pause: () => post('/v1/clock/pause'),
      resume: (options = {}) => post('/v1/clock/resume', options),
    },
    journal: { entries, follow, waitFor: (filter, options) => waitFor(control, entries, filter, options) },
    async inject(verb, args = {}) {
      try {
        await post('/v1/inject', { verb, with: args });
        return { refused: undefined };
      } catch (error) {
        const refused = error instanceof SimError ? refusalOf(error) : undefined;
        if (!refused) throw error;
        return { refused };
      }
    },
    state: () => get('/v1/state'),
    trades: async (code) => (await get<{ trades: readonly object[] }>(`/v1/participants/${part(code)}/trades`)).trades,
    positions: async (code) =>
      (await get<{ positions: readonly object[] }>(`/v1/participants/${part(code)}/positions`)).positions,
    expectations: async () =>
      (await get<{ expectations: readonly ExpectationResult[] }>('/v1/expectations')).expectations,
    judge: async (id, verdict, note) =>
      void (await post(`/v1/expectations/${part(id)}`, { verdict, ...(note === undefined ? {} : { note }) })),
    score: () => get('/v1/score'),
    unexpected: async () => (await get<Score>('/v1/score')).unexpected,
    gates: async () => (await get<{ gates: readonly Gate[] }>('/v1/gates')).gates,
    decide: async (gate, decision) => void (await post(`/v1/gates/${part(gate)}`, { decision })),
    confirm: (participant) => post('/v1/confirmations', { participant }),
    call: (method, path, body) => callControl(control, method, path, body),
  };
}

function fromEnvironment(): ControlAddress {
  const { controlUrl, controlToken } = readEnvironment();
  if (controlUrl !== undefined && controlToken !== undefined) return { url: controlUrl, token: controlToken };
  throw new SimError(
    'SIM_OPTION_INVALID',
    'which simulator? Give its control API ({ url, token }, as the ready line has them), or run under "dcass-sim run", which sets DCASS_CONTROL_URL and DCASS_CONTROL_TOKEN',
  );
}

/** A filter as a query: a list means any of its values. */
function toQuery(fields: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    (Array.isArray(value) ? (value as readonly unknown[]) : [value])
      .filter((each) => each !== undefined)
      .map((each) => [name, typeof each === 'string' ? each : JSON.stringify(each)] as [string, string]),
  );
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`;
}

// `gateway.stop: function-not-available {"phase":"closed"}`, as the API writes a refusal of the clearing state.
function refusalOf({ message }: SimError): Injected['refused'] {
  const [, code, facts] = /^[\w.-]+: ([\w-]+) (\{.*\})$/s.exec(message) ?? [];
  return code === undefined || facts === undefined ? undefined : { code, facts: JSON.parse(facts) as object };
}

const TIMEOUT_MS = 5_000;

async function waitFor(
  control: ControlAddress,
  entries: () => Promise<readonly JournalEntry[]>,
  filter: JournalFilter,
  { timeoutMs = TIMEOUT_MS }: { readonly timeoutMs?: number } = {},
): Promise<JournalEntry> {
  checkKinds(filter);
  using journal = openJournal(control, toQuery({ after: 0, ...filter }));
  let timer: Disposable | undefined;
  const timeout = new Promise<undefined>((resolve) => {
    timer = wallClock.after(timeoutMs, () => resolve(undefined));
  });
  const coming = journal.texts.next();
  // When nobody waits for it any more, its end is no news.
  coming.catch(() => undefined);
  const next = await Promise.race([coming, timeout]);
  timer?.[Symbol.dispose]();
  if (next?.done === false) return JSON.parse(next.value) as JournalEntry;
  if (next) throw new SimError('SIM_STOPPED', `the simulator stopped before this came: ${describeFilter(filter)}`);
  const said = `no journal entry matched within ${timeoutMs} ms: ${describeFilter(filter)}`;
  throw new SimError('SIM_WAIT_TIMED_OUT', [said, ...nearMissLines(filter, await entries())].join('\n'));
}
