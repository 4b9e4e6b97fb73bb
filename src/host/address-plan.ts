/** Where a simulator listens: design.md 5.3. */
export type AddressPlan = 'loopback' | 'single' | 'ephemeral' | 'production';

/** Ports that a user chose; each window's gateways count up from theirs when they share an address. */
export interface PortOverrides {
  readonly online?: number;
  readonly oapi?: number;
  readonly sftp?: number;
  readonly mail?: number;
  readonly control?: number;
}

export interface PlannedAddresses {
  readonly online: readonly PlannedOnline[];
  /** One listener serves the four hosts, told apart by name. */
  readonly sharedOnline: boolean;
  readonly oapi: readonly PlannedGateway[];
  readonly sftp: { readonly name: 'sftp'; readonly role: 'primary'; readonly address: string; readonly port: number };
  readonly mail: { readonly address: string; readonly port: number };
  readonly control: { readonly address: string; readonly port: number };
}

export interface PlannedGateway {
  readonly number: number;
  readonly name: string;
  readonly address: string;
  readonly port: number;
}

export interface PlannedOnline extends PlannedGateway {
  readonly number: 1 | 2 | 3 | 4;
  readonly host: string;
}

/** Rollout package, Appendix C (A): gateway number, server name, address. */
const ONLINE_HOSTS = [
  [1, 'pgencdw001.hkex.com.hk', '10.151.14.155'],
  [2, 'pgencdw002.hkex.com.hk', '10.151.14.156'],
  [3, 'pgenrgw001.hkex.com.hk', '10.151.14.101'],
  [4, 'pgenrgw002.hkex.com.hk', '10.151.14.102'],
] as const;

/** Rollout package, Appendix C (A). */
const ONLINE_PORT = 8082;

/** Rollout package 3.2 (A). */
const OAPI_ADDRESSES = ['10.151.5.81', '10.151.5.82'] as const;

// ASSUMED: HKEX gives the ports of its Central Gateways to its participants only (dcass-facts.md section 3, X).
const OAPI_PORT = 15_001;

// ASSUMED: the addresses of the report server and the mail server are not public (dcass-facts.md section 4, X).
const SFTP_ADDRESS = '10.151.14.201';
const MAIL_ADDRESS = '10.151.14.202';

// Ports below 1024 need a privilege that a developer does not have.
const UNPRIVILEGED = { sftp: 2_022, mail: 2_525, control: 8_092 };

export function defaultPlan(platform: NodeJS.Platform): 'loopback' | 'single' {
  // macOS answers on 127.0.0.1 only, unless an administrator adds aliases.
  return platform === 'darwin' ? 'single' : 'loopback';
}

/** The addresses and ports of a plan. Port 0 takes a free one. */
export function planAddresses(plan: AddressPlan, ports: PortOverrides = {}): PlannedAddresses {
  const shared = plan === 'single' || plan === 'ephemeral';
  const place = (production: string): string =>
    shared ? '127.0.0.1' : plan === 'loopback' ? toLoopback(production) : production;
  const portOf = (window: keyof PortOverrides, usual: number): number => ports[window] ?? (plan === 'ephemeral' ? 0 : usual);
  const oapiPort = portOf('oapi', OAPI_PORT);
  return {
    online: ONLINE_HOSTS.map(([number, host, address]) => ({
      number,
      name: `online-${number}`,
      host,
      address: place(address),
      port: portOf('online', ONLINE_PORT),
    })),
    sharedOnline: plan === 'single',
    oapi: OAPI_ADDRESSES.map((address, i) => ({
      number: i + 1,
      name: `oapi-${i + 1}`,
      address: place(address),
      port: plan === 'single' && oapiPort !== 0 ? oapiPort + i : oapiPort,
    })),
    sftp: { name: 'sftp', role: 'primary', address: place(SFTP_ADDRESS), port: portOf('sftp', plan === 'production' ? 22 : UNPRIVILEGED.sftp) },
    mail: { address: place(MAIL_ADDRESS), port: portOf('mail', plan === 'production' ? 25 : UNPRIVILEGED.mail) },
    // The control API is ours and stays on this machine, whatever the plan.
    control: { address: '127.0.0.1', port: portOf('control', UNPRIVILEGED.control) },
  };
}

/** 10.151.14.155 becomes 127.151.14.155: on Linux and Windows all of 127.0.0.0/8 is this machine. */
export function toLoopback(address: string): string {
  return address.replace(/^\d+\./, '127.');
}
