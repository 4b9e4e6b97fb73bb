import type { EffectKind } from '../effect-kind.ts';

const PIECES_PER_SECOND = 10;

/** The answer comes in small pieces, at so many bytes a second. */
export const throttle: EffectKind<'throttle'> = {
  name: 'throttle',
  windows: ['online', 'oapi', 'sftp', 'mail'],
  stages: ['answer'],
  carriesOut: true,
  explain: ({ bytesPerSecond }) => `answers come at ${bytesPerSecond} bytes a second`,
  passage({ bytesPerSecond }, { wait }) {
    const piece = Math.max(1, Math.floor(bytesPerSecond / PIECES_PER_SECOND));
    return async (bytes, send) => {
      for (let at = 0; at < bytes.length; at += piece) {
        const part = bytes.subarray(at, at + piece);
        // One after the other: that is what it is for.
        // oxlint-disable-next-line no-await-in-loop
        await send(part);
        // oxlint-disable-next-line no-await-in-loop
        await wait((part.length * 1_000) / bytesPerSecond);
      }
    };
  },
};
