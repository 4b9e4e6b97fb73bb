import type { Checkpoint } from './checkpoint.ts';
import type { CredentialVault } from './clearing/secret.ts';
import type { StateSnapshot } from './clearing/snapshot.ts';
import type { Decision, Gate, Injected, StateView, Verdict } from './control/port.ts';
import type { AddressPlan, PortOverrides } from './host/address-plan.ts';
import type { Journal } from './journal/journal.ts';
import type { Kept } from './kept.ts';
import type { SentMail } from './mail/outbox.ts';
import type { Verify } from './observe/verify.ts';
import type { WaitFor } from './observe/wait-for.ts';
import type { FallbackView } from './platforms/platforms.ts';
import type { Ready } from './ready.ts';
import type { ExpectationResult } from './scenario/expectations.ts';
import type { Evidence, Score } from './score/score.ts';
import type { SimClock } from './sim-clock.ts';
import type { Faults } from './faults-api.ts';

export interface SimulatorOptions {
  /** A shipped day by its name, or the path of a scenario file. Default: verification-day. */
  readonly scenario?: string;
  /** Where it listens, design.md 5.3. Default `ephemeral`; `default` is the command line's choice for this system. */
  readonly plan?: AddressPlan | 'default';
  /** Default `paused`. */
  readonly clock?: 'paused' | 'running';
  /** Business seconds per real second while running. Default 1. */
  readonly speed?: number;
  /** Move to this time of the day before it is ready: `09:00`. */
  readonly at?: string;
  /** Begin the day at this time: what was due before has happened with nobody connected, and is history. */
  readonly from?: string;
  readonly seed?: number | string;
  /** Values of the day's parameters, by name. */
  readonly params?: Readonly<Record<string, string | number>>;
  /** Where keys, certificates and run files are kept; nothing is written outside it. */
  readonly stateDir?: string;
  /** Where the files of this run go, which end with it; left out: into the state directory. */
  readonly runsIn?: string;
  readonly ports?: PortOverrides;
  /** Plans `single` and `ephemeral`: an IP address to listen on, in the place of 127.0.0.1; the control API too. */
  readonly listenOn?: string;
  /** Token of the control API, 16 characters or more; `DCASS_SIM_CONTROL_TOKEN`, or a random one, when absent. */
  readonly controlToken?: string;
  /** A folder of report templates, in the place of the one that the scenario names. */
  readonly reportTemplates?: string;
  /** What the OAPI gateways speak, in the place of the scenario's: a name, or a file. */
  readonly dictionary?: string;
  /** Listen where another day did that has been stopped, with its token: its clients go on with this one. */
  readonly sameAs?: Ready;
  /**
   * Make ready, right after the start, what else is made when its first client comes: the pages, the control API, OAPI sessions, SSH. For
   * days that people and other processes use.
   */
  readonly prewarm?: boolean;
  /** Also keep the journal as JSON lines in this file. */
  readonly journalFile?: string;
  /** Keep the day in the state directory while it happens, so that it can go on after its process was killed. */
  readonly keep?: boolean;
  /** Go on with the day that was kept there and left last. */
  readonly resume?: boolean;
}

/** A running day. Stop it, or let `await using` do so. */
export interface Simulator extends AsyncDisposable {
  readonly endpoints: Ready;
  readonly title: string;
  readonly clock: SimClock;
  readonly journal: Pick<Journal, 'entries' | 'follow' | 'waitFor'>;
  readonly waitFor: WaitFor;
  readonly verify: Verify;
  /** What clients did that nobody expected: not simulated, not allowed by a protocol or page, refused by the state. Nothing has to be asked for. */
  unexpected(): readonly Evidence[];
  /**
   * Performs a verb of the scenario language now. What the clearing state refuses is in the answer and in the journal.
   * @throws SimError SIM_VERB_INVALID
   */
  inject(verb: string, args?: unknown): Promise<Injected>;
  readonly faults: Faults;
  expectations(): readonly ExpectationResult[];
  /** The day, graded. `final`: nothing more is to come, so that what is due at this very moment is missed, not pending. */
  score(options?: { readonly final?: boolean }): Score;
  /** The instructor decides: any expectation is waived, one with `confirm` is met or missed. @throws SimError SIM_OPTION_INVALID */
  judge(id: string, verdict: Verdict, note?: string): void;
  /** The decisions of the timeline that wait, or were made. */
  gates(): readonly Gate[];
  /** The instructor decides. @returns false when no such gate waits now */
  decide(gate: string, decision: Decision): boolean;
  /** What a fallback asks of the participants, and what looks different after it; undefined before one. */
  fallback(): FallbackView | undefined;
  /** What HKEX's desk has written: answers to forms, and notices. */
  mails(): readonly SentMail[];
  state(): StateView;
  /** The whole clearing state as JSON can carry it; its `secrets` are the passwords. */
  snapshot(): StateSnapshot;
  /** Saves the day as it is now, under a name. @throws SimError SIM_OPTION_INVALID */
  checkpoint(name?: string): Checkpoint;
  checkpoints(): readonly Checkpoint[];
  /** The day is again what it was at the checkpoint; who is connected is not any more. @throws SimError SIM_CHECKPOINT_UNKNOWN */
  restore(checkpoint: string): Promise<Checkpoint>;
  /** Where the day is kept, where it is, and what it goes on from. */
  readonly kept: Kept | undefined;
  /** The passwords that were set during the day, to which the journal refers: a replay needs them. */
  readonly credentials: CredentialVault;
  stop(): Promise<void>;
}
