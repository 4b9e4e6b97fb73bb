import type { Door, Port } from '../host/listen.ts';
import type { WallClock } from '../host/wall-clock.ts';
import type { JournalWriter } from '../journal/entry.ts';
import type { Random } from '../time/random.ts';
import { kindOf } from './catalogue.ts';
import { doorOf } from './door.ts';
import { explainFault } from './explain.ts';
import type { FaultView } from './fault-view.ts';
import { windowOf, type FaultEffect, type FaultRule } from './fault.ts';
import { isAbout, type Occasion } from './match.ts';

/** A fault that hits something. */
export interface FaultHit {
  readonly id: string;
  readonly effect: FaultEffect;
  /** Whether a request is carried out all the same. */
  readonly carriesOut: boolean;
  /** Of this fault; the same seed gives the same. */
  readonly random: Random;
}

/** What a window asks. */
export interface Faults {
  /** Whether there is none now: then nobody needs to describe what happens. */
  readonly isQuiet: boolean;
  /** What hits this, and counts it: the oldest fault that is about it. */
  take(occasion: Occasion): FaultHit | undefined;
  /** For `listen`: what becomes of new connections there, and of the listening itself. */
  door(listeners: readonly string[]): Door;
}

export type EndReason = 'used-up' | 'over' | 'stopped';

/** What changed about the faults: the same changes, in order, give the same faults again. */
export type FaultChange =
  | { readonly of: 'fault-begun'; readonly fault: string; readonly rule: FaultRule }
  | { readonly of: 'fault-hit'; readonly fault: string }
  | { readonly of: 'fault-ended'; readonly fault: string };

export interface LiveFaultsOptions {
  readonly journal: JournalWriter;
  readonly wall: WallClock;
  readonly random: Random;
  /** Told of each change, before anybody meets it. */
  readonly note?: ((change: FaultChange) => void) | undefined;
  /** Marks what is written down of one change as belonging together. */
  readonly together?: (<T>(work: () => T) => T) | undefined;
}

interface Live {
  readonly id: string;
  readonly rule: FaultRule;
  readonly random: Random;
  hits: number;
  timer: Disposable | undefined;
}

// After these a journal line comes only when the number has doubled; the end tells how many there were.
const HITS_TOLD = 20;

/** The faults in force. It knows no business clock: whoever starts one for a time of the day ends it. */
export class LiveFaults implements Faults {
  readonly #options: LiveFaultsOptions;
  readonly #note: (change: FaultChange) => void;
  readonly #together: <T>(work: () => T) => T;
  readonly #live = new Map<string, Live>();
  readonly #ports = new Set<{ readonly listeners: readonly string[]; readonly port: Port }>();
  #made = 0;

  constructor(options: LiveFaultsOptions) {
    this.#options = options;
    this.#note = options.note ?? (() => undefined);
    this.#together = options.together ?? ((work) => work());
  }

  get isQuiet(): boolean {
    return this.#live.size === 0;
  }

