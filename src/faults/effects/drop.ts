import type { EffectKind } from '../effect-kind.ts';

/** One answer, or one broadcast, is not sent; the connection goes on. */
export const drop: EffectKind<'drop'> = {
  name: 'drop',
  windows: ['online', 'oapi', 'sftp', 'mail'],
  stages: ['answer', 'broadcast'],
  carriesOut: true,
  explain: (_effect, about) =>
    `${about === 'broadcasts' ? 'they are lost' : 'what they are answered is lost'}; the connection goes on`,
  passage: () => () => Promise.resolve(),
};
