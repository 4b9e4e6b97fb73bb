import type { AccountId } from '../clearing/account.ts';
import type { ClearingHouse } from '../clearing/participant.ts';
import type { PasswordRules } from '../clearing/password-rules.ts';
import { spreadLegs } from '../clearing/series-name.ts';
import type { Series } from '../clearing/series.ts';
import { parseUserId, type UserKind } from '../clearing/user.ts';
import { businessCalendar, type BusinessCalendar } from '../time/calendar.ts';
import type { GatewayName } from './action.ts';
import { listNames, nearest, quoteFound } from './nearest.ts';
import type { ProblemText } from './problem.ts';
import type { Scenario } from './scenario.ts';
import { gatewayNames } from './second-site.ts';
import type { Path, Refuse } from './source-node.ts';

export interface KnownParticipant {
  /** Undefined where the file has it wrong, which has been said already. */
  readonly clearingHouses: readonly ClearingHouse[] | undefined;
  readonly accounts: ReadonlySet<string> | undefined;
}

/**
 * What the world of a scenario contains, for those who refer to it. A name that is there but broken
 * is known, so that one mistake is reported once.
 */
export interface Names {
  readonly participants: ReadonlyMap<string, KnownParticipant>;
  readonly users: ReadonlySet<string>;
  /** The series; undefined for a name that is listed but cannot be read. */
  readonly series: ReadonlyMap<string, Series | undefined>;
  readonly passwords: Readonly<Record<UserKind, PasswordRules>>;
  readonly calendar: BusinessCalendar;
  readonly gateways: ReadonlySet<GatewayName>;
  /** Lists in which a name cannot be read: an unknown name may be that one, so it is not told as well. */
  readonly doubtful: ReadonlySet<Listed>;
}

export type Listed = 'participants' | 'users' | 'series';

/** The names of a world that has been loaded, for verbs that arrive while it runs. */
export function namesOf({ world, gateways, oldPlatform }: Pick<Scenario, 'world' | 'gateways' | 'oldPlatform'>): Names {
  return {
    participants: new Map(
      world.participants.map((each) => [
        each.code,
        { clearingHouses: each.clearingHouses, accounts: new Set<string>(each.accounts.map((account) => account.id)) },
      ]),
    ),
    users: new Set(world.participants.flatMap((each) => each.users.map((user) => user.id))),
    series: new Map(world.series.map((series) => [series.name, series])),
    passwords: world.passwords,
    calendar: businessCalendar(world.settings.holidays),
    gateways: gatewayNames(gateways.secondary, oldPlatform !== undefined),
    doubtful: new Set(),
  };
}

/** "There is no …", with the nearest spelling or the names that there are. */
export function unknownName(what: string, found: string, known: Iterable<string>): ProblemText {
  const allowed = [...known];
  const near = nearest(found, allowed);
  const write = near !== undefined ? `write "${near}"` : `write one of: ${listNames(allowed)}`;
  return {
    message: `there is no ${what} ${quoteFound(found)}; ${allowed.length === 0 ? `this scenario has no ${what} at all` : write}`,
    found,
    allowed,
    ...(near === undefined ? {} : { nearest: near }),
  };
}

export function checkParticipant(names: Names, code: string, path: Path, refuse: Refuse): boolean {
  if (names.participants.has(code)) return true;
  if (!names.doubtful.has('participants')) refuse(path, unknownName('participant', code, names.participants.keys()));
  return false;
}

export function checkUser(names: Names, id: string, path: Path, refuse: Refuse): boolean {
  if (names.users.has(id)) return true;
  if (!names.doubtful.has('users')) refuse(path, unknownName('user', id, names.users));
  return false;
}

export function kindOfUser(id: string): UserKind | undefined {
  return parseUserId(id)?.kind;
}

/** A participant's account and a series that its clearing house clears. Returns true when all three are right. */
export function checkHolding(
  names: Names,
  holding: { readonly participant: string; readonly account: string; readonly series: string },
  path: Path,
  refuse: Refuse,
  seriesPath: Path = [...path, 'series'],
): holding is { readonly participant: string; readonly account: AccountId & string; readonly series: string } {
  const known = names.participants.get(holding.participant);
  if (!known) return checkParticipant(names, holding.participant, [...path, 'participant'], refuse);
  let right = true;
  if (known.accounts && !known.accounts.has(holding.account)) {
    refuse([...path, 'account'], unknownName(`account of ${holding.participant}`, holding.account, known.accounts));
    right = false;
  }
  const series = names.series.get(holding.series);
  if (series && known.clearingHouses && !known.clearingHouses.includes(series.instrumentClass.clearingHouse)) {
    const house = series.instrumentClass.clearingHouse;
    refuse(seriesPath, {
      message:
        `${holding.series} is cleared by ${house}, and ${holding.participant} is a participant of ${known.clearingHouses.join(' and ')} only; ` +
        `add ${house} to its clearingHouses, or write another series`,
      found: holding.series,
    });
    right = false;
  }
  return right;
}

export function checkGateways(names: Names, found: readonly GatewayName[], path: Path, refuse: Refuse): boolean {
  const missing = found.filter((name) => !names.gateways.has(name));
  for (const name of missing) refuse(path, unknownName('gateway', name, names.gateways));
  return missing.length === 0;
}

export function checkSeries(names: Names, series: string, path: Path, refuse: Refuse): Series | undefined {
  if (spreadLegs(series)) refuse(path, spreadTrouble(series));
  else if (!names.series.has(series) && !names.doubtful.has('series'))
    refuse(path, unknownName('series', series, names.series.keys()));
  return names.series.get(series);
}

/** Why a calendar spread, `HSIK9/M9`, has no deals, positions or prices here. */
export function spreadTrouble(name: string): ProblemText {
  const { near = '', far = '' } = spreadLegs(name) ?? {};
  return {
    message: `${name} is a calendar spread, and nothing is cleared in a spread: a match in it is a deal in each leg; write ${near} and ${far}`,
    found: name,
  };
}
