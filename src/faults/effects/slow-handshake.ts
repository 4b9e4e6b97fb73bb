import { toTransportDurationText } from '../../time/duration.ts';
import type { EffectKind } from '../effect-kind.ts';

/** The server's SSH identification comes late. */
export const slowHandshake: EffectKind<'slow-handshake'> = {
  name: 'slow-handshake',
  windows: ['sftp'],
  stages: ['handshake'],
  carriesOut: true,
  explain: ({ ms }) => `on new connections the SSH identification comes ${toTransportDurationText(ms)} late`,
  passage({ ms }, { wait }) {
    let waited = false;
    return async (bytes, send) => {
      if (!waited) await wait(ms);
      waited = true;
      await send(bytes);
    };
  },
};
