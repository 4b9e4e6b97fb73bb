import { POSITION_KEEPING } from '../clearing/account.ts';
import { clearingDateOf } from '../clearing/clearing-date.ts';
import type { CustomerCode } from '../clearing/participant.ts';
import type { DealDefinition, PositionDefinition } from '../clearing/world.ts';
import { parseWallTime } from '../time/duration.ts';
import { parseCalendarDate } from '../time/instant.ts';
import { requireUnique, type Checker } from './checker.ts';
import type { Day } from './day.ts';
import { toDealTerms } from './deal-terms.ts';
import { checkHolding, checkSeries, type Names } from './names.ts';
import type { WrittenWorld } from './grow/written-world.ts';

/** The positions before the day's own deals. */
export function toPositions(section: WrittenWorld, names: Names, world: Checker): readonly PositionDefinition[] {
  const seen = new Map<string, number>();
  const types = accountTypes(section, world);
  return world
    .under('positions')
    .items(section.positions)
    .flatMap(({ item, index, check }): PositionDefinition[] => {
      if (world.enough()) return [];
      const series = checkSeries(names, item.series, ['series'], check.refuse);
      const right = checkHolding(names, item, [], check.refuse);
      const key = `${item.participant} ${item.account} ${item.series}`;
      const before = seen.get(key);
      if (before !== undefined) {
        check.refuse([], {
          message: `the position of ${key} stands in ${world.spotOf('positions', before)} already; keep one of the two`,
        });
        return [];
      }
      seen.set(key, index);
      const { held = 0, written = 0 } = item;
      const type = types.get(`${item.participant} ${item.account}`);
      if (type === 'apt' && held + written > 0) {
        // dcass-facts.md 6.1 (B): the APT account keeps a zero position.
        check.refuse(['account'], {
          message: `${item.account} is an APT account, which holds nothing; remove the position or write another account`,
        });
        return [];
      }
      if (type && POSITION_KEEPING[type] === 'net' && held > 0 && written > 0) {
        const [side, quantity] = held >= written ? ['held', held - written] : ['written', written - held];
        check.refuse(['written'], {
          message: `${item.account} keeps its positions net, so it has contracts held or written but not both; write ${side}: ${quantity} only`,
        });
        return [];
      }
      if (held + written === 0) {
        check.refuse([], {
          message: 'this position is empty; write held: or written: with a number of contracts, or remove it',
        });
        return [];
      }
      if (!series || !right) return [];
      return [
        {
          participant: item.participant as CustomerCode,
          account: item.account,
          series: series.name,
          held,
          written,
        },
      ];
    });
}

/** The deals of a file, and where each one that has an id stands among them. */
export interface DealsOfBook {
  readonly deals: readonly DealDefinition[];
  readonly placeOf: ReadonlyMap<string, number>;
}

/** The deals that were done before the day starts, in time order as the trading system numbered them. */
export function toDealsOfBook(section: WrittenWorld, names: Names, day: Day, world: Checker): DealsOfBook {
  const types = accountTypes(section, world);
  const trades = world.under('trades');
  requireUnique(section.trades, 'id', 'trade', trades);
  const listed = trades
    .items(section.trades)
    .flatMap(({ item, check }): { id: string | undefined; deal: DealDefinition }[] => {
      if (world.enough()) return [];
      const { id, at, ...rest } = item;
      const [dateText = '', timeText = ''] = at.split(' ');
      const date = parseCalendarDate(dateText);
      const matchedAt = date && parseWallTime(timeText, date);
      if (matchedAt === undefined) {
        check.refuse(['at'], {
          message: `"${at}" is not a day of the calendar; write for example "2019-05-03 10:15"`,
          found: at,
        });
      } else if (matchedAt > day.start) {
        check.refuse(['at'], {
          message: `"${at}" is after the start of the day; write an earlier time, or a step deal.match in the timeline`,
          found: at,
        });
      }
      const terms = toDealTerms(rest, names, [], check.refuse);
      for (const side of ['buyer', 'seller'] as const) {
        const type = types.get(`${item[side].participant} ${item[side].account}`);
        if (type !== 'apt' && type !== 'sink') continue;
        check.refuse([side, 'account'], {
          message: `${item[side].account} is ${type === 'apt' ? 'an APT' : 'a Sink'} account, in which nothing is matched; write another account`,
          found: item[side].account,
        });
      }
      if (!terms || matchedAt === undefined) return [];
      const clearingDate = terms.clearingDate ?? clearingDateOf(matchedAt, day.calendar);
      return [{ id, deal: { ...terms, matchedAt, clearingDate } }];
    });
  listed.sort((a, b) => a.deal.matchedAt - b.deal.matchedAt);
  return {
    deals: listed.map(({ deal }) => deal),
    placeOf: new Map(listed.flatMap(({ id }, place) => (id === undefined ? [] : [[id, place] as const]))),
  };
}

/** The type of each account, by `CABC HOUSE`. */
function accountTypes(section: WrittenWorld, world: Checker): ReadonlyMap<string, keyof typeof POSITION_KEEPING> {
  const participants = world.under('participants').items(section.participants);
  return new Map(
    participants.flatMap(({ item }) => item.accounts.map(({ id, type }) => [`${item.code} ${id}`, type] as const)),
  );
}
