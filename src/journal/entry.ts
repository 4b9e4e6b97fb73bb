import type { JournalKind } from './kinds.ts';

/** Where an entry comes from. */
export type JournalSource =
  | 'clearing'
  | 'scenario'
  | 'clock'
  | 'online'
  | 'oapi'
  | 'sftp'
  | 'mail'
  | 'control'
  | 'simulator';

/**
 * What happened. `kind` is `noun.past` or `window.thing`, for example `online.login`,
 * `sftp.download`, `clearing.password-set`. Beside the fixed fields an entry carries the
 * fields of its kind, flat, so that a filter names them: `{ kind: 'online.login', user: … }`.
 * No password, key or token is ever in it.
 */
export interface NewEntry {
  readonly kind: JournalKind;
  readonly source: JournalSource;
  /** Set where somebody asked for something: was it done, refused by the model's rules, broken, or not simulated? */
  readonly outcome?: 'ok' | 'refused' | 'invalid' | 'unsimulated';
  /** The rejection code, where the outcome is not ok. */
  readonly code?: string;
  readonly [field: string]: unknown;
}

export interface JournalEntry extends NewEntry {
  /** 1, 2, 3 … without gaps. */
  readonly seq: number;
  /** Business time, ISO 8601 with +08:00. */
  readonly simTime: string;
  /** The real time, ISO 8601 in UTC: the only field in which two equal runs differ. */
  readonly wallTime: string;
}

/** The port through which the windows and the core write. */
export interface JournalWriter {
  record(entry: NewEntry): JournalEntry;
}