  /**
   * Resolves when it is in force.
   * @returns its id, and whoever started it may end it by that; undefined where one of this id is in force
   */
  async start(rule: FaultRule): Promise<string | undefined> {
    const id = rule.id ?? this.freeId();
    if (this.#live.has(id)) return undefined;
    this.#together(() => {
      this.#note({ of: 'fault-begun', fault: id, rule });
      this.#add(id, rule);
      this.#options.journal.record({
        kind: 'fault.started',
        source: 'simulator',
        fault: id,
        effect: rule.effect.do,
        listeners: rule.match.listeners,
        explain: explainFault(rule),
      });
    });
    if (rule.effect.do === 'refuse') await this.movePorts();
    return id;
  }

  /** Resolves when it is over. @returns false where no such fault is in force */
  async stop(id: string, why: EndReason = 'stopped'): Promise<boolean> {
    const live = this.#live.get(id);
    if (!live) return false;
    await this.#end(live, why);
    return true;
  }

  /**
   * Forgets its faults, and has those again of which it once told: their times go on, a real time and what is drawn
   * by chance begin anew. Nothing is journalled; ports follow with {@link movePorts}.
   */
  restore(changes: readonly FaultChange[]): void {
    this[Symbol.dispose]();
    this.#made = 0;
    for (const change of changes) {
      const live = this.#live.get(change.fault);
      if (change.of === 'fault-begun') {
        this.#add(change.fault, change.rule);
        this.#made = Math.max(this.#made, Number(/^fault-(\d+)$/.exec(change.fault)?.[1] ?? 0));
      } else if (live && change.of === 'fault-hit') live.hits++;
      else if (live) {
        live.timer?.[Symbol.dispose]();
        this.#live.delete(live.id);
      }
    }
  }

  #add(id: string, rule: FaultRule): void {
    const { wall, random } = this.#options;
    const live: Live = { id, rule, random: random.fork(id), hits: 0, timer: undefined };
    this.#live.set(id, live);
    const { forRealMs } = rule.end;
    if (forRealMs !== undefined) live.timer = wall.after(forRealMs, () => void this.#end(live, 'over'));
  }

  has(id: string): boolean {
    return this.#live.has(id);
  }

  /** What those in force were begun with, the oldest first. */
  rules(): readonly FaultRule[] {
    return [...this.#live.values()].map(({ rule }) => rule);
  }

  list(): readonly FaultView[] {
    return [...this.#live.values()].map(({ id, rule, hits }) => ({
      id,
      explain: explainFault(rule),
      effect: rule.effect.do,
      listeners: rule.match.listeners,
      hits,
    }));
  }

  /** Ends all, and tells of none: the simulator stops. */
  [Symbol.dispose](): void {
    for (const { timer } of this.#live.values()) timer?.[Symbol.dispose]();
    this.#live.clear();
  }

  take(occasion: Occasion): FaultHit | undefined {
    for (const live of this.#live.values()) {
      const { id, rule, random } = live;
      const { effect } = rule;
      const { stages, carriesOut, windows } = kindOf(effect);
      if (!occasion.stages.some((stage) => stages.includes(stage)) || !isAbout(rule.match, occasion)) continue;
      // A rule of several listeners may name one at which its effect cannot be had.
      const window = windowOf(occasion.listeners[0] ?? '');
      if (window === undefined || !windows.includes(window)) continue;
      if (rule.sharePpm !== undefined && random.integer(1_000_000) >= rule.sharePpm) continue;
      this.#hit(live, occasion);
      return { id, effect, carriesOut, random };
    }
    return undefined;
  }

  door(listeners: readonly string[]): Door {
    return doorOf({
      listeners,
      faults: this,
      wall: this.#options.wall,
      bound: (port) => {
        const entry = { listeners, port };
        this.#ports.add(entry);
        return { done: this.movePorts(), [Symbol.dispose]: () => void this.#ports.delete(entry) };
      },
    });
  }

  #hit(live: Live, occasion: Occasion): void {
    this.#together(() => {
      this.#note({ of: 'fault-hit', fault: live.id });
      live.hits++;
      this.#tellHit(live, occasion);
      const { times } = live.rule.end;
      if (times !== undefined && live.hits >= times) void this.#end(live, 'used-up');
    });
  }

  #tellHit(live: Live, { listeners, user, method, path, transaction, broadcast, operation }: Occasion): void {
    const { hits, id, rule } = live;
    if (hits > HITS_TOLD && !Number.isInteger(Math.log2(hits))) return;
    const fields = { user, method, path, transaction, broadcast, operation };
    this.#options.journal.record({
      kind: 'fault.hit',
      source: 'simulator',
      fault: id,
      effect: rule.effect.do,
      hits,
      listener: listeners.join(', '),
      ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
    });
  }

  async #end(live: Live, why: EndReason): Promise<void> {
    if (!this.#live.delete(live.id)) return;
    live.timer?.[Symbol.dispose]();
    const { id, rule, hits } = live;
    this.#together(() => {
      this.#note({ of: 'fault-ended', fault: id });
      this.#options.journal.record({
        kind: 'fault.ended',
        source: 'simulator',
        fault: id,
        effect: rule.effect.do,
        why,
        hits,
      });
    });
    if (rule.effect.do === 'refuse') await this.movePorts();
  }

  /** Closes the ports whose connections are refused now, and opens those that were closed before. */
  async movePorts(): Promise<void> {
    const refused = [...this.#live.values()].filter(({ rule }) => rule.effect.do === 'refuse');
    await Promise.all(
      [...this.#ports].map(async ({ listeners, port }) => {
        const isClosed = refused.some(({ rule }) => listeners.every((each) => rule.match.listeners.includes(each)));
        try {
          await port.setOpen(!isClosed);
        } catch (error) {
          const code = 'port-not-free';
          const problem = error instanceof Error ? error.message : String(error);
          this.#options.journal.record({ kind: 'simulator.bug', source: 'simulator', code, problem });
        }
      }),
    );
  }

  /** An id that no fault in force has: `fault-1`. */
  freeId(): string {
    let id: string;
    do id = `fault-${++this.#made}`;
    while (this.#live.has(id));
    return id;
  }
}

/** For a window without any. */
export const NO_FAULTS: Faults = {
  isQuiet: true,
  take: () => undefined,
  door: () => ({ take: () => false, bound: () => ({ done: Promise.resolve(), [Symbol.dispose]: () => undefined }) }),
};
