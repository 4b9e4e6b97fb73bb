import * as z from 'zod/mini';
import { parseDuration, toDurationText } from '../../time/duration.ts';
import { duration, group, messageText } from '../leaf.ts';
import { defineVerb } from './verb.ts';

export const platformFallback = defineVerb({
  name: 'platform.fallback',
  summary:
    'HKEX goes back to the old platform: the upgraded one closes, and the old one opens with the passwords of before; clearing transactions since then are to be re-input.',
  schema: () =>
    group(
      { opensAfter: z.optional(duration), text: z.optional(messageText) },
      'the fallback: { opensAfter: 1h, text: "DCASS resumes on Genium INET." }',
    ),
  example: { opensAfter: '1h', text: 'DCASS resumes on the Genium INET platform at 10:00.' },
  toAction({ opensAfter = '0s', text }, { names, refuse }) {
    if (!names.gateways.has('ng-1')) {
      refuse([], { message: 'there is no platform to fall back to; write under world: platforms: { geniumInet: {} }' });
      return undefined;
    }
    return { do: 'platform.fallback', opensAfterMs: parseDuration(opensAfter) ?? 0, text };
  },
  describe({ opensAfterMs, text }) {
    const when = opensAfterMs === 0 ? 'at once' : `after ${toDurationText(opensAfterMs)}`;
    const said = text === undefined ? '' : ` All are told: "${text}"`;
    return `Fallback: the upgraded platform closes, the old one opens ${when}.${said}`;
  },
});
