import { authorisationOf } from '../authorisation.ts';
import type { TakenRule } from '../answers-on-demand/live-rules.ts';
import { ANSWERED_ON_DEMAND } from '../answers-on-demand/answered-on-demand.ts';
import { toldBy, type Told } from '../answers-on-demand/told.ts';
import { COMPLETION, wordsOf, type CompletionCode } from '../completion.ts';
import type { NewEntry } from '../../journal/entry.ts';
import type { CallContext } from '../gateway-context.ts';
import { FieldError, RoomError, SizeError } from '../dictionary/codec-error.ts';
import { readType } from '../dictionary/codec-code.ts';
import { requestRefusal, type RefusedRequest } from '../refusals.ts';
import { reply, type Reply } from '../reply.ts';
import type { MessageRequest } from '../request.ts';
import { isPostTrade } from '../transactions/catalogue.ts';
import type { TransactionAnswer } from '../transactions/transaction.ts';

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
  const taken = type === undefined ? undefined : ruleFor(type, call);
  const answer = taken && !taken.carryOut ? NOT_ASKED : decide(request, type, call, hindrance);
  const { outcome, code, problem, rows, segment } = answer;
  const { completion, status, given, fields } = tellingOf(taken, answer, call);

  const transactionId = outcome === 'invalid' || answer === NOT_ASKED ? 0n : gateway.nextTransactionId();
  const { session } = call;
  // Written field by field: spreading a dozen small objects would cost more than the rest of a short query.
  const entry: Pick<NewEntry, 'kind' | 'source' | 'outcome'> & Record<string, unknown> = {
    kind: outcome === 'invalid' ? 'oapi.invalid' : `oapi.${request.op}`,
    source: 'oapi',
    outcome,
  };
  if (code !== undefined) entry['code'] = code;
  if (type !== undefined) entry['transaction'] = printableType(type);
  entry['user'] = session.user;
  entry['participant'] = session.participant;
  entry['gateway'] = gateway.name;
  entry['session'] = session.id;
  entry['facility'] = facility;
  entry['completion'] = completion;
  entry['status'] = status;
  entry['meaning'] = wordsOf(completion);
  // The status of a wrong field is an offset (oapi-facts.md 1.5, C), which no code is as small as.
  const statusMeaning = status === 0 ? undefined : gateway.protocol.statusMeanings.get(status);
  if (statusMeaning !== undefined) entry['statusMeaning'] = statusMeaning;
  if (problem !== undefined) entry['problem'] = problem;
  if (rows !== undefined) entry['rows'] = rows;
  if (segment !== undefined) entry['segment'] = segment;
  if (answer.journal) Object.assign(entry, answer.journal);
  if (fields) Object.assign(entry, fields);
  gateway.journal.record(entry);
  // A call that is refused, or whose outcome is not known, has neither number nor answer.
  if (completion < 0 && answer.completion >= 0) return reply(completion, { status, given });
  return reply(completion, { status, transactionId, given, ...(answer.message ? { answer: answer.message } : {}) });
}

/** Of a call that a rule answers by itself: it says what the client is told. */
const NOT_ASKED: TransactionAnswer = {
  completion: COMPLETION.NORMAL,
  outcome: 'refused',
  code: ANSWERED_ON_DEMAND,
};

function ruleFor(type: string, { gateway, session }: CallContext): TakenRule | undefined {
  return gateway.answers.take({
    kind: kindOf(type, gateway),
    transaction: type,
    user: session.user,
    gateway: gateway.name,
  });
}

function tellingOf(taken: TakenRule | undefined, answer: TransactionAnswer, { gateway }: CallContext): Told {
  const own = { completion: answer.completion, status: answer.status ?? 0 };
  return taken
    ? toldBy(taken, own, gateway)
    : { completion: answer.completion, status: answer.status ?? 0, given: undefined, fields: undefined };
}

function kindOf(type: string, { protocol }: CallContext['gateway']): 'enquiry' | 'post-trade' {
  return protocol.transactions.get(type)?.kind ?? (isPostTrade(type) ? 'post-trade' : 'enquiry');
}

/** Refusals by precedence: password and readiness, facility, user type, session and phase, unknown type, wrong call, size, the transaction's own. */
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
  const { core, settings, protocol } = call.gateway;
  const { statuses } = protocol;
  const base = settings.baseFacility;
  if (facility < base || facility >= base + FACILITIES) {
    const problem = `facility ${facility}; allowed are ${base} to ${base + FACILITIES - 1}`;
    return invalid(COMPLETION.FACILITY_NOT_VALID, problem);
  }

  const expected = protocol.dictionary.messages.get(type)?.facility;
  if (settings.facilities === 'strict' && expected !== undefined && facility !== base + Number(expected.slice(2))) {
    const problem = `facility ${facility}, EP${facility - base}; ${type} is sent to ${expected}`;
    return {
      completion: settings.wrongFacility,
      outcome: 'refused',
      code: 'wrong-facility',
      problem,
      ...(settings.wrongFacility === COMPLETION.NO_SUCH_TRANSACTION ? { status: statuses.notInUserType } : {}),
    };
  }
  const transaction = protocol.transactions.get(type);
  // ASSUMED: the gateway looks at the user type before the back end looks at the phase.
  if (transaction && !authorisationOf(call.session.user, call.gateway).mayCall(type)) {
    return {
      completion: COMPLETION.NO_SUCH_TRANSACTION,
      status: statuses.notInUserType,
      outcome: 'refused',
      code: 'not-in-user-type',
    };
  }
  const kind = kindOf(type, call.gateway);
  const allowed = core.checkFunction({ session: call.session.id, functionName: type, kind });
  if (!allowed.ok) {
    const { code } = allowed.rejection;
    const refusal = requestRefusal(allowed.rejection, statuses);
    const set = code === 'function-not-available' ? settings.enquiryOnlyRefusal : {};
    // A scenario may set a code that this gateway never gives by itself.
    return { ...refusal, ...(set as Partial<RefusedRequest>), outcome: 'refused', code };
  }

  if (!transaction) {
    const missing = protocol.unbound.get(type);
    return {
      completion: COMPLETION.NO_SUCH_TRANSACTION,
      status: statuses.notInUserType,
      outcome: 'unsimulated',
      code: 'function-not-simulated',
      ...(missing ? { problem: missing.join('; ') } : {}),
    };
  }
  // ASSUMED: the transaction call has no room for an answer, so a query through it is refused; and the other way round.
  if (op !== transaction.call) {
    return invalid(
      COMPLETION.INVALID_TRANSACTION_TYPE,
      `${type} is sent by the ${transaction.call} call, not by ${op}`,
    );
  }
  try {
    return transaction.answer(message, call);
  } catch (error) {
    if (error instanceof SizeError) return invalid(COMPLETION.WRONG_SIZE, error.message);
    if (error instanceof FieldError) {
      return { ...invalid(COMPLETION.FIELD_NOT_VALID, error.message), status: error.offset };
    }
    // ASSUMED: what the dictionary has no room for is an internal error of the back end; the answer is not cut.
    if (!(error instanceof RoomError)) throw error;
    return {
      completion: COMPLETION.TRANSACTION_ABORTED,
      status: statuses.internalError,
      outcome: 'refused',
      code: 'answer-does-not-fit',
      problem: error.message,
    };
  }
}

function invalid(completion: CompletionCode, problem: string): TransactionAnswer {
  return { completion, outcome: 'invalid', problem };
}

// The two letters are bytes of the client.
function printableType(type: string): string {
  return /^[A-Z]{2}\d+$/.test(type) ? type : type.replaceAll(/[^\x20-\x7e]/g, '?');
}
