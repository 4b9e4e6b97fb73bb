import { PACKAGE_ROOT, type Environment } from './config.ts';
import { planAddresses } from './host/address-plan.ts';
import { defaultCertsDir } from './host/run-directory.ts';
import { openTrustMaterial, type TrustMaterial } from './host/trust-material.ts';

/** Opens the certificates and keys of this user, made at first use. */
export function openTrust(stateDir: string | undefined, environment: Environment): Promise<TrustMaterial> {
  const aliases = planAddresses('loopback').online;
  return openTrustMaterial({
    directory: defaultCertsDir({
      packageRoot: PACKAGE_ROOT,
      stateDir: stateDir ?? environment.stateDir,
      env: environment.all,
    }),
    hosts: planAddresses('production').online.map(({ host, address }) => ({
      name: host,
      addresses: [address, ...aliases.filter((alias) => alias.host === host).map((alias) => alias.address)],
    })),
  });
}
