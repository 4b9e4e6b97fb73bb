import type { CustomerCode } from './clearing/participant.ts';
import type { SftpKey } from './host/ssh-key.ts';
import type { JournalWriter } from './journal/entry.ts';
import type { Together } from './clearing/core-state.ts';
import type { Agenda } from './persistence/agenda.ts';
import type { SftpUser } from './sftp/port.ts';
import type { BusinessClock } from './time/clock.ts';
import { plusMs, toIso } from './time/instant.ts';

export interface SftpKeysOptions {
  /** By SFTP user: one per participant, named by its customer code. */
  readonly keys: Promise<ReadonlyMap<string, SftpKey>>;
  /** Makes a further key pair of a user, its second, its third, or finds it where it was made before. */
  readonly make: (user: string, number: number) => Promise<SftpKey>;
  readonly clock: Pick<BusinessClock, 'now'>;
  readonly journal: JournalWriter;
  readonly agenda: Pick<Agenda, 'add'>;
  readonly together: Together;
  /** Told of each change, before anybody meets it. */
  readonly note: (change: SftpKeyChange) => void;
}

/** What changed about the keys: the same changes, in order, give the same again. */
export type SftpKeyChange =
  | { readonly of: 'sftp-key-renewed'; readonly user: CustomerCode; readonly keepsOld: boolean }
  | { readonly of: 'sftp-key-ended'; readonly user: CustomerCode; readonly number: number };

interface UserKeys {
  /** Number of the key pair that is current: 1, 2, 3 … */
  readonly current: number;
  /** Those of before that are taken for a while. */
  readonly stillTaken: readonly number[];
  /** Those of before that are refused. */
  readonly former: readonly number[];
}

const FIRST: UserKeys = { current: 1, stillTaken: [], former: [] };

/**
 * The keys that the report server takes of each user, now. In reality the participant makes its key pair and sends HKEX the
 * public half; here both are ours, and the private one is a file.
 */
export class SftpKeys {
  readonly #options: SftpKeysOptions;
  /** All key pairs of each user that were made. */
  readonly #made = new Map<string, SftpKey[]>();
  readonly #users = new Map<string, UserKeys>();
  /** Resolves when the first key pair of every user is there. */
  readonly opened: Promise<void>;

  constructor(options: SftpKeysOptions) {
    this.#options = options;
    this.opened = options.keys.then((keys) => {
      for (const [user, first] of keys) this.#made.set(user, [first]);
    });
    this.opened.catch(() => undefined); // Whoever opens the report server awaits it; another trouble may come first.
  }

  user(name: string): SftpUser | undefined {
    const first = this.#made.get(name);
    if (!first) return undefined;
    const { current, stillTaken, former } = this.#keysOf(name);
    return {
      participant: name as CustomerCode,
      publicKeys: this.#publicKeys(name, [current, ...stillTaken]),
      formerKeys: this.#publicKeys(name, former),
    };
  }

  /** File of the private key that is current, by user. */
  files(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      [...this.#made].map(([user, made]) => [user, made[this.#keysOf(user).current - 1]?.privateKeyFile ?? '']),
    );
  }

  /**
   * A new key pair takes the place of the current one, which is taken for `keepOldMs` business milliseconds more.
   * Who is logged in stays so. ASSUMED: whether HKEX takes both keys for a while is not public.
   * @param settle called together with what is written down of it
   */
  async renew(user: CustomerCode, keepOldMs: number, settle: () => void = () => undefined): Promise<void> {
    const { clock, journal, agenda, together, note } = this.#options;
    await this.opened;
    await this.#make(user, this.#keysOf(user).current + 1);
    together(() => {
      settle();
      if (!this.#made.has(user)) return;
      const old = this.#keysOf(user).current;
      const keepsOld = keepOldMs > 0;
      const change = { of: 'sftp-key-renewed', user, keepsOld } as const;
      note(change);
      this.#apply(change);
      const until = plusMs(clock.now(), keepOldMs);
      journal.record({
        kind: 'sftp.key-renewed',
        source: 'sftp',
        user,
        participant: user,
        ...(keepsOld ? { oldUntil: toIso(until) } : {}),
      });
      if (keepsOld) agenda.add(until, { do: 'sftp-key.end', user, number: old });
    });
  }

  /** A key pair of before is taken no longer. */
  end(user: CustomerCode, number: number): void {
    const change = { of: 'sftp-key-ended', user, number } as const;
    this.#options.note(change);
    this.#apply(change);
    this.#options.journal.record({ kind: 'sftp.key-ended', source: 'sftp', user, participant: user });
  }

  /** Makes the key pairs that these changes name, or finds them: {@link restore} needs them. */
  async prepare(changes: readonly SftpKeyChange[]): Promise<void> {
    await this.opened;
    const made = new Map<CustomerCode, number>();
    for (const { of, user } of changes) if (of === 'sftp-key-renewed') made.set(user, (made.get(user) ?? 1) + 1);
    await Promise.all(
      [...made].map(async ([user, last]) => {
        for (let number = 2; number <= last; number++) await this.#make(user, number); // oxlint-disable-line no-await-in-loop
      }),
    );
  }

  /** Every user has its first key pair again, and then what these tell. Nothing is journalled. */
  restore(changes: readonly SftpKeyChange[]): void {
    this.#users.clear();
    for (const change of changes) this.#apply(change);
  }

  #apply(change: SftpKeyChange): void {
    const keys = this.#keysOf(change.user);
    const { current, stillTaken, former } = keys;
    if (change.of === 'sftp-key-ended') {
      const { number } = change;
      this.#users.set(change.user, {
        ...keys,
        stillTaken: stillTaken.filter((each) => each !== number),
        former: [...former, number],
      });
      return;
    }
    this.#users.set(change.user, {
      current: current + 1,
      stillTaken: change.keepsOld ? [...stillTaken, current] : stillTaken,
      former: change.keepsOld ? former : [...former, current],
    });
  }

  async #make(user: string, number: number): Promise<void> {
    const made = this.#made.get(user);
    if (!made || made[number - 1]) return;
    made[number - 1] = await this.#options.make(user, number);
  }

  #keysOf(user: string): UserKeys {
    return this.#users.get(user) ?? FIRST;
  }

  #publicKeys(user: string, numbers: readonly number[]): readonly string[] {
    const made = this.#made.get(user) ?? [];
    return numbers.flatMap((number) => made[number - 1]?.publicKey ?? []);
  }
}
