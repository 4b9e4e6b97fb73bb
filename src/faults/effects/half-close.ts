import type { EffectKind } from '../effect-kind.ts';

/** The server closes its side of the connection (a TCP FIN) and goes on reading. */
export const halfClose: EffectKind<'half-close'> = {
  name: 'half-close',
  windows: ['online', 'oapi', 'sftp', 'mail'],
  stages: ['answer'],
  carriesOut: false,
  explain: () => 'the server closes its side of the connection without an answer, and reads on',
  passage: () => () => Promise.resolve(),
};
