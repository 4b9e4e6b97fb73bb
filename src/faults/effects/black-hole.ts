import type { EffectKind } from '../effect-kind.ts';

/** Connections are accepted, what the client sends is taken, and nothing ever comes back. */
export const blackHole: EffectKind<'black-hole'> = {
  name: 'black-hole',
  windows: ['online', 'oapi', 'sftp', 'mail', 'server'],
  stages: ['connection', 'answer'],
  carriesOut: false,
  explain: () => 'nothing ever comes back, and the connection stays open',
  passage: () => () => Promise.resolve(),
};
