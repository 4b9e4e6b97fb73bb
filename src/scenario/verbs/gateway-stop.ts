import * as z from 'zod/mini';
import { parseDuration, toDurationText } from '../../time/duration.ts';
import { duration, group, oneOf } from '../leaf.ts';
import { checkGateways } from '../names.ts';
import { gatewayList, sayGateways, toGatewayNames } from './gateways.ts';
import { defineVerb } from './verb.ts';

export const gatewayStop = defineVerb({
  name: 'gateway.stop',
  summary: 'Stops gateways: new connections are refused, or taken and reset at once; the sessions on them end.',
  schema: group(
    { which: gatewayList, how: z.optional(oneOf(['refuse', 'reset'])), for: z.optional(duration) },
    'the gateways: { which: [1], how: refuse, for: 10m }',
  ),
  example: { which: [1], how: 'refuse', for: '10m' },
  toAction({ which, how, for: length }, { names, refuse }) {
    const gateways = toGatewayNames(which);
    if (!checkGateways(names, gateways, ['which'], refuse)) return undefined;
    const forMs = length === undefined ? undefined : parseDuration(length);
    if (forMs === 0) {
      refuse(['for'], { message: 'a fault of no length is none; write for: 10m', found: length ?? '' });
      return undefined;
    }
    return { do: 'gateway.stop', gateways, how: how ?? 'refuse', forMs };
  },
  describe({ gateways, how, forMs }) {
    const clients = how === 'refuse' ? 'connections are refused' : 'connections are reset';
    return `Stopped${forMs === undefined ? '' : ` for ${toDurationText(forMs)}`}: ${sayGateways(gateways)}; ${clients}.`;
  },
});
