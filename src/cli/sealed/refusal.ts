/** The steps of the set-up, in their order, as its script names them. */
export type SealingStep = 'namespaces' | 'addresses' | 'files' | 'proc' | 'ports' | 'user';

/** What this kernel says of itself; undefined where it has no such setting. */
export interface KernelFacts {
  /** The settings that are 0, of `user.max_*_namespaces`. */
  readonly exhausted: readonly string[];
  /** kernel.unprivileged_userns_clone: Debian's older kernels. */
  readonly unprivilegedClone: string | undefined;
  /** kernel.apparmor_restrict_unprivileged_userns: Ubuntu from 23.10. */
  readonly appArmorRestricts: string | undefined;
}

/** The end of every refusal. */
export const WITHOUT_IT = 'Without --sealed the same command runs here, on loopback addresses.';

/**
 * Why the set-up of a sealed run failed, and what to do.
 * @param step where it failed
 * @param said what the failing program wrote
 */
export function explainRefusal(step: SealingStep, said: string, facts: KernelFacts): string {
  const quoted = said.trim().split('\n').slice(-2).join('; ') || 'nothing';
  return `a sealed run could not be set up: ${reason(step, said, facts)}. The system said: ${quoted}. ${WITHOUT_IT}`;
}

function reason(step: SealingStep, said: string, facts: KernelFacts): string {
  switch (step) {
    case 'namespaces':
    case 'user':
      return namespaceReason(said, facts);
    case 'addresses':
      return 'the addresses of the rollout package could not be put on the loopback device of the new network namespace; a security module, or a kernel without network namespaces, may be the cause';
    case 'files':
      return 'a file could not be laid over the one of the system (a bind mount); a security module such as SELinux, or a container, may forbid it';
    case 'proc':
      return 'the new process namespace could not have its /proc, which a container forbids when it hides parts of its own: start the container with --security-opt systempaths=unconfined (Docker) or --security-opt unmask=ALL (Podman)';
    case 'ports':
      return 'ports below 1024 could not be opened to the simulator (net.ipv4.ip_unprivileged_port_start); the kernel needs to be 4.11 or later';
  }
}

function namespaceReason(said: string, { exhausted, unprivilegedClone, appArmorRestricts }: KernelFacts): string {
  if (/No space left on device/.test(said)) {
    const which = exhausted[0];
    return which === undefined
      ? 'all namespaces that this machine allows are in use, or they are nested too deep: end other sealed runs, or let an administrator raise user.max_user_namespaces with sysctl'
      : `namespaces are switched off (${which} is 0): an administrator switches them on with "sysctl -w ${which}=10000"`;
  }
  if (/Operation not permitted|Permission denied/.test(said)) {
    if (unprivilegedClone === '0') {
      return 'this kernel gives user namespaces to root only: an administrator opens them with "sysctl -w kernel.unprivileged_userns_clone=1"';
    }
    if (appArmorRestricts === '1' || /uid_map/.test(said)) {
      return 'AppArmor restricts user namespaces (Ubuntu 23.10 and later): an administrator allows them with "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0", or with an AppArmor profile for unshare';
    }
    return 'creating namespaces is not permitted here, as in a container with the usual seccomp profile: start the container with --security-opt seccomp=unconfined (Docker also needs --security-opt systempaths=unconfined), or run outside of it';
  }
  if (/Invalid argument|Function not implemented/.test(said)) {
    return 'this kernel was built without user namespaces: another kernel is needed (CONFIG_USER_NS, CONFIG_NET_NS, CONFIG_PID_NS)';
  }
  return 'new namespaces could not be made';
}
