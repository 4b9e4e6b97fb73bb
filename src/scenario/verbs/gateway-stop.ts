import * as z from 'zod/mini';
import { parseDuration, parseTransportDuration, toDurationText, toTransportDurationText } from '../../time/duration.ts';
import type { GatewayName, GatewayStopHow } from '../action.ts';
import { duration, group, oneOf, transportDuration } from '../leaf.ts';
import { checkGateways } from '../names.ts';
import type { Refuse } from '../source-node.ts';
import { gatewayList, sayGateways, toGatewayNames } from './gateways.ts';
import { defineVerb } from './verb.ts';

const HOW = ['refuse', 'reset', 'black-hole', 'slow', 'expired-certificate'] as const;

// ASSUMED: how slow a slow gateway of the real system is, nobody has told; `delay` says it.
const SLOW_MS = 5_000;

export const gatewayStop = defineVerb({
  name: 'gateway.stop',
  summary:
    'Stops gateways: new connections are refused, or taken and reset at once, and the sessions on them end. Or they fail with their port open: black-hole (no answer ever comes), slow (each answer and broadcast comes late, by delay), expired-certificate.',
  schema: () =>
    group(
      {
        which: gatewayList,
        how: z.optional(oneOf(HOW)),
        delay: z.optional(transportDuration),
        for: z.optional(duration),
      },
      'the gateways: { which: [1], how: refuse, for: 10m }',
    ),
  example: { which: [1], how: 'refuse', for: '10m' },
  toAction({ which, how = 'refuse', delay, for: length }, { names, refuse }) {
    const gateways = toGatewayNames(which);
    if (!checkGateways(names, gateways, ['which'], refuse)) return undefined;
    if (!canFailSo(how, gateways, refuse)) return undefined;
    if (delay !== undefined && how !== 'slow') {
      refuse(['delay'], { message: `delay: is for how: slow; remove it, or write how: slow instead of ${how}` });
      return undefined;
    }
    const delayMs = delay === undefined ? SLOW_MS : parseTransportDuration(delay);
    if (delayMs === undefined || delayMs === 0) {
      refuse(['delay'], { message: 'a delay of no length is none; write delay: 5s', found: delay ?? '' });
      return undefined;
    }
    const forMs = length === undefined ? undefined : parseDuration(length);
    if (forMs === 0) {
      refuse(['for'], { message: 'a fault of no length is none; write for: 10m', found: length ?? '' });
      return undefined;
    }
    return { do: 'gateway.stop', gateways, how, forMs, ...(how === 'slow' ? { delayMs } : {}) };
  },
  describe({ gateways, how, forMs, delayMs = SLOW_MS }) {
    const clients = {
      refuse: 'connections are refused',
      reset: 'connections are reset',
      'black-hole': 'connections are taken, and no answer ever comes',
      slow: `each answer comes ${toTransportDurationText(delayMs)} late`,
      'expired-certificate': 'new connections are shown a certificate that has ended',
    }[how];
    const what = how === 'slow' ? 'Slow' : how === 'expired-certificate' ? 'Failing' : 'Stopped';
    return `${what}${forMs === undefined ? '' : ` for ${toDurationText(forMs)}`}: ${sayGateways(gateways)}; ${clients}.`;
  },
});

/** Not every gateway can fail in every way. */
function canFailSo(how: GatewayStopHow, gateways: readonly GatewayName[], refuse: Refuse): boolean {
  const wrong =
    how === 'expired-certificate'
      ? gateways.find((name) => !name.startsWith('online-'))
      : how === 'slow'
        ? gateways.find((name) => name === 'dcass-server')
        : undefined;
  if (wrong === undefined) return true;
  const why = how === 'slow' ? 'answers one line and closes' : 'speaks no TLS, and has no certificate';
  const others = HOW.filter((each) => each !== how && !(wrong === 'dcass-server' && each === 'slow'));
  const write = others.filter((each) => each !== 'expired-certificate').join(', ');
  refuse(['how'], { message: `${wrong} ${why}, so it cannot fail by ${how}; write one of: ${write}`, found: how });
  return false;
}
