import { COMPLETION } from '../completion.ts';
import { fieldsOf, resultFields, type CallContext } from '../gateway-context.ts';
import { reply, type Reply } from '../reply.ts';

export const NETWORK_EVENT = 1001;

// oapi-facts.md 1.2, read_event_ext_ex: broadcasts, dedicated, attention; C.
const KNOWN_EVENT_TYPES = [1, 990, 991, NETWORK_EVENT];

/** The event types that this connection asked for. Network events come without asking: oapi-facts.md 1.4, C. */
export type EventTypes = Set<number>;

export function setEvent(eventType: number, set: EventTypes, call: CallContext): Reply {
  if (!KNOWN_EVENT_TYPES.includes(eventType)) return reply(COMPLETION.INVALID_EVENT_TYPE);
  if (eventType !== NETWORK_EVENT) {
    // No broadcast is simulated yet: to accept the subscription and stay silent would look like a success.
    call.gateway.journal.record({
      kind: 'oapi.set-event',
      source: 'oapi',
      outcome: 'unsimulated',
      ...fieldsOf(call),
      eventType,
      ...resultFields(COMPLETION.NOT_AUTHORISED),
    });
    return reply(COMPLETION.NOT_AUTHORISED);
  }
  if (set.has(eventType)) return reply(COMPLETION.ALREADY_SET);
  set.add(eventType);
  return reply(COMPLETION.NORMAL);
}

export function clearEvent(eventType: number, set: EventTypes): Reply {
  if (!KNOWN_EVENT_TYPES.includes(eventType)) return reply(COMPLETION.INVALID_EVENT_TYPE);
  return reply(set.delete(eventType) ? COMPLETION.NORMAL : COMPLETION.ALREADY_CLEAR);
}

/** The types that can be set, as ASCII like `1,1001`: oapi-facts.md 1.2, C. */
export function showEvents(): Reply {
  return reply(COMPLETION.NORMAL, { answer: Buffer.from(String(NETWORK_EVENT), 'latin1') });
}
