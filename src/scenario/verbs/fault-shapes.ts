import * as z from 'zod/mini';
import { SFTP_OPERATIONS, TLS_FAULTS } from '../../faults/fault.ts';
import { GATEWAY_NAMES } from '../action.ts';
import { either, group, integer, leaf, oneOf, someOf, transportDuration, userId } from '../leaf.ts';
import { nearest } from '../nearest.ts';

/** Where a fault can be: the gateways, the report server and the mailbox. */
export const LISTENERS = [...GATEWAY_NAMES, 'sftp', 'mail'] as const;

const listener = oneOf(LISTENERS);
const messageType = leaf(z.string().check(z.regex(/^[A-Z]{2}\d{1,5}$/)), {
  expects: 'a type of messages in quotes, for example "CD35"',
});

export const faultMatch = group(
  {
    listener: either(
      [listener, someOf(listener, 'listeners: [online-1, online-2]')],
      `one of: ${LISTENERS.join(', ')}; or a list of them`,
    ),
    users: z.optional(someOf(userId, 'users: ["BO_CABC801"]')),
    method: z.optional(oneOf(['GET', 'HEAD', 'POST'])),
    path: z.optional(
      leaf(z.string().check(z.regex(/^[/*][!-~]{0,200}$/)), {
        expects: 'a path in quotes, "*" for any text, for example "/positions" or "/INBOX/*"',
      }),
    ),
    transactions: z.optional(someOf(messageType, 'types of messages: ["CD35", "CQ3"]')),
    fields: z.optional(
      leaf(z.record(z.string(), z.string()), {
        expects: 'members of the request with their values in quotes, for example { quantity: "10" }',
      }),
    ),
    broadcasts: z.optional(someOf(messageType, 'types of broadcasts: ["BD6"]')),
    operations: z.optional(someOf(oneOf(SFTP_OPERATIONS), 'SFTP operations: [read]')),
  },
  'what is hit: { listener: online-1, path: "/positions" }',
);

const WORDS = [
  'drop',
  'reset',
  'black-hole',
  'half-close',
  'duplicate',
  'reorder',
  'refuse',
  'host-key-changed',
] as const;

const byteCount = (from: number, to = 1_000_000_000): z.ZodMiniNumber => integer(from, to, 'bytes');

const measured = group(
  {
    delay: z.optional(
      either(
        [transportDuration, group({ from: transportDuration, to: transportDuration }, 'a span: { from: 1s, to: 3s }')],
        'a duration of real time, for example 2s, or a span: { from: 1s, to: 3s }',
      ),
    ),
    throttle: z.optional(integer(1, 1_000_000_000, 'bytes a second')),
    truncate: z.optional(byteCount(0)),
    corrupt: z.optional(integer(1, 1_000, 'bytes of an answer in which a bit is flipped')),
    tls: z.optional(oneOf(TLS_FAULTS)),
    'slow-handshake': z.optional(transportDuration),
    'disconnect-in-transfer': z.optional(byteCount(1)),
    'wrong-size': z.optional(integer(-1_000_000_000, 1_000_000_000, 'bytes too many, or below 0 too few')),
    status: z.optional(
      either(
        [z.int().check(z.minimum(-9_999_999), z.maximum(9_999_999)), z.string().check(z.minLength(1))],
        'an HTTP status (503), a completion code (-11 or OMNIAPI_NOBACKEND), or a status of SFTP (4)',
      ),
    ),
  },
  'a fault with its measure: { delay: 2s }',
);

const EFFECT_NAMES: readonly string[] = [...WORDS, ...Object.keys(measured._zod.def.shape)];

export const faultEffect = leaf(z.union([oneOf(WORDS), measured]), {
  expects: `one of ${WORDS.join(', ')}; or one with its measure: { delay: 2s } (${EFFECT_NAMES.slice(WORDS.length).join(', ')})`,
  mend: (found) => nearest(found, WORDS),
});

export type MatchArgs = z.output<typeof faultMatch>;
export type EffectArgs = z.output<typeof faultEffect>;
export type MeasuredArgs = z.output<typeof measured>;
