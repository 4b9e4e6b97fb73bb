import type { SecureContextOptions } from 'node:tls';
import type { FaultRule, TlsFault } from './faults/fault.ts';
import { generateRsaKey } from './host/rsa-key.ts';
import type { TlsPair, TrustMaterial } from './host/trust-material.ts';

// Clients that want more than the smallest size of today shall not refuse it for that.
const HOST_KEY_BITS = 3072;

/** The certificates and the host key that faults show. Made before such a fault begins, and kept in memory only. */
export class FaultMaterial {
  readonly #trust: Pick<TrustMaterial, 'faulty' | 'gateway'>;
  readonly #certificates = new Map<string, TlsPair>();
  #hostKey: string | undefined;

  constructor(trust: Pick<TrustMaterial, 'faulty' | 'gateway'>) {
    this.#trust = trust;
  }

  /** Resolves when what the fault shows is there. @param hostOf the host name of `online-1` */
  async prepare({ effect, match }: FaultRule, hostOf: (listener: string) => string | undefined): Promise<void> {
    if (effect.do === 'host-key-changed') this.#hostKey ??= await generateRsaKey(HOST_KEY_BITS);
    if (effect.do !== 'tls' || effect.what === 'old-version') return;
    const { what } = effect;
    await Promise.all(
      match.listeners.map(async (listener) => {
        const host = hostOf(listener);
        const key = `${host} ${what}`;
        if (host === undefined || this.#certificates.has(key)) return;
        this.#certificates.set(key, await this.#trust.faulty(host, what));
      }),
    );
  }

  readonly tls = (host: string, what: TlsFault): SecureContextOptions | undefined => {
    if (what !== 'old-version') return this.#certificates.get(`${host} ${what}`);
    // OpenSSL 3 signs an old handshake with SHA-1 only where the security level lets it.
    const versions = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    return { ...this.#trust.gateway(host), ...versions };
  };

  readonly hostKey = (): string | undefined => this.#hostKey;
}
