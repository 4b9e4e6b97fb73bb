import type { EffectKind } from '../effect-kind.ts';

/** A status in place of the answer: of HTTP, a completion code, or of SFTP. */
export const status: EffectKind<'status'> = {
  name: 'status',
  windows: ['online', 'oapi', 'sftp'],
  stages: ['answer'],
  carriesOut: false,
  explain: (effect) => `they are answered ${effect.status}`,
};
