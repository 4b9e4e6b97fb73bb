import { expect, test } from 'vitest';
import type { AccountId, AccountType } from '../../../src/clearing/account.ts';
import type { CloseOut } from '../../../src/clearing/close-out.ts';
import type { Command } from '../../../src/clearing/commands/command.ts';
import { ClearingCore } from '../../../src/clearing/core.ts';
import type { Trade } from '../../../src/clearing/deal.ts';
import type { ClearingEvent } from '../../../src/clearing/event.ts';
import type { GiveUp } from '../../../src/clearing/give-up.ts';
import type { CustomerCode } from '../../../src/clearing/participant.ts';
import { noPosition, type Position } from '../../../src/clearing/position.ts';
import type { Outcome, Rejection, SessionId } from '../../../src/clearing/rejection.ts';
import type { SeriesName } from '../../../src/clearing/series.ts';
import { bookOf, closingPositions, positionKey } from '../../../src/clearing/state.ts';
import type { DealDefinition, WorldDefinition } from '../../../src/clearing/world.ts';
import type { BusinessDate } from '../../../src/time/instant.ts';
import { at, deal, loginRequest, participant, series, side, world } from '../../support/world.ts';

export const CABC = 'CABC' as CustomerCode;
export const CXYZ = 'CXYZ' as CustomerCode;
/** A third participant. */
export const CTHD = 'CTHD' as CustomerCode;
/** Clears futures and index options only. */
export const CFUT = 'CFUT' as CustomerCode;

export const FRIDAY = '2019-05-03' as BusinessDate;
/** The business date of these worlds; their clock stands on the Sunday before. */
export const MONDAY = '2019-05-06' as BusinessDate;
export const TUESDAY = '2019-05-07' as BusinessDate;

/** A future, and a call and a put on a stock. */
export const HSIK9 = series('HSIK9').name;
export const HKB_CALL = series('HKB65.00E9').name;
export const HKB_PUT = series('HKB65.00Q9').name;
/** Expired on 29 April. */
export const HSIJ9 = series('HSIJ9').name;

const ACCOUNTS: Readonly<Record<string, AccountType>> = {
  HOUSE: 'house',
  OMNI1: 'omnibus-client',
  OMNI2: 'omnibus-client',
  CLIENT1: 'individual-client',
  COCA: 'client-offset-claim',
  DAILY: 'daily',
  SINK: 'sink',
  APT: 'apt',
  TRANSIT: 'transitory',
};

export function account(id: string): AccountId {
  return id as AccountId;
}

/** A core that tests can put into any state, and compare whole. */
export class Market extends ClearingCore {
  readonly #sessions = new Map<CustomerCode, SessionId>();
  readonly clock: { now: ReturnType<typeof at> };

  constructor(options: Partial<WorldDefinition>, clock: { now: ReturnType<typeof at> }) {
    super(world(options), () => clock.now);
    this.clock = clock;
    this.setPhase('normal');
  }

  /** Makes something have happened that the test is not about. */
  happens(...events: readonly ClearingEvent[]): void {
    this.apply(events);
  }

