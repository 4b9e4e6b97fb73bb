import { COMMANDS } from '../clearing/commands/catalogue.ts';
import type { Command } from '../clearing/commands/command.ts';
import type { ClearingCore, CommandDone } from '../clearing/core.ts';
import type { CustomerCode } from '../clearing/participant.ts';
import type { Outcome } from '../clearing/rejection.ts';
import type { UserId } from '../clearing/user.ts';
import type { JournalWriter } from '../journal/entry.ts';
import { toIso, type Instant } from '../time/instant.ts';
import { bookDifferences, type BookDifference } from './book-differences.ts';
import { doWork, type ExchangeWork } from './exchange-work.ts';

/** What entries of the old platform's clearing state say in the journal. */
export const OLD_PLATFORM = 'genium-inet';

export interface OldPlatform {
  /** The old system with the state as of its restore point, closed until the fallback. */
  readonly core: ClearingCore;
  /** Whether HKEX enters the deals of the trading system again. */
  readonly deals: 'restored' | 'lost';
}

export interface PlatformsOptions {
  readonly upgraded: ClearingCore;
  /** Undefined: the day has one platform. */
  readonly old: OldPlatform | undefined;
  readonly journal: JournalWriter;
  /** Told of each change, beside the journal. */
  readonly note?: (change: PlatformChange) => void;
}

/** A clearing transaction that is gone with the upgraded platform. */
export interface ReInput {
  /** 1, 2, 3 … in the order in which they were done. */
  readonly item: number;
  readonly participant: CustomerCode;
  /** Who had input it; undefined where HKEX or the scenario had. */
  readonly user: UserId | undefined;
  /** Business time at which it was done first. */
  readonly doneAt: string;
  readonly functionName: string;
  /** As it was input; its numbers are those of the upgraded platform. */
  readonly command: Command;
  /** Business time at which the old platform got it again; undefined while it is missing. */
  readonly matchedAt: string | undefined;
}

export interface FallbackView {
  readonly reInput: readonly ReInput[];
  readonly differences: readonly BookDifference[];
}

/** What changed about the two platforms: the same changes, in order, give the same again. */
export type PlatformChange =
  | { readonly of: 'exchange-work'; readonly work: ExchangeWork; readonly deal?: number | undefined }
  | { readonly of: 'command'; readonly done: CommandDone }
  | { readonly of: 'command-matched'; readonly item: number; readonly at: Instant }
  | { readonly of: 'platform-saved' }
  | { readonly of: 'fell-back' }
  | { readonly of: 'linked' };

interface Due extends Omit<ReInput, 'matchedAt'> {
  readonly content: string;
  matchedAt: Instant | undefined;
}

/**
 * The upgraded platform and the old one, Genium INET: rollout package, sections 1 and 2.9 (A). ASSUMED: what a fallback
 * restores is not public (dcass-facts.md section 8, X). Here the old platform has the state and the passwords as of the
 * start of the scenario, or of the last `platform.save`; HKEX enters again the deals, prices and accounts since then, and the participants re-input
 * their own clearing transactions. The business date stays open for that, without its System Input Cutoff:
 * day ends and rolls are run again by the scenario.
 */
export class Platforms {
  readonly #upgraded: ClearingCore;
  readonly #old: OldPlatform | undefined;
  readonly #journal: JournalWriter;
  readonly #note: (change: PlatformChange) => void;
  readonly #work: { readonly work: ExchangeWork; readonly deal: number | undefined }[] = [];
  readonly #due: Due[] = [];
  #hasFallenBack = false;
  #isLinked = false;

