import { readFileSync } from 'node:fs';
import type { KernelFacts } from './refusal.ts';

/** Asks the kernel what it allows; only called when it has refused something. */
export function readKernelFacts(): KernelFacts {
  return {
    exhausted: ['user', 'net', 'mnt', 'pid']
      .filter((kind) => setting(`user/max_${kind}_namespaces`) === '0')
      .map((kind) => `user.max_${kind}_namespaces`),
    unprivilegedClone: setting('kernel/unprivileged_userns_clone'),
    appArmorRestricts: setting('kernel/apparmor_restrict_unprivileged_userns'),
  };
}

function setting(name: string): string | undefined {
  try {
    return readFileSync(`/proc/sys/${name}`, 'utf8').trim();
  } catch {
    return undefined;
  }
}
