import { toIso, type TransportTime } from '../../src/time/instant.ts';
import type { JournalEntry, JournalWriter, NewEntry } from '../../src/journal/entry.ts';
import type { WallClock } from '../../src/host/wall-clock.ts';
import { startOapiGateway, type OapiGateway } from '../../src/oapi/gateway.ts';
import { LiveRules } from '../../src/oapi/answers-on-demand/live-rules.ts';
import type { OapiSettings } from '../../src/oapi/settings.ts';
import { Disposables } from '../../src/host/disposables.ts';
import { coreAt } from '../support/world.ts';
import { connect, type OapiClient } from './client.ts';
import type { Dictionary } from '../../src/oapi/dictionary/dictionary.ts';
import { openProtocol } from '../../src/oapi/protocol.ts';
import { genium, geniumProtocol } from './messages.ts';

/** A transport clock that a test moves: ticks of the gateway happen when it says so. */
export function handClock() {
  let now = 1_000;
  const every = new Set<() => void>();
  const after = new Set<{ readonly due: number; readonly call: () => void }>();
  const wall: WallClock = {
    transportNow: () => now as TransportTime,
    isoNow: () => '2026-01-01T00:00:00.000Z',
    after(ms, call) {
      const timer = { due: now + ms, call };
      after.add(timer);
      return { [Symbol.dispose]: () => void after.delete(timer) };
    },
    every: (_ms, call) => {
      every.add(call);
      return { [Symbol.dispose]: () => void every.delete(call) };
    },
  };
  return {
    wall,
    timers: () => every.size,
    /** Calls that are still to come once. */
    waiting: () => after.size,
    advance(ms: number) {
      now += ms;
      for (const call of every) call();
      for (const timer of [...after].filter(({ due }) => due <= now).toSorted((a, b) => a.due - b.due)) {
        if (after.delete(timer)) timer.call();
      }
    },
  };
}

export function memoryJournal(): JournalWriter & {
  readonly entries: JournalEntry[];
  of(kind: string): JournalEntry[];
  waitFor(kind: string, count?: number): Promise<void>;
} {
  const entries: JournalEntry[] = [];
  const waiting = new Set<() => void>();
  const of = (kind: string): JournalEntry[] => entries.filter((entry) => entry.kind === kind);
  return {
    entries,
    of,
    record(fields: NewEntry) {
      const entry: JournalEntry = { ...fields, seq: entries.length + 1, simTime: toIso(0 as never), wallTime: '' };
      entries.push(entry);
      for (const check of waiting) check();
      return entry;
    },
    waitFor(kind, count = 1) {
      return new Promise((resolve) => {
        const check = (): void => {
          if (of(kind).length < count) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      });
    },
  };
}

export interface OapiWorld extends AsyncDisposable {
  readonly core: ReturnType<typeof coreAt>['core'];
  readonly clock: ReturnType<typeof coreAt>['clock'];
  readonly transport: ReturnType<typeof handClock>;
  readonly journal: ReturnType<typeof memoryJournal>;
  readonly answers: LiveRules;
  readonly gateways: readonly [OapiGateway, OapiGateway];
  /** A new connection to gateway 1 or 2. */
  client(gateway?: 1 | 2): Promise<OapiClient>;
}

/** The real core behind two real gateways on real sockets; both clocks stand still. */
export async function oapiWorld(
  options: Parameters<typeof coreAt>[1] & {
    readonly time?: string;
    readonly settings?: Partial<OapiSettings>;
    readonly dictionary?: Dictionary;
  } = {},
): Promise<OapiWorld> {
  const { dictionary = genium } = options;
  const protocol = dictionary === genium ? geniumProtocol : openProtocol(dictionary);
  const resources = new Disposables();
  const { core, clock } = coreAt(options.time ?? '10:00', options);
  const transport = handClock();
  const journal = memoryJournal();
  const answers = new LiveRules(journal);
  const start = async (number: number): Promise<OapiGateway> =>
    resources.use(
      await startOapiGateway({
        name: `oapi-${number}`,
        number,
        address: '127.0.0.1',
        port: 0,
        core,
        journal,
        wall: transport.wall,
        protocol: async () => protocol,
        answers,
        settings: options.settings ?? {},
      }),
    );
  const gateways = [await start(1), await start(2)] as const;
  return {
    core,
    clock,
    transport,
    journal,
    answers,
    gateways,
    async client(gateway = 1) {
      const { address, port } = gateways[gateway - 1] as OapiGateway;
      return resources.use(await connect({ host: address, port }));
    },
    [Symbol.asyncDispose]: () => resources[Symbol.asyncDispose](),
  };
}
