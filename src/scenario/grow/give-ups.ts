import type { AccountType } from '../../clearing/account.ts';
import type { CustomerCode } from '../../clearing/participant.ts';
import type { Series } from '../../clearing/series.ts';
import type { DealDefinition, GiveUpDefinition } from '../../clearing/world.ts';
import type { BusinessDate } from '../../time/instant.ts';
import type { Random } from '../../time/random.ts';
import type { MarketParticipant } from './accounts.ts';

/** One deal in so many of the business date has a give-up that waits for its taker … */
const DEALS_PER_GIVE_UP = 25;
/** … and no more than this for each participant: people answer them. */
const GIVE_UPS_PER_PARTICIPANT = 4;

/** The accounts out of which executing brokers give up. */
const GIVEN_UP_FROM: ReadonlySet<AccountType> = new Set(['house', 'omnibus-client', 'individual-client']);

const TEXTS = [
  '',
  'Executed for your client',
  'As agreed by phone',
  'Average price to follow',
  'Order of this morning',
];

/**
 * Give-ups in flight, in the order of their deals. Only deals of the business date: older trades may not be given
 * up any more (a setting of the clearing rules).
 */
export function growGiveUps(
  deals: readonly DealDefinition[],
  series: readonly Series[],
  participants: readonly MarketParticipant[],
  businessDate: BusinessDate,
  random: Random,
): GiveUpDefinition[] {
  const types = new Map(
    participants.flatMap(({ code, accounts }) => accounts.map(({ id, type }) => [`${code} ${id}`, type] as const)),
  );
  const houses = new Map(series.map((each) => [each.name, each.instrumentClass.clearingHouse]));
  // Clearing dates only grow along the list.
  const first = deals.findIndex((deal) => deal.clearingDate >= businessDate);
  if (first < 0) return [];
  const count = deals.length - first;
  const wanted = Math.min(Math.ceil(count / DEALS_PER_GIVE_UP), participants.length * GIVE_UPS_PER_PARTICIPANT);
  const grown = new Map<number, GiveUpDefinition>();
  for (let tries = 0; grown.size < wanted && tries < 8 * wanted; tries++) {
    const place = first + random.integer(count);
    const deal = deals[place] as DealDefinition;
    const side = random.integer(2) === 0 ? 'buy' : 'sell';
    const { participant: giver, account } = side === 'buy' ? deal.buyer : deal.seller;
    const house = houses.get(deal.series);
    const takers = participants.filter(
      ({ code, clearingHouses }) => code !== giver && clearingHouses.some((each) => each === house),
    );
    const type = types.get(`${giver} ${account}`);
    if (grown.has(place) || takers.length === 0 || !type || !GIVEN_UP_FROM.has(type)) continue;
    grown.set(place, {
      deal: place,
      side,
      to: random.pick(takers).code as CustomerCode,
      // Half of them give up the whole trade.
      quantity: random.integer(2) === 0 ? deal.quantity : 1 + random.integer(deal.quantity),
      text: random.pick(TEXTS),
    });
  }
  return [...grown.values()].toSorted((a, b) => a.deal - b.deal);
}
