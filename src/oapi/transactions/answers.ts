import type { Command } from '../../clearing/commands/command.ts';
import type { ClearingEvent } from '../../clearing/event.ts';
import type { Outcome, Rejection } from '../../clearing/rejection.ts';
import { COMPLETION } from '../completion.ts';
import type { CallContext } from '../gateway-context.ts';
import { requestRefusal } from '../refusals.ts';
import type { Situation } from '../../family/status-names.ts';
import type { TransactionAnswer } from './transaction.ts';

/** What the model refuses, with its code: -12 and a status, or what the refusal is otherwise. */
export function refusedBy(rejection: Rejection, { gateway }: CallContext): TransactionAnswer {
  return { ...requestRefusal(rejection, gateway.protocol.statuses), outcome: 'refused', code: rejection.code };
}

/** -12 for a reason of the message's own. `problem`: found; allowed. */
export function refused(
  situation: Situation,
  code: string,
  { gateway }: CallContext,
  problem?: string,
): TransactionAnswer {
  return {
    completion: COMPLETION.TRANSACTION_ABORTED,
    status: gateway.protocol.statuses[situation],
    outcome: 'refused',
    code,
    ...(problem === undefined ? {} : { problem }),
  };
}

/** Rows of a query: 0, and whether something was found. */
export function found(
  message: Buffer,
  rows: number,
  { gateway }: CallContext,
  fields: { readonly segment?: number } = {},
): TransactionAnswer {
  const { nothingFound, done } = gateway.protocol.statuses;
  return {
    completion: COMPLETION.NORMAL,
    status: rows === 0 ? nothingFound : done,
    outcome: 'ok',
    rows,
    message,
    ...fields,
  };
}

/**
 * Carries out a post-trade command of the session's user.
 * @param situation what a success is: done, or holding where somebody else must still confirm
 */
export function perform(
  command: Command,
  call: CallContext,
  situation: (events: readonly ClearingEvent[]) => Situation = () => 'done',
): TransactionAnswer {
  const outcome = call.gateway.core.command(call.session.id, command);
  if (!outcome.ok) return refusedBy(outcome.rejection, call);
  const status = call.gateway.protocol.statuses[situation(outcome.value)];
  return { completion: COMPLETION.NORMAL, status, outcome: 'ok' };
}

/** Reads of the model, or answers with its refusal. */
export function reading<T>(
  outcome: Outcome<T, Rejection>,
  call: CallContext,
  answer: (value: T) => TransactionAnswer,
): TransactionAnswer {
  return outcome.ok ? answer(outcome.value) : refusedBy(outcome.rejection, call);
}
