import { ACCOUNT_TYPES } from '../account.ts';
import type { Plan, TradeTerms } from '../plan.ts';
import type { PostTradeRejection } from '../post-trade-rejection.ts';
import { accepted, rejected } from '../rejection.ts';
import { bookOf, type ClearingState } from '../state.ts';
import type { TransferPosition } from './command.ts';
import { planFor, type CommandContext, type Decide } from './context.ts';
import { expiredTrouble, findAccount } from './find.ts';
import { findPosition, shortageOf, unknownName } from './find-position.ts';
import { inputEnded } from './input-cutoff.ts';

/**
 * ASSUMED: positions move between the accounts in which participants keep them. Trades in Daily and in the transitory
 * account are re-booked one by one (CD28, CD32, CD5); APT holds nothing. Sink is filled by the system only, and a
 * transfer is how it is emptied on the next day (dcass-facts.md 2.1 and 6.1).
 */
const FROM = ACCOUNT_TYPES.filter((type) => type !== 'daily' && type !== 'transitory' && type !== 'apt');
const TO = FROM.filter((type) => type !== 'sink');

/**
 * CD34: moves held contracts, written ones, or both from one account to another of the same participant, by a deal
 * for each side.
 *
 * Refusals by precedence: series and accounts exist; the series' expiry, the input cutoff; quantities, of which one is
 * above zero; that the accounts differ; each account, first the one they leave; then whether it has enough.
 */
export const decideTransferPosition: Decide<TransferPosition> = (state, command, context) => {
  const trouble = troubleWith(state, command, context);
  if (trouble) return rejected(trouble);
  const plan = planFor(state, context);
  if (command.held > 0) planTransfer(plan, state, command, context, 'held');
  if (command.written > 0) planTransfer(plan, state, command, context, 'written');
  return accepted(plan.events);
};

function troubleWith(
  state: ClearingState,
  { series, from, to, held, written }: TransferPosition,
  { participant, now }: CommandContext,
): PostTradeRejection | undefined {
  const book = bookOf(state, participant);
  const early =
    unknownName(state, book, { series, account: from }) ??
    unknownName(state, book, { account: to }) ??
    expiredTrouble(state, series, state.businessDate) ??
    inputEnded(state, state.businessDate, now) ??
    noQuantity(held, written);
  if (early) return early;
  if (from === to) return { code: 'same-account', account: from };
  const source = findAccount(book, from, { allowed: FROM });
  if (!source.ok) return source.rejection;
  const target = findAccount(book, to, { allowed: TO });
  if (!target.ok) return target.rejection;
  const found = findPosition(book, source.value, series);
  if (!found) return { code: 'no-position', account: from, series };
  return shortageOf(found.available, { held, written }, { account: from, series });
}

function noQuantity(held: number, written: number): PostTradeRejection | undefined {
  for (const quantity of [held, written]) {
    if (!Number.isSafeInteger(quantity) || quantity < 0) return { code: 'quantity-not-positive', quantity };
  }
  return held + written === 0 ? { code: 'quantity-not-positive', quantity: 0 } : undefined;
}

// Held contracts are sold out of the one account and bought into the other; written ones the other way round.
function planTransfer(
  plan: Plan,
  state: ClearingState,
  { series, from, to, held, written }: TransferPosition,
  { participant }: CommandContext,
  side: 'held' | 'written',
): void {
  const both = { participant, type: 'transfer', customerInfo: '', remains: false } as const;
  const out: TradeTerms = { ...both, account: from, openClose: 'close' };
  const into: TradeTerms = { ...both, account: to, openClose: 'open' };
  plan.deal({
    reason: 'position-transfer',
    series,
    quantity: side === 'held' ? held : written,
    // ASSUMED: contracts move at the settlement price; 0, which no match has, says that there is none yet.
    price: state.prices.get(series) ?? 0,
    clearingDate: state.businessDate,
    ...(side === 'held' ? { buy: into, sell: out } : { buy: out, sell: into }),
  });
}
