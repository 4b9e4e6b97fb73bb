import { defaultPlan, planAddresses } from '../host/address-plan.ts';
import { hostsFile } from '../host-files.ts';
import type { Output } from './output.ts';
import { oneOf } from './up.ts';

/** `dcass-sim hosts`: lines for /etc/hosts, so that the four host names lead to the simulator. */
export function hosts(flags: { readonly plan?: string; readonly json?: boolean }, output: Output): void {
  const plan =
    flags.plan === undefined
      ? defaultPlan(process.platform)
      : oneOf('--plan', flags.plan, ['loopback', 'single', 'production'] as const);
  const { online } = planAddresses(plan);
  if (flags.json) output.data(JSON.stringify(online.map(({ host, address }) => ({ host, address }))));
  else output.data(hostsFile(online).trimEnd());
}
