import type { EffectKind } from '../effect-kind.ts';

/** The server shows a host key that is in nobody's known_hosts. */
export const hostKeyChanged: EffectKind<'host-key-changed'> = {
  name: 'host-key-changed',
  windows: ['sftp'],
  stages: ['handshake'],
  carriesOut: false,
  explain: () => 'new connections are shown another host key',
};
