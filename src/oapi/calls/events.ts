import { authorisationOf } from '../authorisation.ts';
import type { BoundBroadcast } from '../broadcasts/broadcast.ts';
import { COMPLETION, type CompletionCode } from '../completion.ts';
import { answerSubscriptionList, readHandleList, readSubscriptionList } from '../events/event-lists.ts';
import { infoObject, INFORMATION_TYPE, type InfoObject } from '../events/info-object.ts';
import {
  ATTENTION_EVENT,
  BROADCASTS_EVENT,
  DEDICATED_EVENT,
  NETWORK_EVENT,
  NO_HANDLE,
  type Subscriptions,
} from '../events/subscriptions.ts';
import { fieldsOf, resultFields, type CallContext } from '../gateway-context.ts';
import { reply, type Reply } from '../reply.ts';

// oapi-facts.md 1.2, read_event_ext_ex, C. ASSUMED: attention events are known, and nothing of DCASS comes as one.
const SETTABLE = [BROADCASTS_EVENT, DEDICATED_EVENT, NETWORK_EVENT];
const KNOWN_EVENT_TYPES = [...SETTABLE, ATTENTION_EVENT];

/** What a set or clear call asks; without a list it is about everything of the event type. */
export interface EventRequest {
  readonly eventType: number;
  readonly list?: Buffer;
}

/** oapi-facts.md 1.2, C. Network events come without asking: 1.4, C. */
export function setEvent({ eventType, list }: EventRequest, subscriptions: Subscriptions, call: CallContext): Reply {
  if (!KNOWN_EVENT_TYPES.includes(eventType)) return reply(COMPLETION.INVALID_EVENT_TYPE);
  if (eventType === ATTENTION_EVENT) {
    // To accept the subscription and stay silent would look like a success.
    recordSet(call, { eventType, outcome: 'unsimulated' }, COMPLETION.NOT_AUTHORISED);
    return reply(COMPLETION.NOT_AUTHORISED);
  }
  const { mayReceive } = authorisationOf(call.session.user, call.gateway);
  if (!list) {
    if (eventType !== NETWORK_EVENT && !broadcastsOf(eventType, call).some(({ type }) => mayReceive(type))) {
      recordSet(call, { eventType, outcome: 'refused', code: 'not-in-user-type' }, COMPLETION.NOT_AUTHORISED);
      return reply(COMPLETION.NOT_AUTHORISED);
    }
    const completion = subscriptions.setAll(eventType) ? COMPLETION.NORMAL : COMPLETION.ALREADY_SET;
    recordSet(call, { eventType, outcome: 'ok' }, completion);
    return reply(completion);
  }
  const items = readSubscriptionList(list);
  if ('problem' in items) return badList(items.problem, call);
  const results = items.map((item) => setOne(item, eventType, subscriptions, call));
  const completion = summary(results.map(({ status }) => status));
  recordSet(
    call,
    {
      eventType,
      outcome: completion < 0 ? 'refused' : 'ok',
      broadcasts: items.map(({ type }) => type.replaceAll(/[^\x20-\x7e]/g, '?')),
      statuses: results.map(({ status }) => status),
    },
    completion,
  );
  return reply(completion, { answer: answerSubscriptionList(list, results) });
}

function broadcastsOf(eventType: number, { gateway }: CallContext): readonly BoundBroadcast[] {
  const all = [...gateway.protocol.broadcasts.byType.values()];
  return eventType === DEDICATED_EVENT ? all.filter(({ audience }) => audience === 'dedicated') : all;
}

/** ASSUMED: the call's completion is that of its worst item; the others stay set. */
function summary(statuses: readonly CompletionCode[]): CompletionCode {
  const refused = statuses.find((status) => status < 0);
  if (refused !== undefined) return refused;
  return statuses.every((status) => status === COMPLETION.ALREADY_SET) ? COMPLETION.ALREADY_SET : COMPLETION.NORMAL;
}

