import { COMPLETION, type CompletionCode } from '../completion.ts';
import { fieldsOf, outcomeFields, resultFields, type CallContext } from '../gateway-context.ts';
import { passwordCompletion } from '../refusals.ts';
import { reply, type Reply } from '../reply.ts';
import type { SetNewPasswordRequest } from '../request.ts';

// oapi-facts.md 1.2: bytes 0x01 to 0x19, `%` and backslash answer -2029 (C).
const BAD_CHARACTER = /[\x01-\x19%\\]/;

/** Afterwards a restricted session is a full one. */
export function setNewPassword({ current, next }: SetNewPasswordRequest, call: CallContext): Reply {
  const record = (completion: CompletionCode, refusal?: string): Reply => {
    call.gateway.journal.record({
      kind: 'oapi.password-change',
      source: 'oapi',
      ...outcomeFields(refusal),
      ...fieldsOf(call),
      ...resultFields(completion),
    });
    return reply(completion);
  };

  if (current === undefined || next === undefined) return record(COMPLETION.NOT_TERMINATED, 'text-not-terminated');
  if (BAD_CHARACTER.test(next.reveal())) return record(COMPLETION.BAD_CHARACTER, 'new-password-character');
  const outcome = call.gateway.core.changePassword({ session: call.session.id, current, next });
  if (outcome.ok) return record(COMPLETION.NORMAL);
  return record(passwordCompletion(outcome.rejection), outcome.rejection.code);
}
