import * as z from 'zod/mini';
import type { UserId } from '../../clearing/user.ts';
import { BROADCAST_TYPES } from '../../family/message-types.ts';
import { OAPI_NOTICES, type GatewayName } from '../action.ts';
import { group, leaf, oneOf, someOf, userId } from '../leaf.ts';
import { checkUser, unknownName } from '../names.ts';
import { messageType } from '../oapi-settings.ts';
import { sayGateways } from './gateways.ts';
import { defineVerb } from './verb.ts';

const OAPI_GATEWAYS = ['oapi-1', 'oapi-2'] as const satisfies readonly GatewayName[];

export const oapiNotice = defineVerb({
  name: 'oapi.notice',
  summary: 'OAPI gateways tell their clients of themselves or their links (BN1 to BN4); the sessions stay.',
  schema: () =>
    group(
      {
        notice: oneOf(OAPI_NOTICES),
        which: z.optional(someOf(oneOf(OAPI_GATEWAYS), 'OAPI gateways: ["oapi-1"]')),
        user: z.optional(userId),
        text: z.optional(
          leaf(z.string().check(z.regex(/^[ -~]{1,500}$/)), { expects: 'a text of 1 to 500 plain (ASCII) characters' }),
        ),
        broadcast: z.optional(messageType),
      },
      'the notice: { notice: logout-imminent, which: ["oapi-1"] }',
    ),
  example: { notice: 'data-lost', which: ['oapi-1'], text: 'Broadcasts were lost between 10:15 and 10:16.' },
  toAction({ notice, which, user, text, broadcast }, { names, refuse }) {
    if (user !== undefined && !checkUser(names, user, ['user'], refuse)) return undefined;
    if (broadcast !== undefined && !BROADCAST_TYPES.includes(broadcast)) {
      refuse(['broadcast'], unknownName('broadcast', broadcast, BROADCAST_TYPES));
      return undefined;
    }
    const isSubscription = notice === 'subscription-available';
    if (isSubscription && broadcast === undefined) {
      refuse([], { message: 'a subscription that became available is for a broadcast; write broadcast: BD6' });
      return undefined;
    }
    if (!isSubscription && broadcast !== undefined) {
      refuse(['broadcast'], {
        message: `${notice} names no broadcast; remove it, or write notice: subscription-available`,
        found: broadcast,
      });
      return undefined;
    }
    if (isSubscription && text !== undefined) {
      refuse(['text'], { message: 'this notice has no text on the line; remove it', found: text });
      return undefined;
    }
    const gateways = OAPI_GATEWAYS.filter((name) => which === undefined || which.includes(name));
    return { do: 'oapi.notice', notice, gateways, user: user as UserId | undefined, text, broadcast };
  },
  describe: ({ notice, gateways, user, broadcast }) =>
    `${sayGateways(gateways)} tell${gateways.length === 1 ? 's' : ''} ${user ?? 'every client'}: ${notice.replaceAll('-', ' ')}${broadcast === undefined ? '' : ` (${broadcast})`}.`,
});
