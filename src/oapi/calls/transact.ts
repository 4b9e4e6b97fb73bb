import { COMPLETION, type CompletionCode } from '../completion.ts';
import { fieldsOf, resultFields, type CallContext } from '../gateway-context.ts';
import { LayoutError } from '../layout.ts';
import { readType } from '../layout-code.ts';
import { requestRefusal } from '../refusals.ts';
import { reply, type Reply } from '../reply.ts';
import type { MessageRequest } from '../request.ts';
import { isPostTrade, type TransactionAnswer } from '../transactions/registry.ts';

const FACILITIES = 10; // oapi-facts.md section 2: EP0 to EP9.

/** Why no request but a change of password is served on this session now. */
export interface Hindrance {
  readonly completion: CompletionCode;
  readonly code: 'password-change-required' | 'gateway-not-ready';
}

/** Answers a transaction or a query, and journals it with both codes. */
export function transact(request: MessageRequest, call: CallContext, hindrance: Hindrance | undefined): Reply {
  const { gateway } = call;
  const { facility, message } = request;
  const type = message.length < 4 ? undefined : readType(message, 0);
  const answer = decide(request, type, call, hindrance);
  const { completion, status = 0, outcome, code, problem, rows, segment } = answer;

  const transactionId = outcome === 'invalid' ? 0n : gateway.nextTransactionId();
  gateway.journal.record({
    kind: outcome === 'invalid' ? 'oapi.invalid' : `oapi.${request.op}`,
    source: 'oapi',
    outcome,
    ...(code === undefined ? {} : { code }),
    ...(type === undefined ? {} : { transaction: printableType(type) }),
    ...fieldsOf(call),
    facility,
    ...resultFields(completion, status),
    ...(problem === undefined ? {} : { problem }),
    ...(rows === undefined ? {} : { rows }),
    ...(segment === undefined ? {} : { segment }),
  });
  return reply(completion, { status, transactionId, ...(answer.message ? { answer: answer.message } : {}) });
}

/** Refusals by precedence: password and readiness, facility, session and phase, unknown type, wrong call, size, the transaction's own. */
function decide(
  { op, facility, message }: MessageRequest,
  type: string | undefined,
  call: CallContext,
  hindrance: Hindrance | undefined,
): TransactionAnswer {
  if (hindrance) return { ...hindrance, outcome: 'refused' };
  if (type === undefined) {
    return invalid(
      COMPLETION.WRONG_SIZE,
      `a message of ${message.length} bytes; at least the 4 of its TYPE are needed`,
    );
  }
  const { core, settings, transactions } = call.gateway;
  const base = settings.baseFacility;
  if (facility < base || facility >= base + FACILITIES) {
    const problem = `facility ${facility}; allowed are ${base} to ${base + FACILITIES - 1}`;
    return invalid(COMPLETION.FACILITY_NOT_VALID, problem);
  }

  const kind = isPostTrade(type) ? 'post-trade' : 'enquiry';
  const allowed = core.checkFunction({ session: call.session.id, functionName: type, kind });
  if (!allowed.ok) {
    return {
      ...requestRefusal(allowed.rejection, settings.statuses),
      outcome: 'refused',
      code: allowed.rejection.code,
    };
  }

  const transaction = transactions.get(type);
  if (!transaction) {
    return {
      completion: COMPLETION.NO_SUCH_TRANSACTION,
      status: settings.statuses.notInUserType,
      outcome: 'unsimulated',
      code: 'function-not-simulated',
    };
  }
  // ASSUMED: the transaction call has no room for an answer, so a query through it is refused.
  if (op !== 'query')
    return invalid(COMPLETION.INVALID_TRANSACTION_TYPE, `${type} is a query, sent by the transaction call`);
  try {
    return transaction.answer(message, call);
  } catch (error) {
    if (!(error instanceof LayoutError)) throw error;
    return invalid(COMPLETION.WRONG_SIZE, error.message);
  }
}

function invalid(completion: CompletionCode, problem: string): TransactionAnswer {
  return { completion, outcome: 'invalid', problem };
}

// The two letters are bytes of the client.
function printableType(type: string): string {
  return type.replaceAll(/[^\x20-\x7e]/g, '?');
}
