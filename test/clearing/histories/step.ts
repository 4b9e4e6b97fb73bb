import { DAMAGES, type ReportDamage } from '../../../src/clearing/damage.ts';
import fc from 'fast-check';
import type { AccountId } from '../../../src/clearing/account.ts';
import type { CommandName } from '../../../src/clearing/commands/command.ts';
import type { Trade } from '../../../src/clearing/deal.ts';
import type { CustomerCode } from '../../../src/clearing/participant.ts';
import type { Outcome, Rejection } from '../../../src/clearing/rejection.ts';
import { Secret } from '../../../src/clearing/secret.ts';
import type { SeriesName } from '../../../src/clearing/series.ts';
import type { Book } from '../../../src/clearing/state.ts';
import type { UserSession } from '../../../src/clearing/session.ts';
import type { User } from '../../../src/clearing/user.ts';
import type { BusinessDate, CalendarDate, Instant } from '../../../src/time/instant.ts';
import { calendarDateOf, HOUR_MS, MINUTE_MS, plusDays, startOfDay } from '../../../src/time/instant.ts';
import { loginRequest } from '../../support/world.ts';
import {
  COMMAND_NAMES,
  hasMate,
  isOpen,
  isUsable,
  makeCommand,
  someAccount,
  someCode,
  someOpenClose,
  tradingAccount,
} from './commands.ts';
import { Dice } from './dice.ts';
import { Place } from './place.ts';
import { beginning, CODES, SERIES, STARTS_AT, worldOf, type Beginning } from './world.ts';

/** What HKEX, the trading system, the day and the users do beside the commands. */
const OTHERS = {
  match,
  'match-daily': (place: Place, dice: Dice) => match(place, dice, 'DAILY' as AccountId),
  'match-transitory': (place: Place, dice: Dice) => match(place, dice, 'TRANSIT' as AccountId),
  annul: (place: Place, dice: Dice) => place.annulDeal(dice.number(dice.ofLatest([...place.whole.deals.keys()]) ?? 1)),
  'set-price': setPrice,
  'change-account': (place: Place, dice: Dice) => {
    const code = someCode(dice);
    const change = {
      state: dice.oneIn(4) ? ('inactive' as const) : ('active' as const),
      access: dice.of(['full', 'full', 'no-exercise', 'read-only']),
    };
    return place.changeAccount(dice.text(code), dice.text(someAccount(place, code, dice)), change);
  },
  'move-clock': moveClock,
  'lift-cutoff': (place: Place) => place.liftInputCutoff(),
  'end-day': (place: Place) => place.endDay(),
  roll: (place: Place, dice: Dice) => place.rollBusinessDate(dice.oneIn(4) ? dice.text(someDate(place)) : undefined),
  'next-day': nextDay,
  'open-or-close': (place: Place, dice: Dice) =>
    place.setPhase(dice.of(['normal', 'normal', 'enquiry-only', 'closed'])),
  'log-in': logIn,
  'log-out': (place: Place, dice: Dice) => {
    const session = dice.ofLatest(place.sessions());
    if (session) place.endSession(session.id, dice.of(['logged-out', 'idle', 'connection-lost', 'gateway-stopped']));
  },
  'change-password': (place: Place, dice: Dice) => {
    const restricted = place.sessions().filter((session) => session.restricted !== undefined);
    const session = dice.ofLatest(restricted.length > 0 ? restricted : place.sessions());
    const user = session && place.whole.users.get(session.user);
    if (!session || !user) return undefined;
    const current = dice.oneIn(3) ? new Secret('wrong') : user.password;
    return place.changePassword({ session: session.id, current, next: somePassword(dice) });
  },
  'reset-password': (place: Place, dice: Dice) => {
    const session = someAdministration(place, dice);
    if (!session) return undefined;
    const next = dice.oneIn(2) ? somePassword(dice) : undefined;
    return place.resetPassword({ session: session.id, user: dice.text(someUser(place, dice).id), next });
  },
  'force-logout': (place: Place, dice: Dice) => {
    const session = someAdministration(place, dice);
    const target = dice.ofLatest(place.sessions());
    if (!session || !target) return undefined;
    return place.forceLogout({ session: session.id, target: dice.text(target.id) });
  },
  'change-access': (place: Place, dice: Dice) => {
    const session = someAdministration(place, dice);
    if (!session) return undefined;
    const functions = dice.oneIn(3) ? COMMAND_NAMES : COMMAND_NAMES.filter(() => !dice.oneIn(8));
    const user = dice.oneIn(4) ? someUser(place, dice).id : session.user.replace('201', '101');
    return place.changeAccess({ session: session.id, user: dice.text(user), functions });
  },
  'hkex-changes-user': (place: Place, dice: Dice) => {
    const { id } = someUser(place, dice);
    return dice.of([
      () => place.expirePassword(id),
      () => place.lockUser(id),
      () => place.unlockUserByExchange(id),
      () => place.unlockUserByExchange(id),
      () => place.suspendUser(id),
      () => place.reinstateUser(id),
      () => place.resetPasswordByExchange(id, dice.oneIn(2) ? somePassword(dice) : undefined),
      () => place.expirePassword('BU_CZZZ101' as User['id']),
    ])();
  },
  'send-message': (place: Place, dice: Dice) =>
    place.sendMessage(dice.oneIn(2) ? someCode(dice) : undefined, dice.text('The T+1 session opens at 17:15.')),
  'write-reports': (place: Place, dice: Dice) => {
    const code = dice.of(['trades', 'positions', 'business-dates']);
    const treat = (): { withheld: boolean; damage: ReportDamage | undefined } => ({
      withheld: dice.oneIn(4),
      damage: dice.oneIn(4) ? { how: dice.of(DAMAGES), seed: dice.text('seed') } : undefined,
    });
    for (const report of place.startReports(code, [someCode(dice)], undefined, treat)) {
      if (report.withheld && dice.oneIn(2)) place.releaseReport(report);
      if (dice.oneIn(2)) place.completeReport(report);
      if (dice.oneIn(3)) place.republishReport(report, `again-${report.fileName}`);
    }
  },
} as const satisfies Record<string, (place: Place, dice: Dice) => Outcome<unknown> | undefined | void>;

