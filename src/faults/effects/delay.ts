import { toTransportDurationText } from '../../time/duration.ts';
import type { EffectKind } from '../effect-kind.ts';

/** The answer comes late. */
export const delay: EffectKind<'delay'> = {
  name: 'delay',
  windows: ['online', 'oapi', 'sftp', 'mail'],
  stages: ['answer'],
  carriesOut: true,
  explain: ({ fromMs, toMs }) =>
    fromMs === toMs
      ? `answers come ${toTransportDurationText(fromMs)} late`
      : `answers come ${toTransportDurationText(fromMs)} to ${toTransportDurationText(toMs)} late`,
  passage({ fromMs, toMs }, { random, isOnce, wait }) {
    let waited = false;
    return async (bytes, send) => {
      if (!waited || !isOnce) await wait(fromMs + random.integer(toMs - fromMs + 1));
      waited = true;
      await send(bytes);
    };
  },
};
