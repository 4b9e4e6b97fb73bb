import * as z from 'zod/mini';
import * as l from './leaf.ts';
import { seenShape } from './seen-shape.ts';

const times = l.integer(1, 100_000, 'times');

/** An expectation: what is looked for, and by when (design.md 6.6). */
export const expectation = l.group(
  {
    id: l.identifier,
    checklist: z.optional(l.integer(1, 22, 'an item of Appendix A')),
    says: l.text,
    seen: z.optional(seenShape),
    count: z.optional(
      l.either(
        [times, l.group({ min: z.optional(times), max: z.optional(times) }, 'how often: { min: 1, max: 3 }')],
        'how often: a whole number without quotes, or { min: 1, max: 3 }',
      ),
    ),
    order: z.optional(l.someOf(seenShape, 'entries of the journal in their order: [{ kind: … }, { kind: … }]')),
    confirm: z.optional(l.group({ by: l.oneOf(['instructor']) }, 'who says so: { by: instructor }')),
    within: z.optional(
      l.group(
        {
          from: z.optional(l.time),
          to: z.optional(l.time),
          after: z.optional(l.identifier),
          by: z.optional(l.duration),
        },
        'a span: { from: "09:00", to: "12:00" }, or from a step on: { after: failover, by: 30m }',
      ),
    ),
    before: z.optional(l.time),
    never: z.optional(l.leaf(z.literal(true), { expects: 'true: the thing should not happen' })),
  },
  'an expectation: { id: …, says: …, seen: { kind: online.login }, before: "12:30" }',
);

export type ExpectSection = z.infer<typeof expectation>;
