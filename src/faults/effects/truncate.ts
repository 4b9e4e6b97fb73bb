import type { EffectKind } from '../effect-kind.ts';

/** The answer ends after so many bytes, and with it the connection. */
export const truncate: EffectKind<'truncate'> = {
  name: 'truncate',
  windows: ['online', 'oapi', 'sftp', 'mail'],
  stages: ['answer'],
  carriesOut: true,
  explain: ({ afterBytes }) => `answers end after ${afterBytes} bytes, and the connection with them`,
  passage({ afterBytes }, { cut }) {
    let left = afterBytes;
    let isCut = false;
    return async (bytes, send) => {
      if (isCut) return;
      const part = bytes.subarray(0, left);
      left -= part.length;
      if (part.length > 0) await send(part);
      if (part.length === bytes.length) return;
      isCut = true;
      cut();
    };
  },
};
