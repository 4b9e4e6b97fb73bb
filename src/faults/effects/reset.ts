import type { EffectKind } from '../effect-kind.ts';

/** A TCP reset: when a connection is accepted, or when a request comes. */
export const reset: EffectKind<'reset'> = {
  name: 'reset',
  windows: ['online', 'oapi', 'sftp', 'mail', 'server'],
  stages: ['connection', 'answer'],
  carriesOut: false,
  explain: () => 'the connection is reset',
};
