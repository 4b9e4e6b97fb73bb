import * as z from 'zod/mini';
import * as l from './leaf.ts';
import { seenShape } from './seen-shape.ts';

const args = l.leaf(z.record(z.string(), z.unknown()), { expects: "the verb's arguments: { mode: enquiry-only }" });
const verb = l.leaf(z.string(), { expects: 'a verb, for example session.open or note' });

const observed = l.group({ seen: seenShape }, 'something observed: { seen: { kind: online.login } }');

const condition = l.group(
  {
    seen: z.optional(seenShape),
    all: z.optional(l.someOf(observed, 'things that all happen: [{ seen: … }, { seen: … }]')),
    any: z.optional(l.someOf(observed, 'things of which one happens: [{ seen: … }, { seen: … }]')),
  },
  'what is waited for: { seen: { kind: online.login, participant: "CABC" } }',
);

const gate = l.group(
  {
    says: l.line,
    from: l.time,
    timeout: l.duration,
    default: l.oneOf(['open', 'skip']),
  },
  'a decision of the instructor: { says: …, from: "06:40", timeout: 15m, default: skip }',
);

/** A step of the timeline: one of four triggers, and what then happens (design.md 6.4). */
export const step = l.group(
  {
    id: z.optional(l.identifier),
    at: z.optional(l.time),
    after: z.optional(
      l.group({ id: l.identifier, by: l.duration }, 'another step and a duration: { id: opens, by: 3h }'),
    ),
    when: z.optional(condition),
    between: z.optional(l.group({ from: z.optional(l.time), to: l.time }, 'a span: { from: "09:00", to: "12:00" }')),
    gate: z.optional(gate),
    repeat: z.optional(
      l.group({ every: l.duration, until: l.time }, 'how often, and until when: { every: 15m, until: "12:00" }'),
    ),
    do: verb,
    with: z.optional(args),
    else: z.optional(
      l.group({ do: verb, with: z.optional(args) }, 'what happens otherwise: { do: note, with: { text: … } }'),
    ),
    note: z.optional(l.text),
  },
  'a step: { at: "09:00", do: session.open, with: { mode: enquiry-only } }',
);

export type StepSection = z.infer<typeof step>;
export type ConditionSection = z.infer<typeof condition>;
