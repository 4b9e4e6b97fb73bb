import type { AccountId } from '../clearing/account.ts';
import { isRange } from '../clearing/address-range.ts';
import type { CustomerCode } from '../clearing/participant.ts';
import type { ParticipantDefinition, WorldDefinition } from '../clearing/world.ts';
import { toDealsOfBook, toPositions } from './build-book.ts';
import { toGiveUps } from './build-give-ups.ts';
import { toPasswordRules } from './build-passwords.ts';
import { toSeries } from './build-series.ts';
import { toUsers } from './build-users.ts';
import { toClearingSettings } from './clearing-rules.ts';
import type { Day } from './day.ts';
import { listNames } from './nearest.ts';
import type { KnownParticipant, Listed, Names } from './names.ts';
import { requireUnique, type Checker } from './checker.ts';
import { growWorld } from './grow/grow-world.ts';
import { toWritten, type WrittenWorld } from './grow/written-world.ts';
import { toPrices } from './prices.ts';
import type { WorldSection } from './schema.ts';
import { gatewayNames } from './second-site.ts';

/** All of a world that can be read; what is wrong has been refused. */
export function buildWorld(
  wanted: WorldSection,
  day: Day,
  seed: number | string,
  check: Checker,
): { readonly names: Names; readonly world: Omit<WorldDefinition, 'sessions'> } {
  const section = toWritten(wanted, seed, check);
  const doubtful = new Set(LISTS.filter(([list, key]) => isDoubtful(section, list, key, check)).map(([list]) => list));
  const passwords = toPasswordRules(section.passwords, check.under('passwords'));
  const listed = toSeries(section.series ?? [], day, check.under('series'));
  const market = growWorld(wanted, section, listed, day, seed, check);
  const series = market ? new Map(market.series.map((each) => [each.name, each])) : listed;
  const known = knownParticipants(section, check.under('participants'));
  const { users, ids } = toUsers(
    section.users ?? [],
    { known, passwords, seed, doubtful: doubtful.has('participants') },
    check.under('users'),
  );
  const names: Names = {
    participants: known,
    users: ids,
    series,
    passwords,
    calendar: day.calendar,
    gateways: gatewayNames(section.gateways?.secondary, section.platforms !== undefined),
    doubtful,
  };
  const participants = check.under('participants');
  const book = market ? { deals: [], placeOf: new Map<string, number>() } : toDealsOfBook(section, names, day, check);
  return {
    names,
    world: {
      startsAt: day.start,
      businessDate: day.businessDate,
      passwords,
      series: [...series.values()].filter((each) => each !== undefined),
      participants: participants.items(section.participants).map(({ item }): ParticipantDefinition => ({
        code: item.code as CustomerCode,
        name: item.name,
        clearingHouses: item.clearingHouses,
        authorisedRanges: item.authorisedRanges,
        accounts: item.accounts.map(({ id, ...rest }) => ({ id: id as AccountId, ...rest })),
        users: users.filter((user) => user.id.slice(3, 7) === item.code),
      })),
      // What the file writes stands; only what it leaves out is grown.
      positions: market && section.positions === undefined ? market.positions : toPositions(section, names, check),
      deals: market?.deals ?? book.deals,
      giveUps:
        market && section.giveUps === undefined
          ? market.giveUps
          : toGiveUps(section.giveUps, book, names, check.under('giveUps')),
      // The later price of the same thing counts.
      prices: [...(market?.prices ?? []), ...toPrices(section.prices, names, check.under('prices'))],
      settings: toClearingSettings(section.clearing, { holidays: day.holidays, seed }, check.under('clearing')),
    },
  };
}

const LISTS: readonly (readonly [Listed, string | undefined])[] = [
  ['participants', 'code'],
  ['users', 'id'],
  ['series', undefined],
];

function isDoubtful(section: WrittenWorld, list: Listed, key: string | undefined, check: Checker): boolean {
  const items: unknown = section[list];
  if (!Array.isArray(items)) return list === 'participants' || items !== undefined;
  return items.some((_, i) => !(key === undefined ? check.usable(list, i) : check.usable(list, i, key)));
}

function knownParticipants(section: WrittenWorld, check: Checker): ReadonlyMap<string, KnownParticipant> {
  const known = new Map<string, KnownParticipant>();
  const list: readonly unknown[] = Array.isArray(section?.participants) ? section.participants : [];
  requireUnique(list, 'code', 'participant', check);
  for (const [i, raw] of list.entries()) {
    const code = (raw as { code?: unknown } | null)?.code;
    if (typeof code !== 'string') continue;
    const item = check.usable(i) ? section.participants[i] : undefined;
    known.set(code, {
      clearingHouses: item?.clearingHouses,
      accounts: item && new Set(item.accounts.map((account) => account.id)),
    });
    if (!item) continue;
    requireUnique(item.accounts, 'id', 'account', check.under(i, 'accounts'));
    for (const [j, range] of (item.authorisedRanges ?? []).entries()) {
      if (isRange(range)) continue;
      check.under(i, 'authorisedRanges').refuse([j], {
        message: `"${range}" is not an IPv4 range; write four numbers from 0 to 255 and a length from 0 to 32, for example "127.0.0.0/8"`,
        found: range,
      });
    }
    if (new Set(item.clearingHouses).size < item.clearingHouses.length) {
      check.refuse([i, 'clearingHouses'], {
        message: `a clearing house stands here twice; write each once (found: ${listNames(item.clearingHouses)})`,
      });
    }
  }
  return known;
}
