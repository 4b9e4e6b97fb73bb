import * as z from 'zod/mini';
import { ENQUIRY_TYPES, POST_TRADE_TYPES } from '../../family/message-types.ts';
import { CALL_KINDS, type AnswerRule } from '../../faults/answer-rule.ts';
import { parseDuration, parseTransportDuration } from '../../time/duration.ts';
import { duration, group, integer, leaf, oneOf, someOf, transportDuration, userId } from '../leaf.ts';
import { checkUser, kindOfUser, unknownName } from '../names.ts';
import type { Refuse } from '../source-node.ts';
import { describeRule } from './oapi-answer-words.ts';
import { toCompletion, toStatus } from './oapi-codes.ts';
import { defineVerb, type VerbContext } from './verb.ts';

const isTrue = leaf(z.literal(true), { expects: 'true' });
const code = (what: string, example: string): z.ZodMiniUnion<[z.ZodMiniNumberFormat, z.ZodMiniString]> =>
  leaf(z.union([z.int().check(z.minimum(-9_999_999), z.maximum(9_999_999)), z.string().check(z.minLength(1))]), {
    expects: `${what}: a number, or a name of the dictionary's codes, for example ${example}`,
  });

const schema = () =>
  group(
    {
      transactions: z.optional(
        someOf(
          leaf(z.string().check(z.regex(/^[A-Z]{2}\d{1,5}$/)), {
            expects: 'a type of messages in quotes, for example "CD35"',
          }),
          'types of messages: ["CD35", "CQ3"]',
        ),
      ),
      kinds: z.optional(someOf(oneOf(CALL_KINDS), 'kinds of calls: [enquiry, post-trade, login]')),
      users: z.optional(someOf(userId, 'OAPI users: ["BO_CABC801"]')),
      gateways: z.optional(someOf(oneOf(['oapi-1', 'oapi-2']), 'OAPI gateways: [oapi-1]')),
      completion: z.optional(code('a completion code', '-11 or OMNIAPI_NOBACKEND')),
      status: z.optional(code('a transaction status', '-704046, CL_OMN_INVACCOUNT or invalid-account')),
      delay: z.optional(transportDuration),
      drop: z.optional(isTrue),
      disconnect: z.optional(isTrue),
      carryOut: z.optional(leaf(z.boolean(), { expects: 'true or false: whether the back end is asked all the same' })),
      times: z.optional(integer(1, 1_000_000, 'calls')),
      for: z.optional(duration),
    },
    'calls and their answer: { transactions: ["CD35"], status: invalid-account, times: 1 }',
  );

type Args = z.output<ReturnType<typeof schema>>;

export const oapiAnswer = defineVerb({
  name: 'oapi.answer',
  summary:
    'OAPI gateways answer calls otherwise than the model would: with other codes, late, never, or by closing the connection.',
  schema,
  example: { transactions: ['CD35'], users: ['BO_CABC801'], status: 'invalid-account', times: 1 },
  toAction(args, context) {
    const effect = toEffect(args, context.refuse);
    const lasts = toLasts(args, context.refuse);
    const isKnown = checkNames(args, context);
    if (!effect || !lasts || !isKnown) return undefined;
    const { transactions, kinds, users, gateways } = args;
    const isAnswered = args.completion !== undefined || args.status !== undefined;
    const carryOut = args.carryOut ?? !isAnswered;
    return { do: 'oapi.answer', rule: { transactions, kinds, users, gateways, effect, carryOut, lasts } };
  },
  describe: ({ rule }) => describeRule(rule),
});

const EFFECTS = ['completion', 'status', 'delay', 'drop', 'disconnect'] as const;

function toEffect(args: Args, refuse: Refuse): AnswerRule['effect'] | undefined {
  const given = EFFECTS.filter((key) => args[key] !== undefined);
  if (given.length === 0) {
    refuse([], {
      message: 'nothing says how these calls are answered; write completion:, status:, delay:, drop: or disconnect:',
    });
    return undefined;
  }
  for (const alone of ['drop', 'disconnect'] as const) {
    const other = given.find((key) => key !== alone);
    if (args[alone] === undefined || other === undefined) continue;
    refuse([other], { message: `with ${alone} there is no answer; keep ${alone}: or ${other}:, not both` });
    return undefined;
  }
  if (args.drop) return { do: 'drop' };
  if (args.disconnect) return { do: 'disconnect' };

  const delayMs = args.delay === undefined ? 0 : parseTransportDuration(args.delay);
  if (delayMs === undefined || (delayMs === 0 && args.delay !== undefined)) {
    refuse(['delay'], { message: 'a delay of no length is none; write delay: 2s', found: args.delay ?? '' });
    return undefined;
  }
  if (args.carryOut === false && args.completion === undefined && args.status === undefined) {
    refuse(['carryOut'], {
      message: 'a call that is not carried out has no answer of its own; write completion: or status: too',
    });
    return undefined;
  }
  if (args.status !== undefined && args.kinds?.includes('login')) {
    refuse(['status'], { message: 'a login has no transaction status; write completion:' });
    return undefined;
  }
  const completion = toCompletion(args.completion, refuse);
  const status = toStatus(args.status, refuse);
  if ('refused' in completion || 'refused' in status) return undefined;
  return { do: 'answer', completion: completion.code, status: status.code, delayMs };
}

/** A rule always ends. */
function toLasts({ times, for: length }: Args, refuse: Refuse): AnswerRule['lasts'] | undefined {
  if (length === undefined) return { times: times ?? 1 };
  if (times !== undefined) {
    refuse(['times'], { message: 'this rule has two ends; keep times: or for:, not both' });
    return undefined;
  }
  const forMs = parseDuration(length);
  if (forMs !== undefined && forMs > 0) return { forMs };
  refuse(['for'], { message: 'a rule of no length is none; write for: 10m', found: length });
  return undefined;
}

function checkNames({ transactions, kinds, users }: Args, { names, refuse }: VerbContext): boolean {
  const types = [...ENQUIRY_TYPES, ...POST_TRADE_TYPES];
  const wrongTypes = (transactions ?? []).filter((type, i) => {
    if (types.includes(type)) return false;
    refuse(['transactions', i], unknownName('transaction', type, types));
    return true;
  });
  if (transactions && kinds) {
    refuse(['kinds'], { message: 'the calls are named twice; keep transactions: or kinds:, not both' });
  }
  const wrongUsers = (users ?? []).filter((id, i) => {
    if (!checkUser(names, id, ['users', i], refuse)) return true;
    if (kindOfUser(id) === 'oapi') return false;
    refuse(['users', i], { message: `${id} is no OAPI user; write one such as "BO_CABC801"`, found: id });
    return true;
  });
  return wrongTypes.length + wrongUsers.length === 0 && !(transactions && kinds);
}
