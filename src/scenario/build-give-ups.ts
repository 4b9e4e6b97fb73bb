import type { CustomerCode } from '../clearing/participant.ts';
import type { GiveUpDefinition } from '../clearing/world.ts';
import type { DealsOfBook } from './build-book.ts';
import type { Checker } from './checker.ts';
import { checkParticipant, unknownName, type Names } from './names.ts';
import type { WorldSection } from './schema.ts';

/** The give-ups that wait for their taker when the day starts: each of a deal that has an id. */
export function toGiveUps(
  list: WorldSection['giveUps'],
  { deals, placeOf }: DealsOfBook,
  names: Names,
  check: Checker,
): readonly GiveUpDefinition[] {
  const asked = new Map<string, number>();
  return check.items(list).flatMap(({ item, check: here }): GiveUpDefinition[] => {
    const { trade, side, to, quantity, text = '' } = item;
    const place = placeOf.get(trade);
    const deal = place === undefined ? undefined : deals[place];
    if (place === undefined || !deal) {
      here.refuse(['trade'], unknownName('deal with the id', trade, placeOf.keys()));
      return [];
    }
    if (!checkParticipant(names, to, ['to'], here.refuse)) return [];
    const giver = deal[side === 'buy' ? 'buyer' : 'seller'].participant;
    if (giver === to) {
      here.refuse(['to'], {
        message: `${to} has this trade itself; write another participant, or the other side`,
        found: to,
      });
      return [];
    }
    const houses = names.participants.get(to)?.clearingHouses;
    const house = names.series.get(deal.series)?.instrumentClass.clearingHouse;
    if (houses && house && !houses.includes(house)) {
      here.refuse(['to'], {
        message: `${deal.series} is cleared by ${house}, and ${to} is a participant of ${houses.join(' and ')} only; write another participant`,
        found: to,
      });
      return [];
    }
    const key = `${trade} ${side}`;
    const before = asked.get(key) ?? 0;
    if (before + quantity > deal.quantity) {
      here.refuse(['quantity'], {
        message: `${quantity} of ${trade} are more than ${before === 0 ? `its ${deal.quantity}` : `the ${deal.quantity - before} that the give-ups above leave of it`}; write a smaller number`,
        found: String(quantity),
      });
      return [];
    }
    asked.set(key, before + quantity);
    return [{ deal: place, side, to: to as CustomerCode, quantity, text }];
  });
}
