import type { Outcome, Rejection } from '../../clearing/rejection.ts';
import { addressOf } from '../context.ts';
import type { Visit } from '../visit.ts';

// What the pages of an Administrator have in common.

/** Whom or what the address names: `/users/<id>/reset`, `/sessions/<id>/log-out`. */
export function targetOf({ request }: Visit): string {
  return (request.params as { readonly id: string }).id;
}

/** A login says the same for every wrong name; an administrator may hear that the own participant has no such user. */
export function asSeenByAdministrator(rejection: Rejection, { user }: Visit): Rejection {
  return rejection.code === 'unknown-user'
    ? { code: 'user-of-another-participant', user: user.id, administrator: user.id }
    : rejection;
}

export function recordAdministration(
  visit: Visit,
  kind: 'online.password-reset' | 'online.user-unlock' | 'online.forced-logout' | 'online.access-change',
  outcome: Outcome<unknown>,
): void {
  const { context, request, user } = visit;
  context.journal.record({
    kind,
    source: 'online',
    outcome: outcome.ok ? 'ok' : 'refused',
    ...(outcome.ok ? {} : { code: outcome.rejection.code }),
    user: user.id,
    target: targetOf(visit).slice(0, 64),
    participant: user.participant,
    gateway: context.gatewayOf(request).name,
    address: addressOf(request),
  });
}
