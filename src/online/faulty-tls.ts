import type { Server, ServerOptions } from 'node:https';
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls';
import type { TlsFault } from '../faults/fault.ts';
import type { Faults } from '../faults/live-faults.ts';
import type { GatewayName } from './context.ts';

/** What TLS is spoken with while a fault changes it; undefined where that is not known. */
export type FaultyTls = (host: string, what: TlsFault) => SecureContextOptions | undefined;

/** The certificates that faults show in the place of a gateway's own. */
export interface FaultyContexts {
  /** For a listener of one gateway: asks at each connection. */
  watch(server: Server, gateway: GatewayName, own: ServerOptions): void;
  /** For a listener of several: asks when the client has named one. */
  named(gateway: GatewayName): SecureContext | undefined;
}

const OWN_VERSIONS = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3' } as const;

export function faultyContexts(faults: Faults, faultyTls: FaultyTls = () => undefined): FaultyContexts {
  const take = ({ name, host }: GatewayName): SecureContextOptions | undefined => {
    if (faults.isQuiet) return undefined;
    const hit = faults.take({ stages: ['handshake'], listeners: [name] });
    return hit?.effect.do === 'tls' ? faultyTls(host, hit.effect.what) : undefined;
  };
  return {
    watch(server, gateway, { key, cert }) {
      let isFaulty = false;
      // Before TLS takes the connection, and after it: the context is looked up in between.
      server.prependListener('connection', () => {
        const context = take(gateway);
        if (!context) return;
        isFaulty = true;
        server.setSecureContext({ ...OWN_VERSIONS, ...context });
      });
      server.on('connection', () => {
        if (!isFaulty) return;
        isFaulty = false;
        server.setSecureContext({ ...OWN_VERSIONS, key, cert });
      });
    },
    named(gateway) {
      const context = take(gateway);
      return context && createSecureContext({ ...OWN_VERSIONS, ...context });
    },
  };
}
