import * as z from 'zod/mini';
import { parseDuration, toDurationText } from '../../time/duration.ts';
import { SECONDARY_GATEWAYS } from '../action.ts';
import { duration, group, oneOf } from '../leaf.ts';
import { defineVerb } from './verb.ts';

export const datacentreFailover = defineVerb({
  name: 'datacentre.failover',
  summary:
    'The primary data centre is gone, and the secondary one answers: users turn to its addresses themselves. `to: primary` goes back.',
  schema: () =>
    group(
      {
        to: z.optional(oneOf(['secondary', 'primary'])),
        how: z.optional(oneOf(['refuse', 'reset'])),
        answersAfter: z.optional(duration),
      },
      'the failover: { how: reset, answersAfter: 20m }',
    ),
  example: { how: 'reset', answersAfter: '20m' },
  toAction({ to = 'secondary', how = 'refuse', answersAfter = '0s' }, { names, refuse }) {
    if (!SECONDARY_GATEWAYS.some((name) => names.gateways.has(name))) {
      refuse([], {
        message:
          'there is no second data centre; write under world: gateways: { secondary: { online: [{ host: …, address: … }], oapi: ["10.…"] } }',
      });
      return undefined;
    }
    return { do: 'datacentre.failover', to, how, answersAfterMs: parseDuration(answersAfter) ?? 0 };
  },
  describe({ to, how, answersAfterMs }) {
    const other = to === 'secondary' ? 'primary' : 'secondary';
    const clients = how === 'refuse' ? 'refuses connections' : 'resets connections';
    const when = answersAfterMs === 0 ? 'at once' : `after ${toDurationText(answersAfterMs)}`;
    return `Failover: the ${other} data centre ${clients}; the ${to} one answers ${when}.`;
  },
});
