import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls';
import type { Stage } from '../faults/effect-kind.ts';
import type { FaultEffect, TlsFault } from '../faults/fault.ts';
import type { Faults } from '../faults/live-faults.ts';
import type { GatewayName } from './context.ts';

/** What TLS is spoken with while a fault changes it; undefined where that is not known. */
export type FaultyTls = (host: string, what: TlsFault) => SecureContextOptions | undefined;

/** The certificates that faults show in the place of a gateway's own. */
export interface FaultyContexts {
  /** For a listener of one gateway, at each connection; undefined: its own. */
  next(gateway: GatewayName): SecureContextOptions | undefined;
  /**
   * For a listener of several: asks when the client has named one. `cut`: the connection ends there, which is the nearest
   * that one port for all can come to a gateway that is not there, or that speaks an old TLS.
   */
  named(gateway: GatewayName): SecureContext | 'cut' | undefined;
}

const OWN_VERSIONS = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3' } as const;

export function faultyContexts(faults: Faults, faultyTls: FaultyTls = () => undefined): FaultyContexts {
  const take = (name: string, stages: readonly Stage[]): FaultEffect | undefined =>
    faults.isQuiet ? undefined : faults.take({ stages, listeners: [name] })?.effect;
  return {
    next(gateway) {
      const effect = take(gateway.name, ['handshake']);
      return effect?.do === 'tls' ? faultyTls(gateway.host, effect.what) : undefined;
    },
    named(gateway) {
      const effect = take(gateway.name, ['handshake', 'port']);
      if (effect?.do === 'refuse') return 'cut';
      if (effect?.do !== 'tls') return undefined;
      if (effect.what === 'old-version') return 'cut';
      const context = faultyTls(gateway.host, effect.what);
      return context && createSecureContext({ ...OWN_VERSIONS, ...context });
    },
  };
}