  constructor({ upgraded, old, journal, note = () => undefined }: PlatformsOptions) {
    this.#note = note;
    this.#upgraded = upgraded;
    this.#old = old;
    this.#journal = journal;
    if (!old) return;
    upgraded.onCommand((done) => this.#change({ of: 'command', done }));
    old.core.onCommand((done) => this.#match(done));
  }

  /** The platform on which HKEX works now. */
  get core(): ClearingCore {
    return this.#hasFallenBack && this.#old ? this.#old.core : this.#upgraded;
  }

  get upgraded(): ClearingCore {
    return this.#upgraded;
  }

  get old(): ClearingCore | undefined {
    return this.#old?.core;
  }

  get hasFallenBack(): boolean {
    return this.#hasFallenBack;
  }

  /** What HKEX or the trading system does, on the platform that works now. */
  work(work: ExchangeWork): Outcome<unknown> {
    const { outcome, deal } = doWork(this.core, work);
    if (outcome.ok && this.#old && !this.#hasFallenBack) this.#change({ of: 'exchange-work', work, deal });
    return outcome;
  }

  /** Forgets what it knows, and has that again of which it once told; the clearing states are restored by others. */
  restore(changes: readonly PlatformChange[]): void {
    this.#work.length = 0;
    this.#due.length = 0;
    this.#hasFallenBack = false;
    this.#isLinked = false;
    for (const change of changes) this.#apply(change);
  }

  /** What a fallback goes back to is the state of now, with its passwords; what was done until now is in it. */
  save(): void {
    const old = this.#old;
    if (!old || this.#hasFallenBack) return;
    // Its place in the journal tells which state it was.
    this.#change({ of: 'platform-saved' });
    old.core.restore(this.#upgraded.snapshot());
    old.core.setPhase('closed');
  }

  /** The upgraded platform closes; the old one gets what HKEX enters again. It stays closed until HKEX opens it. */
  fallBack(): void {
    const old = this.#old;
    if (!old || this.#hasFallenBack) return;
    this.#upgraded.setPhase('closed');
    this.#change({ of: 'fell-back' });
    const { length } = this.#due;
    this.#journal.record({ kind: 'platform.fell-back', source: 'scenario', deals: old.deals, reInput: length });
    this.#restore(old);
    for (const { item, participant, functionName, user } of this.#due) {
      this.#journal.record({
        kind: 'platform.re-input-due',
        source: 'scenario',
        item,
        participant,
        functionName,
        ...(user === undefined ? {} : { user }),
      });
    }
  }

  /** HKEX establishes the connection to the Network Gateways again, and the old platform takes logins. */
  openOld(): void {
    this.#change({ of: 'linked' });
    this.#old?.core.setPhase('normal');
  }

  /** Whether the Network Gateways have their connection to the old platform. */
  get isLinked(): boolean {
    return this.#isLinked;
  }

  /** What is to be re-input, and what the old platform shows otherwise than the upgraded one did; undefined before a fallback. */
  view(): FallbackView | undefined {
    const old = this.#old;
    if (!old || !this.#hasFallenBack) return undefined;
    return {
      reInput: this.#due.map(({ content: _content, matchedAt, ...rest }) => ({
        ...rest,
        matchedAt: matchedAt === undefined ? undefined : toIso(matchedAt),
      })),
      differences: this.#upgraded.participants().flatMap(({ code }) => bookDifferences(this.#upgraded, old.core, code)),
    };
  }

  #restore({ core, deals }: OldPlatform): void {
    const dealNow = new Map<number, number | undefined>();
    for (const { work, deal } of this.#work) {
      if (deals === 'lost' && (work.what === 'deal' || work.what === 'annul')) continue;
      // A trade can be given up on its own business date only: day ends wait until the re-input is over.
      if (work.what === 'day-end' || work.what === 'roll') continue;
      const renumbered = work.what === 'annul' ? { ...work, deal: dealNow.get(work.deal) ?? work.deal } : work;
      const done = doWork(core, renumbered);
      if (deal !== undefined) dealNow.set(deal, done.deal);
    }
    core.liftInputCutoff();
  }

  #change(change: PlatformChange): void {
    this.#note(change);
    this.#apply(change);
  }

  #apply(change: PlatformChange): void {
    switch (change.of) {
      case 'exchange-work':
        this.#work.push({ work: change.work, deal: change.deal });
        return;
      case 'command':
        this.#remember(change.done);
        return;
      case 'command-matched': {
        const found = this.#due.find(({ item }) => item === change.item);
        if (found) found.matchedAt = change.at;
        return;
      }
      case 'platform-saved':
        this.#work.length = 0;
        this.#due.length = 0;
        return;
      case 'fell-back':
        this.#hasFallenBack = true;
        return;
      case 'linked':
        this.#isLinked = true;
    }
  }

  #remember({ at, participant, user, command, content }: CommandDone): void {
    this.#due.push({
      item: this.#due.length + 1,
      participant,
      user,
      doneAt: toIso(at),
      functionName: COMMANDS[command.do].functionName,
      command,
      content,
      matchedAt: undefined,
    });
  }

  #match({ at, participant, content }: CommandDone): void {
    const found = this.#due.find((each) => each.matchedAt === undefined && each.content === content);
    if (!found) return;
    this.#change({ of: 'command-matched', item: found.item, at });
    this.#journal.record({ kind: 'platform.re-input-matched', source: 'scenario', item: found.item, participant });
    if (this.#due.some((each) => each.participant === participant && each.matchedAt === undefined)) return;
    this.#journal.record({ kind: 'platform.re-input-complete', source: 'scenario', participant });
  }
}
