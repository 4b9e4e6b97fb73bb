import type { EffectKind } from '../effect-kind.ts';

/** The connection ends after so many bytes of a file. */
export const disconnectInTransfer: EffectKind<'disconnect-in-transfer'> = {
  name: 'disconnect-in-transfer',
  windows: ['sftp'],
  stages: ['answer'],
  carriesOut: true,
  explain: ({ afterBytes }) => `the connection ends when ${afterBytes} bytes of files have been read on it`,
};