  /** A participant's user issues a command. */
  do(code: CustomerCode, command: Command): Outcome<readonly ClearingEvent[]> {
    return this.command(this.#sessionOf(code), command);
  }

  /** The same, where the test relies on it. */
  done(code: CustomerCode, command: Command): readonly ClearingEvent[] {
    const outcome = this.do(code, command);
    if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.rejection)}`);
    return outcome.value;
  }

  #sessionOf(code: CustomerCode): SessionId {
    const known = this.#sessions.get(code);
    if (known) return known;
    const login = this.login(loginRequest(`BU_${code}101`));
    if (!login.ok) throw new Error(`${code} cannot log in: ${login.rejection.code}`);
    this.#sessions.set(code, login.value.session.id);
    return login.value.session.id;
  }

  match(terms: Partial<DealDefinition>): void {
    const outcome = this.matchDeal({ ...deal(), ...terms });
    if (!outcome.ok) throw new Error(`no match: ${JSON.stringify(outcome.rejection)}`);
  }

  tradeNumbered(number: number): Trade {
    const trade = [...this.state.books.values()].map((book) => book.trades.get(number)).find(Boolean);
    if (!trade) throw new Error(`no trade ${number}`);
    return trade;
  }

  giveUpNumbered(number: number): GiveUp {
    const giveUp = this.state.giveUps.get(number);
    if (!giveUp) throw new Error(`no give-up ${number}`);
    return giveUp;
  }

  positionIn(code: CustomerCode, id: string, name: SeriesName = HSIK9): Position | undefined {
    return bookOf(this.state, code).positions.get(positionKey(id, name));
  }

  closingIn(code: CustomerCode, id: string, name: SeriesName = HSIK9): Position | undefined {
    return bookOf(this.state, code).atClose.get(positionKey(id, name));
  }

  /** All that a post-trade command may change, to compare. */
  everything(): unknown {
    const { deals, giveUps, prices, books, next, businessDate, endedDate } = this.state;
    return {
      businessDate,
      endedDate,
      next: { ...next, session: 0 },
      deals: [...deals],
      giveUps: [...giveUps],
      prices: [...prices],
      books: [...books].map(([code, book]) => ({
        code,
        trades: [...book.trades.all()],
        positions: [...book.positions],
        atClose: [...book.atClose],
        rectifications: [...book.rectifications],
        averagePriceTrades: [...book.averagePriceTrades],
        closeOuts: [...book.closeOuts],
        exercises: [...book.exercises],
        deliveries: [...book.deliveries],
        giveUps: [...book.giveUps],
      })),
    };
  }

  allPositions(): readonly Position[] {
    return [...this.state.books.values()].flatMap((book) => [...book.positions.values(), ...book.atClose.values()]);
  }

  /** Held less written over all books, by series: of the positions as they are, or of the closing ones. */
  exposures(when: 'now' | 'at close'): Readonly<Record<string, number>> {
    const sums: Record<string, number> = {};
    for (const book of this.state.books.values()) {
      const positions = when === 'now' ? [...book.positions.values()] : closingPositions(book);
      for (const { series: name, held, written } of positions) sums[name] = (sums[name] ?? 0) + held - written;
    }
    return sums;
  }

  allTrades(): readonly Trade[] {
    return [...this.state.books.values()].flatMap((book) => book.trades.all());
  }

  allGiveUps(): readonly GiveUp[] {
    return [...this.state.giveUps.values()];
  }

  allCloseOuts(): readonly CloseOut[] {
    return [...this.state.books.values()].flatMap((book) => [...book.closeOuts.values()]);
  }
}

/** A market of four participants in normal mode, on Sunday 5 May 2019 at 10:00 unless told otherwise. */
export function market(options: Partial<WorldDefinition> = {}, time = '10:00'): Market {
  const accounts = Object.entries(ACCOUNTS).map(([id, type]) => ({ id: account(id), type }));
  return new Market(
    {
      participants: [
        ...[CABC, CXYZ, CTHD].map((code) => participant(code, { accounts })),
        participant(CFUT, { accounts, clearingHouses: ['HKCC'] }),
      ],
      series: [HSIK9, HKB_CALL, HKB_PUT, HSIJ9].map((name) => series(name)),
      ...options,
    },
    { now: at(time) },
  );
}

/** A market in which CABC bought 10 HSIK9 from CXYZ in its house account: trade 1 of deal 1, at 09:00. */
export function marketWithDeal(terms: Partial<DealDefinition> = {}, options: Partial<WorldDefinition> = {}): Market {
  const place = market(options);
  place.match(terms);
  return place;
}

/** A position, with what is zero left out. */
export function positionOf(code: CustomerCode, id: string, name: SeriesName, quantities: Partial<Position>): Position {
  return { ...noPosition({ participant: code, account: account(id), series: name }, at('06:30')), ...quantities };
}

export { at, deal, side };

/** A rule, as a row of a table: how to break it, and the whole refusal that follows. */
export interface Rule<Case> {
  readonly breaks: (good: Case) => Case;
  readonly rejection: Rejection;
}

/**
 * Tests a list of rules in order of precedence. Each row breaks its own rule and all that come after it, so that
 * only the order decides which refusal is given; and its own alone. A refused command changes nothing.
 */
export function inOrderOfPrecedence<Case>(
  what: string,
  good: Case,
  rules: readonly Rule<Case>[],
  attempt: (of: Case) => { readonly place: Market; readonly code: CustomerCode; readonly command: Command },
): void {
  test(`${what} is accepted where no rule is broken`, () => {
    const { place, code, command } = attempt(good);
    expect(place.do(code, command)).toMatchObject({ ok: true });
  });
  for (const [i, { breaks, rejection }] of rules.entries()) {
    test(`${what} is refused before anything after it: ${JSON.stringify(rejection)}`, () => {
      const { place, code, command } = attempt(rules.slice(i).reduceRight((of, rule) => rule.breaks(of), good));
      const before = place.everything();
      expect(place.do(code, command)).toEqual({ ok: false, rejection });
      expect(place.everything()).toEqual(before);
    });
    test(`${what} is refused for this alone: ${JSON.stringify(rejection)}`, () => {
      const { place, code, command } = attempt(breaks(good));
      expect(place.do(code, command)).toMatchObject({ ok: false, rejection: { code: rejection.code } });
    });
  }
}
