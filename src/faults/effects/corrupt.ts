import type { EffectKind } from '../effect-kind.ts';

/** Bits of the answer are flipped, which ones by the seed. */
export const corrupt: EffectKind<'corrupt'> = {
  name: 'corrupt',
  windows: ['online', 'oapi', 'sftp', 'mail'],
  stages: ['answer'],
  carriesOut: true,
  explain: ({ bytes }) =>
    `one bit is flipped in ${bytes === 1 ? 'one byte' : `each of ${bytes} bytes`} of every answer`,
  passage({ bytes: wanted }, { random, isOnce }) {
    let left = wanted;
    return async (bytes, send) => {
      if (bytes.length === 0) return;
      const changed = Buffer.from(bytes);
      const count = isOnce ? left : wanted;
      for (let i = 0; i < count; i++) {
        const at = random.integer(changed.length);
        changed.writeUInt8(changed.readUInt8(at) ^ (1 << random.integer(8)), at);
      }
      left = 0;
      await send(changed);
    };
  },
};