function setOne(
  { source, informationType, type, scope }: InfoObject,
  eventType: number,
  subscriptions: Subscriptions,
  call: CallContext,
): { readonly handle: number; readonly status: CompletionCode } {
  const { protocol, settings } = call.gateway;
  const broadcast = protocol.broadcasts.byType.get(type);
  // ASSUMED: the source is the exchange's code, or 0 (EGAR sends 0).
  const isAuthorised = broadcast && authorisationOf(call.session.user, call.gateway).mayReceive(type);
  if (!isAuthorised || (source !== 0 && source !== settings.exchangeCode)) {
    return { handle: NO_HANDLE, status: COMPLETION.NOT_AUTHORISED };
  }
  const isDedicated = broadcast.audience === 'dedicated';
  const isOfType = eventType === BROADCASTS_EVENT || (eventType === DEDICATED_EVENT && isDedicated);
  const isKind = informationType === INFORMATION_TYPE[broadcast.audience] && (!isDedicated || scope <= 1);
  if (!isOfType || !isKind) return { handle: NO_HANDLE, status: COMPLETION.INVALID_EVENT_TYPE };
  const { handle, isNew } = subscriptions.set(eventType, type, isDedicated && scope === 1);
  return { handle, status: isNew ? COMPLETION.NORMAL : COMPLETION.ALREADY_SET };
}

/** By handles, or everything of the event type. */
export function clearEvent({ eventType, list }: EventRequest, subscriptions: Subscriptions, call: CallContext): Reply {
  if (!KNOWN_EVENT_TYPES.includes(eventType)) return reply(COMPLETION.INVALID_EVENT_TYPE);
  const handles = list && readHandleList(list);
  if (handles && 'problem' in handles) return badList(handles.problem, call);
  const cleared = subscriptions.clear(eventType, handles);
  const completion = cleared > 0 ? COMPLETION.NORMAL : COMPLETION.ALREADY_CLEAR;
  call.gateway.journal.record({
    kind: 'oapi.clear-event',
    source: 'oapi',
    outcome: 'ok',
    ...fieldsOf(call),
    eventType,
    cleared,
    ...resultFields(completion),
  });
  return reply(completion);
}

/** The types that can be set, as ASCII like `1,1001`: oapi-facts.md 1.2, C. */
export function showEvents(): Reply {
  return reply(COMPLETION.NORMAL, { answer: Buffer.from(SETTABLE.join(','), 'latin1') });
}

const COUNT_BYTES = 4;
const FORCED_BYTES = 4;

/**
 * What can be subscribed to: u32 count, then an info object and a forced flag each; oapi-facts.md 1.2, C. ASSUMED: nothing
 * is forced, and a dedicated one is shown once, of all of the member.
 */
export function showSubscriptions(call: CallContext): Reply {
  const { protocol, settings } = call.gateway;
  const { mayReceive } = authorisationOf(call.session.user, call.gateway);
  const broadcasts = [...protocol.broadcasts.byType.values()].filter(({ type }) => mayReceive(type));
  const count = Buffer.alloc(COUNT_BYTES);
  count.writeUInt32LE(broadcasts.length);
  const rows = broadcasts.flatMap(({ type, audience }) => [
    infoObject(settings.exchangeCode, type, audience),
    Buffer.alloc(FORCED_BYTES),
  ]);
  return reply(COMPLETION.NORMAL, { answer: Buffer.concat([count, ...rows]) });
}

function badList(problem: string, call: CallContext): Reply {
  const completion = COMPLETION.INVALID_ARGUMENT;
  call.gateway.journal.record({
    kind: 'oapi.invalid',
    source: 'oapi',
    outcome: 'invalid',
    ...fieldsOf(call),
    ...resultFields(completion),
    problem,
  });
  return reply(completion);
}

function recordSet(
  call: CallContext,
  fields: { readonly outcome: 'ok' | 'refused' | 'unsimulated'; readonly [field: string]: unknown },
  completion: CompletionCode,
): void {
  call.gateway.journal.record({
    kind: 'oapi.set-event',
    source: 'oapi',
    ...fieldsOf(call),
    ...fields,
    ...resultFields(completion),
  });
}
