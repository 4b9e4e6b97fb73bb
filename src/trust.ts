import { PACKAGE_ROOT, type Environment } from './config.ts';
import { planAddresses, toLoopback, type SecondSite } from './host/address-plan.ts';
import { defaultCertsDir } from './host/run-directory.ts';
import { openTrustMaterial, type CertifiedHost, type TrustMaterial } from './host/trust-material.ts';

/** Opens the certificates and keys of this user, made at first use. */
export function openTrust(
  stateDir: string | undefined,
  environment: Environment,
  second: SecondSite['online'] = [],
): Promise<TrustMaterial> {
  return openTrustMaterial({
    directory: defaultCertsDir({
      packageRoot: PACKAGE_ROOT,
      stateDir: stateDir ?? environment.stateDir,
      env: environment.all,
    }),
    hosts: planAddresses('production').online.map(toCertified),
    laterHosts: second.map(toCertified),
  });
}

/** The address of the real system, and the one of this machine that stands for it. */
function toCertified({ host, address }: SecondSite['online'][number]): CertifiedHost {
  return { name: host, addresses: [address, toLoopback(address)] };
}
