import type { EffectKind } from '../effect-kind.ts';
import type { TlsFault } from '../fault.ts';

const SAYS: Readonly<Record<TlsFault, string>> = {
  expired: 'a certificate is shown that ended yesterday',
  'wrong-name': 'a certificate is shown that is for another host',
  'unknown-ca': 'a certificate is shown of a CA that nobody knows',
  'old-version': 'TLS 1.0 and 1.1 are spoken only',
};

/** New connections get another certificate, or an old TLS. */
export const tls: EffectKind<'tls'> = {
  name: 'tls',
  windows: ['online'],
  stages: ['handshake'],
  carriesOut: false,
  explain: ({ what }) => `on new connections ${SAYS[what]}`,
};
