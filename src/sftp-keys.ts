import type { CustomerCode } from './clearing/participant.ts';
import type { SftpKey } from './host/ssh-key.ts';
import type { JournalWriter } from './journal/entry.ts';
import type { SftpUser } from './sftp/port.ts';
import type { BusinessClock } from './time/clock.ts';
import { plusMs, toIso } from './time/instant.ts';

export interface SftpKeysOptions {
  /** By SFTP user: one per participant, named by its customer code. */
  readonly keys: ReadonlyMap<string, SftpKey>;
  /** Makes a further key pair of a user: its second, its third. */
  readonly make: (user: string, number: number) => Promise<SftpKey>;
  readonly clock: Pick<BusinessClock, 'now' | 'scheduleAt'>;
  readonly journal: JournalWriter;
}

interface UserKeys {
  readonly current: SftpKey;
  /** Public keys of before that are taken for a while. */
  readonly stillTaken: readonly string[];
  /** Public keys of before that are refused. */
  readonly former: readonly string[];
  readonly made: number;
}

/**
 * The keys that the report server takes of each user, now. In reality the participant makes its key pair and sends HKEX the
 * public half; here both are ours, and the private one is a file.
 */
export class SftpKeys {
  readonly #users: Map<string, UserKeys>;
  readonly #options: SftpKeysOptions;

  constructor(options: SftpKeysOptions) {
    this.#options = options;
    this.#users = new Map(
      [...options.keys].map(([user, current]) => [user, { current, stillTaken: [], former: [], made: 1 }]),
    );
  }

  user(name: string): SftpUser | undefined {
    const keys = this.#users.get(name);
    return (
      keys && {
        participant: name as CustomerCode,
        publicKeys: [keys.current.publicKey, ...keys.stillTaken],
        formerKeys: keys.former,
      }
    );
  }

  /** File of the private key that is current, by user. */
  files(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#users].map(([user, { current }]) => [user, current.privateKeyFile]));
  }

  /**
   * A new key pair takes the place of the current one, which is taken for `keepOldMs` business milliseconds more.
   * Who is logged in stays so. ASSUMED: whether HKEX takes both keys for a while is not public.
   */
  async renew(user: CustomerCode, keepOldMs: number): Promise<void> {
    const { make, clock, journal } = this.#options;
    const number = (this.#users.get(user)?.made ?? 0) + 1;
    const current = await make(user, number);
    const before = this.#users.get(user);
    if (!before) return;
    const old = before.current.publicKey;
    const isKept = keepOldMs > 0;
    this.#users.set(user, {
      current,
      stillTaken: isKept ? [...before.stillTaken, old] : before.stillTaken,
      former: isKept ? before.former : [...before.former, old],
      made: number,
    });
    const until = plusMs(clock.now(), keepOldMs);
    journal.record({
      kind: 'sftp.key-renewed',
      source: 'sftp',
      user,
      participant: user,
      ...(isKept ? { oldUntil: toIso(until) } : {}),
    });
    if (isKept) clock.scheduleAt(until, () => this.#end(user, old));
  }

  #end(user: CustomerCode, old: string): void {
    const keys = this.#users.get(user);
    if (!keys) return;
    this.#users.set(user, {
      ...keys,
      stillTaken: keys.stillTaken.filter((each) => each !== old),
      former: [...keys.former, old],
    });
    this.#options.journal.record({ kind: 'sftp.key-ended', source: 'sftp', user, participant: user });
  }
}
