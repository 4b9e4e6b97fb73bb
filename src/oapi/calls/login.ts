import { parseUserId, toRecordedUser } from '../../clearing/user.ts';
import type { TransportTime } from '../../time/instant.ts';
import { ANSWERED_ON_DEMAND } from '../answers-on-demand/answered-on-demand.ts';
import { toldBy } from '../answers-on-demand/told.ts';
import { COMPLETION, type CompletionCode } from '../completion.ts';
import { outcomeFields, resultFields, type GatewayContext, type LoggedIn } from '../gateway-context.ts';
import { loginCompletion } from '../refusals.ts';
import { reply, type Reply } from '../reply.ts';
import type { LoginRequest } from '../request.ts';

export interface LoginResult {
  readonly reply: Reply;
  readonly session: LoggedIn | undefined;
}

/** Every outcome of oapi-facts.md 1.5 that a scenario can reach. */
export function login(
  request: LoginRequest,
  gateway: GatewayContext,
  address: string,
  now: TransportTime,
): LoginResult {
  const { user, password, application, forced } = request;
  // A rule is about calls that could be answered, not about broken ones.
  const isWhole = user !== undefined && user !== '' && application !== undefined && (password?.reveal() ?? '') !== '';
  const taken = isWhole
    ? gateway.answers.take({ kind: 'login', transaction: undefined, user, gateway: gateway.name })
    : undefined;
  const record = (own: CompletionCode, refusal: string | undefined, fields: Record<string, unknown> = {}): Reply => {
    const told = taken && toldBy(taken, { completion: own, status: 0 }, gateway);
    const completion = told?.completion ?? own;
    gateway.journal.record({
      kind: 'oapi.login',
      source: 'oapi',
      ...outcomeFields(refusal),
      user: toRecordedUser(user ?? ''),
      gateway: gateway.name,
      address,
      application: printable(application ?? ''),
      forced,
      ...fields,
      ...resultFields(completion),
      ...told?.fields,
    });
    return reply(completion, { given: told?.given });
  };

  if (user === undefined || password === undefined || application === undefined) {
    return { reply: record(COMPLETION.NOT_TERMINATED, 'text-not-terminated'), session: undefined };
  }
  if (user === '' || password.reveal() === '') {
    return { reply: record(COMPLETION.USER_OR_PASSWORD_MISSING, 'user-or-password-missing'), session: undefined };
  }

  // oapi-facts.md 1.5 (C): the gateway is there, and what it should lead to is not.
  if (!gateway.isLinked()) return { reply: record(COMPLETION.NO_BACK_END, 'no-back-end'), session: undefined };

  if (taken && !taken.carryOut) return { reply: record(COMPLETION.NORMAL, ANSWERED_ON_DEMAND), session: undefined };

  const { sessionsMax, parallelSessions, parallelAcrossGateways } = gateway.settings;
  const outcome = gateway.core.login({
    user,
    password,
    window: 'oapi',
    gateway: gateway.name,
    address,
    forced,
    sessionsMax,
    parallelSessions: { max: parallelSessions, acrossGateways: parallelAcrossGateways },
  });
  if (!outcome.ok) {
    const participant = parseUserId(user)?.participant;
    const fields = participant === undefined ? {} : { participant };
    return { reply: record(loginCompletion(outcome.rejection), outcome.rejection.code, fields), session: undefined };
  }

  const { session, expiresInDays } = outcome.value;
  const participant = gateway.core.user(session.id)?.participant;
  if (participant === undefined) throw new Error(`the session ${session.id} that was just accepted has no user`);
  return {
    reply: record(acceptedCompletion(session.restricted !== undefined, expiresInDays), undefined, {
      participant,
      session: session.id,
      ...(session.restricted === undefined ? {} : { restricted: session.restricted }),
      ...(expiresInDays === undefined ? {} : { expiresInDays }),
    }),
    session: { id: session.id, user: session.user, participant, application, since: now },
  };
}

function acceptedCompletion(restricted: boolean, expiresInDays: number | undefined): CompletionCode {
  if (restricted) return COMPLETION.PASSWORD_CHANGE_REQUIRED;
  return expiresInDays === undefined ? COMPLETION.NORMAL : COMPLETION.PASSWORD_NEAR_EXPIRY;
}

/** What a client sent, safe to print: a control character in a journal line would move a terminal's cursor. */
function printable(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, '?');
}
