import { POSITION_KEEPING } from '../account.ts';
import type { PostTradeRejection } from '../post-trade-rejection.ts';
import { accepted, rejected } from '../rejection.ts';
import { bookOf, positionKey, seriesOf, type Book, type ClearingState } from '../state.ts';
import type { NetDownPosition } from './command.ts';
import { planFor, type CommandContext, type Decide } from './context.ts';
import { expiredTrouble, findAccount, quantityTrouble } from './find.ts';
import { findPosition, shortageOf, unknownName } from './find-position.ts';
import { inputEnded } from './input-cutoff.ts';

/** The record has room for 950 (oapi-facts.md Appendix A, CD54: C). */
const ITEMS_MAX = 950;

type Item = NetDownPosition['items'][number];

/**
 * CD54: takes away as many held as written contracts of gross positions: what is long and short of the same series
 * is closed out, and the exposure stays. All items or none; each can be restored on the same business date.
 *
 * Refusals by precedence: the number of items; series and accounts of all of them exist; the input cutoff; then item
 * by item: the series' expiry, quantity, account, its keeping, futures, an item before it of the same position; then
 * whether it has enough, and what is held afterwards.
 */
export const decideNetDownPosition: Decide<NetDownPosition> = (state, { items }, context) => {
  const trouble = troubleWith(state, items, context);
  if (trouble) return rejected(trouble);
  const { participant, now, user } = context;
  const plan = planFor(state, context);
  for (const { account, series, quantity } of items) {
    plan.add(
      {
        type: 'position-adjusted',
        participant,
        account,
        series,
        reason: 'net-down',
        change: { held: -quantity, written: -quantity, closedOut: quantity },
        at: now,
      },
      {
        type: 'close-out-changed',
        closeOut: {
          number: plan.number('closeOut'),
          participant,
          account,
          series,
          quantity,
          restored: 0,
          user,
          createdAt: now,
          modifiedAt: now,
          businessDate: state.businessDate,
        },
      },
    );
  }
  return accepted(plan.events);
};

function troubleWith(
  state: ClearingState,
  items: readonly Item[],
  { participant, now }: CommandContext,
): PostTradeRejection | undefined {
  if (items.length === 0) return { code: 'no-parts' };
  if (items.length > ITEMS_MAX) return { code: 'too-many-parts', parts: items.length, partsMax: ITEMS_MAX };
  const book = bookOf(state, participant);
  for (const [i, item] of items.entries()) {
    const unknown = unknownName(state, book, { ...item, part: i + 1 });
    if (unknown) return unknown;
  }
  const ended = inputEnded(state, state.businessDate, now);
  if (ended) return ended;
  const named = new Set<string>();
  for (const [i, item] of items.entries()) {
    const trouble = itemTrouble(state, book, item, { part: i + 1, named });
    if (trouble) return trouble;
    named.add(positionKey(item.account, item.series));
  }
  return undefined;
}

function itemTrouble(
  state: ClearingState,
  book: Book,
  { account, series, quantity, finalHeld }: Item,
  { part, named }: { readonly part: number; readonly named: ReadonlySet<string> },
): PostTradeRejection | undefined {
  const early = expiredTrouble(state, series, state.businessDate) ?? quantityTrouble(quantity, part);
  if (early) return early;
  const found = findAccount(book, account, { part });
  if (!found.ok) return found.rejection;
  const keeping = POSITION_KEEPING[found.value.type];
  if (keeping !== 'gross') return { code: 'account-not-gross', account, keeping };
  if (state.settings.netDownFutures === 'refused' && seriesOf(state, series).kind === 'future') {
    return { code: 'net-down-not-allowed', series, kind: 'future' };
  }
  if (named.has(positionKey(account, series))) return { code: 'position-named-twice', account, series };

  const there = findPosition(book, found.value, series);
  if (!there) return { code: 'no-position', account, series };
  const shortage = shortageOf(there.available, { held: quantity, written: quantity }, { account, series, part });
  if (shortage) return shortage;
  const expected = there.position.held - quantity;
  if (finalHeld === undefined || finalHeld === expected) return undefined;
  return { code: 'final-held-differs', account, series, finalHeld, expected };
}
