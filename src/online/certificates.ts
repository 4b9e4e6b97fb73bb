import { createSecureContext, type SecureContext } from 'node:tls';
import type { GatewayName } from './context.ts';
import type { FaultyContexts } from './faulty-tls.ts';
import type { TlsServerOptions } from './servers.ts';

export interface GatewayTls {
  /** PEM. */
  readonly key: string;
  /** PEM, with the chain. */
  readonly cert: string;
}

export interface CertifiedGateway extends GatewayName {
  readonly tls: GatewayTls;
}

/** Who shows which certificate: one gateway its own, several the one of whom the client named. */
export function certificateOf(
  gateways: readonly [CertifiedGateway, ...CertifiedGateway[]],
  defaultTls: GatewayTls | undefined,
  faulty: FaultyContexts,
): Pick<TlsServerOptions, 'certificate' | 'SNICallback'> {
  const [first, ...others] = gateways;
  if (others.length === 0) return { certificate: () => faulty.next(first) ?? first.tls };
  const shared = defaultTls ?? first.tls;
  const contexts = new Map<CertifiedGateway, SecureContext>();
  const contextOf = (gateway: CertifiedGateway): SecureContext => {
    const { key, cert } = gateway.tls;
    const context = contexts.get(gateway) ?? createSecureContext({ key, cert, minVersion: 'TLSv1.2' });
    contexts.set(gateway, context);
    return context;
  };
  return {
    certificate: () => shared,
    SNICallback: (name: string, done: (error: Error | null, context?: SecureContext) => void) => {
      const host = name.toLowerCase();
      const gateway = gateways.find((each) => each.host === host);
      const context = gateway && (faulty.named(gateway) ?? contextOf(gateway));
      if (context === 'cut') done(new Error('a fault ends the handshake'));
      else done(null, context);
    },
  };
}
