import type { Random } from '../time/random.ts';
import type { EffectName, FaultEffect, FaultWindow } from './fault.ts';

/**
 * When an effect acts. `port`: on the listening itself. `connection`: when one is accepted. `handshake`: when TLS or SSH
 * begins on it. `answer`: on the answer to a request. `broadcast`: on a broadcast.
 */
export type Stage = 'port' | 'connection' | 'handshake' | 'answer' | 'broadcast';

/** Sends bytes to the client; resolves when the operating system has them. */
export type Send = (bytes: Buffer) => Promise<void>;

/** What becomes of bytes on their way to a client: some, all or none of them go on, changed or not, now or later. */
export type Passage = (bytes: Buffer, send: Send) => Promise<void>;

/** What a passage may use. */
export interface PassageMeans {
  readonly random: Random;
  /** Whether it is for one answer, and not for all of a connection. */
  readonly isOnce: boolean;
  /** Resolves after so many transport milliseconds, or when the connection is gone. */
  wait(ms: number): Promise<void>;
  /** Ends the connection, without a goodbye of its protocol. */
  cut(): void;
}

/** One fault of the catalogue. */
export interface EffectKind<N extends EffectName = EffectName> {
  readonly name: N;
  readonly windows: readonly FaultWindow[];
  readonly stages: readonly Stage[];
  /** Whether the request that is hit is carried out all the same. */
  readonly carriesOut: boolean;
  /** What it does, as the end of a sentence that says what it is about: answers, or broadcasts. */
  explain(effect: EffectOf<N>, about: 'answers' | 'broadcasts'): string;
  /** For those that act on the bytes of an answer. */
  passage?(effect: EffectOf<N>, means: PassageMeans): Passage;
}

export type EffectOf<N extends EffectName> = Extract<FaultEffect, { readonly do: N }>;