export type StepName = CommandName | keyof typeof OTHERS;

/** Something that happens; its throws choose among what there is at that moment. */
export interface Step {
  readonly what: StepName;
  readonly throws: readonly number[];
  readonly isWild: boolean;
}

export interface History {
  readonly beginning: Beginning;
  readonly steps: readonly Step[];
}

const WEIGHTS: Partial<Record<StepName, number>> = {
  match: 16,
  'match-daily': 6,
  'match-transitory': 3,
  'move-clock': 3,
  'next-day': 2,
  'request-give-up': 8,
  'take-up': 8,
  'make-average-price-trade': 6,
  'log-in': 4,
  'force-logout': 1,
  'change-access': 2,
  'open-or-close': 1,
  'lift-cutoff': 1,
  'end-day': 1,
  roll: 1,
};

const step: fc.Arbitrary<Step> = fc.record({
  what: fc.oneof(
    ...([...COMMAND_NAMES, ...Object.keys(OTHERS)] as StepName[]).map((what) => ({
      arbitrary: fc.constant(what),
      weight: WEIGHTS[what] ?? 4,
    })),
  ),
  throws: fc.array(fc.nat({ max: 997 }), { minLength: 12, maxLength: 12 }),
  isWild: fc.nat({ max: 9 }).map((drawn) => drawn === 9),
});

/** A random history over up to three business dates. */
export const history: fc.Arbitrary<History> = fc.record({
  beginning,
  steps: fc.array(step, { minLength: 1, maxLength: 120, size: 'max' }),
});

/** The commands that are refused most are refused for want of a normal phase, so a history begins with one. */
export function begin({ beginning: from }: History): Place {
  const place = new Place(worldOf(from), STARTS_AT);
  place.setPhase('normal');
  return place;
}

/** @returns the refusal, if it was refused */
export function take(place: Place, { what, throws, isWild }: Step): Rejection | undefined {
  const dice = new Dice(throws, isWild);
  const before = isWild ? undefined : BEFORE[what as CommandName]?.(place);
  const outcome = happen(place, before ?? what, dice);
  return outcome && !outcome.ok ? outcome.rejection : undefined;
}

function happen(place: Place, what: StepName, dice: Dice): Outcome<unknown> | undefined | void {
  return what in OTHERS ? OTHERS[what as keyof typeof OTHERS](place, dice) : issue(place, what as CommandName, dice);
}

/**
 * What makes a command possible, for most have nothing to do at first: where there is nothing yet, this happens in
 * their place. So that a history of any length has some of each.
 */
const BEFORE: Partial<Record<CommandName, (place: Place) => StepName | undefined>> = {
  'take-up': (place) => (isWaiting(place.whole.giveUps) ? undefined : 'request-give-up'),
  'reject-give-up': (place) => (isWaiting(place.whole.giveUps) ? undefined : 'request-give-up'),
  'request-give-up': (place) => (place.whole.deals.size > 0 ? undefined : 'match'),
  'rectify-trade': (place) => (place.whole.deals.size > 0 ? undefined : 'match'),
  'confirm-rectification': (place) =>
    some(place, (book) => isWaiting(book.rectifications)) ? undefined : 'rectify-trade',
  'reject-rectification': (place) =>
    some(place, (book) => isWaiting(book.rectifications)) ? undefined : 'rectify-trade',
  'restore-position': (place) => (some(place, (book) => book.closeOuts.size > 0) ? undefined : 'net-down-position'),
  'annul-exercise': (place) => (some(place, (book) => isWaiting(book.exercises)) ? undefined : 'request-exercise'),
  'transfer-from-transitory': (place) =>
    some(place, (book) => usable(book, 'TRANSIT').length > 0) ? undefined : 'match-transitory',
  'make-average-price-trade': (place) =>
    some(place, (book) => usable(book, 'DAILY').some((each) => hasMate(place, each))) ? undefined : 'match-daily',
};

