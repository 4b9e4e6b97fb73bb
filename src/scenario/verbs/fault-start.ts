import * as z from 'zod/mini';
import { kindOf } from '../../faults/catalogue.ts';
import { explainFault } from '../../faults/explain.ts';
import type { FaultEffect, FaultEnd, FaultMatch } from '../../faults/fault.ts';
import { parseDuration, parseTransportDuration } from '../../time/duration.ts';
import { duration, group, identifier, integer, leaf, transportDuration } from '../leaf.ts';
import type { Refuse } from '../source-node.ts';
import { toEffect } from './fault-effects.ts';
import { toMatch } from './fault-match.ts';
import { faultEffect, faultMatch } from './fault-shapes.ts';
import { defineVerb } from './verb.ts';

const schema = () =>
  group(
    {
      id: z.optional(identifier),
      match: faultMatch,
      effect: faultEffect,
      share: z.optional(
        leaf(z.number().check(z.gt(0), z.lte(1)), { expects: 'a share above 0 and up to 1, for example 0.5' }),
      ),
      times: z.optional(integer(1, 1_000_000, 'times')),
      for: z.optional(duration),
      forReal: z.optional(transportDuration),
    },
    'a fault: { match: { listener: online-1 }, effect: { delay: 2s }, for: 10m }',
  );

type Args = z.output<ReturnType<typeof schema>>;

const PPM = 1_000_000;

export const faultStart = defineVerb({
  name: 'fault.start',
  summary:
    'Something goes wrong on the way to clients: answers come late, slowly, cut, changed or not at all, connections are refused, reset or never answered, certificates and keys are wrong. docs/reference/faults.md tells each and what clients report of it.',
  schema,
  example: { match: { listener: 'online-1', path: '/positions' }, effect: { delay: '2s' }, times: 3 },
  toAction(args, context) {
    const { refuse } = context;
    const match = toMatch(args.match, context);
    const effect = match && toEffect(args.effect, match.listeners, refuse);
    const end = toEnd(args, refuse);
    if (!match || !effect || !end) return undefined;
    const narrowed = narrow(match, effect, refuse);
    if (!narrowed || !canBeCounted(args, effect, refuse)) return undefined;
    const sharePpm = args.share === undefined || args.share === 1 ? undefined : Math.round(args.share * PPM);
    const id = args.id ?? context.stepId;
    return { do: 'fault.start', rule: { id, match: narrowed, effect, sharePpm, end } };
  },
  describe: ({ rule }) => explainFault(rule),
});

function toEnd({ times, for: length, forReal }: Args, refuse: Refuse): FaultEnd | undefined {
  const forMs = length === undefined ? undefined : parseDuration(length);
  const forRealMs = forReal === undefined ? undefined : parseTransportDuration(forReal);
  for (const [key, ms, text, instead] of [
    ['for', forMs, length, 'for: 10m'],
    ['forReal', forRealMs, forReal, 'forReal: 30s'],
  ] as const) {
    if (ms !== 0) continue;
    refuse([key], { message: `a fault of no length is none; write ${instead}`, found: text ?? '' });
    return undefined;
  }
  return { times, forMs, forRealMs };
}

/** What acts on connections knows no request; what is about files is about those operations. */
function narrow(match: FaultMatch, effect: FaultEffect, refuse: Refuse): FaultMatch | undefined {
  const { stages } = kindOf(effect);
  const own = { 'wrong-size': ['stat'], 'disconnect-in-transfer': ['read'] }[effect.do as string];
  if (own) {
    if (match.operations) {
      refuse(['match', 'operations'], { message: `${effect.do} is about ${own.join()} by itself; remove operations:` });
      return undefined;
    }
    return { ...match, operations: own };
  }
  const { users, method, path, transactions, fields, broadcasts, operations } = match;
  const isOf = stages.includes('answer') ? 'answer' : stages.includes('broadcast') ? 'broadcast' : 'connection';
  const wrong =
    isOf === 'answer'
      ? !stages.includes('broadcast') && broadcasts
        ? 'broadcasts'
        : undefined
      : Object.entries({ users, method, path, transactions, fields, broadcasts, operations }).find(
          ([key, value]) => value !== undefined && (isOf === 'connection' || !['users', 'broadcasts'].includes(key)),
        )?.[0];
  if (wrong === undefined) return match;
  refuse(['match', wrong], { message: `${effect.do} is about ${isOf}s, which have no ${wrong}; remove ${wrong}:` });
  return undefined;
}

function canBeCounted({ times, share }: Args, effect: FaultEffect, refuse: Refuse): boolean {
  if (effect.do !== 'refuse' || (times === undefined && share === undefined)) return true;
  refuse([times === undefined ? 'share' : 'times'], {
    message:
      'nobody listens while connections are refused, so they cannot be counted; write for: 10m, or effect: reset',
  });
  return false;
}
