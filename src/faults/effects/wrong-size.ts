import type { EffectKind } from '../effect-kind.ts';

/** A file's size is told wrongly; its content is right. */
export const wrongSize: EffectKind<'wrong-size'> = {
  name: 'wrong-size',
  windows: ['sftp'],
  stages: ['answer'],
  carriesOut: true,
  explain: ({ byBytes }) =>
    `the size of files is told ${Math.abs(byBytes)} bytes too ${byBytes < 0 ? 'small' : 'large'}`,
};