function some(place: Place, is: (book: Book) => boolean): boolean {
  return [...place.whole.books.values()].some(is);
}

function isWaiting(rows: ReadonlyMap<number, { readonly state: string }>): boolean {
  return [...rows.values()].some(({ state }) => state === 'holding');
}

function usable(book: Book, account: string): readonly Trade[] {
  return book.trades.ofAccount(account as AccountId).filter(isUsable);
}

/** A user who is logged in, or HKEX or the scenario on a participant's behalf. */
function issue(place: Place, name: CommandName, dice: Dice): Outcome<unknown> {
  const { by, command } = makeCommand(name, place, dice);
  const own = place.sessions().filter(({ user }) => place.whole.users.get(user)?.participant === by);
  const session = dice.oneIn(2) ? dice.ofLatest(own) : undefined;
  return session ? place.command(session.id, command) : place.commandFor(by, command);
}

function match(place: Place, dice: Dice, into?: AccountId): Outcome<unknown> {
  // The fourth has no accounts of the system.
  const buyer = into && !dice.oneIn(12) ? (CODES[dice.upTo(2)] as CustomerCode) : someCode(dice);
  const seller = someCode(dice);
  const { calendar, businessDate } = place.whole;
  // Mostly one that has not expired, and of these a few much more often than the others.
  const open = SERIES.filter((name) => isOpen(place, name) || dice.oneIn(12));
  const side = (participant: CustomerCode, account = tradingAccount(place, participant, dice)) => ({
    participant: dice.text(participant),
    account: dice.text(account),
    customerInfo: '',
    openClose: someOpenClose(dice),
  });
  return place.matchDeal({
    series: dice.text(open[dice.upTo(dice.upTo(open.length - 1))] as SeriesName),
    // A scenario cannot match more than a million; assignment draws contract by contract, so that less is enough here.
    quantity: dice.number(1 + dice.upTo(11), 10_000),
    price: dice.number(1 + dice.upTo(900)),
    buyer: side(buyer, into),
    seller: side(seller),
    matchedAt: place.now(),
    clearingDate: dice.oneIn(8) ? calendar.next(businessDate) : place.clearingDateNow(),
  });
}

function setPrice(place: Place, dice: Dice): Outcome<unknown> {
  const of = ['HSI', 'HKB', ...SERIES][dice.upTo(SERIES.length + 1)] ?? 'HSI';
  const usual = of.startsWith('HSI') ? 27_900 + dice.upTo(200) : 6_000 + dice.upTo(900);
  return place.setPrice(dice.text(of), dice.number(usual));
}

/** Over the T+1 session's begin, the cutoffs, and midnight; never back. */
function moveClock(place: Place, dice: Dice): void {
  const today = startOfDay(calendarDateOf(place.now()));
  const times = [
    10 * HOUR_MS,
    11 * HOUR_MS,
    14 * HOUR_MS,
    17 * HOUR_MS + 20 * MINUTE_MS,
    17 * HOUR_MS + 20 * MINUTE_MS,
    18 * HOUR_MS + 44 * MINUTE_MS,
    18 * HOUR_MS + 45 * MINUTE_MS,
    23 * HOUR_MS,
    25 * HOUR_MS,
    26 * HOUR_MS,
  ];
  const time = today + (times[dice.upTo(times.length - 1)] ?? 0);
  place.clock.now = Math.max(place.now() + MINUTE_MS, time) as Instant;
}

/** What ends nearly every day: the day end, the roll, and the next morning. */
function nextDay(place: Place): void {
  place.endDay();
  place.rollBusinessDate();
  const morning = startOfDay(place.whole.businessDate) + 9 * HOUR_MS;
  place.clock.now = Math.max(place.now(), morning) as Instant;
}

function someDate(place: Place): CalendarDate {
  const date: BusinessDate = place.whole.businessDate;
  return plusDays(date, 1);
}

function logIn(place: Place, dice: Dice): Outcome<unknown> {
  const waiting = [...place.whole.users.values()].filter(({ mustChangePassword }) => mustChangePassword);
  const user = (dice.oneIn(2) ? dice.ofLatest(waiting) : undefined) ?? someUser(place, dice);
  return place.login(
    loginRequest(dice.text(user.id), {
      password: dice.oneIn(5) ? new Secret('wrong') : user.password,
      forced: dice.oneIn(2),
      sessionsMax: dice.number(9),
    }),
  );
}

function someUser(place: Place, dice: Dice): User {
  const users = [...place.whole.users.values()];
  return users[dice.upTo(users.length - 1)] as User;
}

function somePassword(dice: Dice): Secret {
  return new Secret(dice.text(`Fresh-Password-${dice.upTo(9)}!`));
}

function someAdministration(place: Place, dice: Dice): UserSession | undefined {
  return dice.ofLatest(place.sessions().filter(({ user }) => user.endsWith('201')));
}
