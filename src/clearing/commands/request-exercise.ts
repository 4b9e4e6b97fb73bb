import { ACCOUNT_TYPES } from '../account.ts';
import type { PostTradeRejection } from '../post-trade-rejection.ts';
import { accepted, rejected } from '../rejection.ts';
import { bookOf, closingPosition, positionKey, seriesOf, type Book, type ClearingState } from '../state.ts';
import type { RequestExercise } from './command.ts';
import { planFor, type CommandContext, type Decide } from './context.ts';
import { findAccount, quantityTrouble } from './find.ts';
import { unknownName } from './find-position.ts';
import { inputEnded } from './input-cutoff.ts';

/**
 * ASSUMED: options are exercised from the accounts in which participants keep positions; what waits in an account of
 * the system (Daily, Sink, APT, transitory) is moved out of it first. The family has a refusal for it (C).
 */
const ALLOWED = ACCOUNT_TYPES.filter(
  (type) => type !== 'daily' && type !== 'sink' && type !== 'apt' && type !== 'transitory',
);

/**
 * CC13: asks for the exercise of held options. They stay where they are until the day end, which exercises them and
 * assigns writers; until the System Input Cutoff the request can be annulled. What the T+1 session bought or sold
 * belongs to the next business date and does not count.
 * ASSUMED: index options, which are European, take no requests: the day end of their expiry exercises those that are
 * in the money.
 *
 * Refusals by precedence: series and account exist; the series is an option, American, and not expired; the input
 * cutoff; the quantity, the account; the position, and whether it holds so many that no other request asks for.
 */
export const decideRequestExercise: Decide<RequestExercise> = (state, command, context) => {
  const trouble = troubleWith(state, command, context);
  if (trouble) return rejected(trouble);
  const { account, series, quantity } = command;
  const { participant, user, now } = context;
  const plan = planFor(state, context);
  plan.add({
    type: 'exercise-changed',
    exercise: {
      number: plan.number('exercise'),
      kind: 'request',
      participant,
      account,
      series,
      quantity,
      state: 'holding',
      user,
      createdAt: now,
      modifiedAt: now,
      businessDate: state.businessDate,
    },
  });
  return accepted(plan.events);
};

function troubleWith(
  state: ClearingState,
  { account, series, quantity }: RequestExercise,
  { participant, now }: CommandContext,
): PostTradeRejection | undefined {
  const book = bookOf(state, participant);
  const unknown = unknownName(state, book, { series, account });
  if (unknown) return unknown;
  const { kind, instrumentClass, expiryDate } = seriesOf(state, series);
  if (kind === 'future') return { code: 'exercise-not-possible', series, reason: 'not-an-option' };
  if (instrumentClass.exerciseStyle === 'european') {
    return { code: 'exercise-not-possible', series, reason: 'european' };
  }
  if (expiryDate < state.businessDate) return { code: 'exercise-not-possible', series, reason: 'expired' };
  const early = inputEnded(state, state.businessDate, now) ?? quantityTrouble(quantity);
  if (early) return early;
  const found = findAccount(book, account, { allowed: ALLOWED, needed: 'exercise' });
  if (!found.ok) return found.rejection;
  const held = closingPosition(book, positionKey(account, series))?.held ?? 0;
  if (held === 0) return { code: 'no-position', account, series };
  const available = held - requested(book, account, series);
  if (quantity <= available) return undefined;
  return { code: 'not-enough-position', account, series, side: 'held', available, asked: quantity };
}

// Contracts that pending requests ask for already.
function requested(book: Book, account: string, series: string): number {
  let sum = 0;
  for (const each of book.exercises.values()) {
    if (each.state === 'holding' && each.account === account && each.series === series) sum += each.quantity;
  }
  return sum;
}
