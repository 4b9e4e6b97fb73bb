import { toTransportDurationText } from '../../time/duration.ts';
import type { Random } from '../../time/random.ts';
import type { EffectKind, EffectOf } from '../effect-kind.ts';

/** How late something comes this time. */
export function drawDelayMs({ fromMs, toMs }: Pick<EffectOf<'delay'>, 'fromMs' | 'toMs'>, random: Random): number {
  return fromMs + random.integer(toMs - fromMs + 1);
}

/** The answer, or a broadcast, comes late. */
export const delay: EffectKind<'delay'> = {
  name: 'delay',
  windows: ['online', 'oapi', 'sftp', 'mail'],
  stages: ['answer', 'broadcast'],
  carriesOut: true,
  explain({ fromMs, toMs }, about) {
    const [from, to] = [toTransportDurationText(fromMs), toTransportDurationText(toMs)];
    return `${about === 'broadcasts' ? 'they' : 'answers'} come ${from === to ? from : `${from} to ${to}`} late`;
  },
  passage({ fromMs, toMs }, { random, isOnce, wait }) {
    let waited = false;
    return async (bytes, send) => {
      if (!waited || !isOnce) await wait(drawDelayMs({ fromMs, toMs }, random));
      waited = true;
      await send(bytes);
    };
  },
};
