import type { JournalEntry, JournalWriter } from '../journal/entry.ts';
import type { TraceScope } from '../journal/trace.ts';
import type { JournalFilter } from '../journal/filter.ts';

/** What the control API needs of a simulator. */
export interface ControlPort {
  /** The ready object without the token; undefined until everything is bound. */
  ready(): object | undefined;
  readonly clock: {
    view(): ClockView;
    advanceTo(time: string): Promise<void>;
    advanceBy(duration: string): Promise<void>;
    runToNext(): Promise<void>;
    pause(): void;
    resume(options?: { readonly speed?: number }): void;
  };
  readonly journal: JournalWriter &
    TraceScope & {
      entries(filter: JournalFilter): readonly JournalEntry[];
      follow(filter: JournalFilter, listener: (entry: JournalEntry) => void): Disposable;
    };
  state(): StateView;
  /** A participant's trades and positions as DCASS has them now; undefined for an unknown participant. */
  books(participant: string): { readonly trades: readonly object[]; readonly positions: readonly object[] } | undefined;
  /** The breaks that the scenario planted in the participants' own records. */
  discrepancies(): readonly object[];
  expectations(): readonly { readonly status: string }[];
  score(): object;
  /** The instructor decides of an expectation. @returns why that cannot be */
  judge(id: string, verdict: Verdict, note: string | undefined): string | undefined;
  /** What a fallback asks of the participants; undefined before one. */
  fallback(): object | undefined;
  mails(): readonly { readonly number: number; readonly participant: string | undefined }[];
  gates(): readonly Gate[];
  /** @returns false when no such gate waits now */
  decide(gate: string, decision: Decision): boolean;
  /** Performs a verb of the scenario language now. @throws SimError SIM_VERB_INVALID */
  inject(verb: string, args: unknown): Promise<Injected>;
  readonly faults: {
    /** Begins a fault, by the arguments of `fault.start`. @throws SimError SIM_VERB_INVALID, SIM_OPTION_INVALID */
    start(args: object): Promise<object>;
    /** @returns false where no such fault is in force */
    stop(id: string): Promise<boolean>;
    list(): readonly { readonly id: string }[];
  };
  /** Records a confirmation form (Appendix E). @returns undefined for an unknown participant */
  confirm(participant: string): { readonly late: boolean; readonly entry: JournalEntry } | undefined;
  readonly checkpoints: {
    save(name?: string): object;
    list(): readonly object[];
    restore(name: string): Promise<object>;
  };
}

export type Verdict = 'met' | 'missed' | 'waived';

export type Decision = 'open' | 'skip';

/** A decision of the timeline. */
export interface Gate {
  /** The id of its step. */
  readonly gate: string;
  readonly says: string;
  /** Business time at which the default decides. */
  readonly until: string;
  readonly byDefault: Decision;
  /** Undefined while it waits. */
  readonly decision: Decision | undefined;
}

export interface ClockView {
  readonly simTime: string;
  readonly mode: 'paused' | 'running';
  /** Business milliseconds per real millisecond while running. */
  readonly speed: number;
  /** When the next thing of the day is due; null when nothing is. */
  readonly nextDue: string | null;
}

export interface StateView {
  readonly scenario: string;
  readonly simTime: string;
  readonly businessDate: string;
  readonly phase: string;
  readonly sessions: readonly {
    readonly id: string;
    readonly user: string;
    readonly window: string;
    readonly gateway: string;
  }[];
  readonly participants: readonly {
    readonly code: string;
    readonly name: string;
    readonly clearingHouses: readonly string[];
    readonly users: readonly { readonly id: string; readonly kind: string; readonly state: string }[];
    readonly trades: number;
    readonly positions: number;
  }[];
  readonly connections: Readonly<Record<string, number>>;
}

/** What became of an injected verb: done, or refused by the clearing state with its code and facts. */
export interface Injected {
  readonly refused: { readonly code: string; readonly facts: object } | undefined;
}
