import { isIP } from 'node:net';
import { SimError } from '../sim-error.ts';

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

/** Addresses of the old platform: those that a scenario names. */
export interface OldSite {
  readonly networkGateway: string;
  readonly dcassServer: string;
}

export interface PlanOptions {
  readonly second?: SecondSite;
  readonly old?: OldSite | undefined;
  /** `single` and `ephemeral`: the IP address that all listen on, in the place of 127.0.0.1. In a container: 0.0.0.0. */
  readonly listenOn?: string | undefined;
}

export interface PlannedAddresses {
  /** The primary data centre's. */
  readonly online: readonly PlannedOnline[];
  /** One listener serves the four hosts, told apart by name. */
  readonly sharedOnline: boolean;
  readonly oapi: readonly PlannedGateway[];
  readonly secondary: { readonly online: readonly PlannedOnline[]; readonly oapi: readonly PlannedGateway[] };
  /** Undefined where the day has the upgraded platform only. */
  readonly old: { readonly networkGateway: PlannedGateway; readonly dcassServer: PlannedGateway } | undefined;
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
  /** 1 to 4 in the primary data centre, from 5 on in the secondary one. */
  readonly number: number;
  readonly host: string;
}

/** The addresses of the secondary data centre, which are not public: those that a scenario names. */
export interface SecondSite {
  readonly online: readonly { readonly host: string; readonly address: string }[];
  readonly oapi: readonly string[];
}

/** Rollout package, Appendix C (A): gateways 1 to 4. */
const ONLINE_HOSTS = [
  { host: 'pgencdw001.hkex.com.hk', address: '10.151.14.155' },
  { host: 'pgencdw002.hkex.com.hk', address: '10.151.14.156' },
  { host: 'pgenrgw001.hkex.com.hk', address: '10.151.14.101' },
  { host: 'pgenrgw002.hkex.com.hk', address: '10.151.14.102' },
] as const;

/** Rollout package, Appendix C (A). */
const ONLINE_PORT = 8082;

/** Rollout package 3.2 (A). */
const OAPI_ADDRESSES = ['10.151.5.81', '10.151.5.82'] as const;

// ASSUMED: HKEX gives the ports of its Central Gateways to its participants only (dcass-facts.md section 3, X).
const OAPI_PORT = 15_001;

// ASSUMED: what DCASS Servers connected to is not public.
const DCASS_SERVER_PORT = 15_101;

// ASSUMED: the addresses of the report server and the mail server are not public (dcass-facts.md section 4, X).
const SFTP_ADDRESS = '10.151.14.201';
const MAIL_ADDRESS = '10.151.14.202';

// Ports below 1024 need a privilege that a developer does not have.
const UNPRIVILEGED = { sftp: 2_022, mail: 2_525, control: 8_092 };

export function defaultPlan(platform: string): 'loopback' | 'single' {
  // macOS answers on 127.0.0.1 only, unless an administrator adds aliases.
  return platform === 'darwin' ? 'single' : 'loopback';
}

/**
 * The addresses and ports of a plan. Port 0 takes a free one.
 * @throws SimError SIM_OPTION_INVALID for a port that is none, or that two windows would share
 */
export function planAddresses(
  plan: AddressPlan,
  ports: PortOverrides = {},
  { second = { online: [], oapi: [] }, old, listenOn }: PlanOptions = {},
): PlannedAddresses {
  checkPorts(ports);
  checkListenOn(plan, listenOn);
  const planned = place(plan, ports, { second, old, listenOn });
  checkClashes(plan, planned);
  return planned;
}

function place(
  plan: AddressPlan,
  ports: PortOverrides,
  { second, old, listenOn = '127.0.0.1' }: PlanOptions & { readonly second: SecondSite },
): PlannedAddresses {
  const shared = plan === 'single' || plan === 'ephemeral';
  const at = (production: string): string =>
    shared ? listenOn : plan === 'loopback' ? toLoopback(production) : production;
  const portOf = (window: keyof PortOverrides, usual: number): number =>
    ports[window] ?? (plan === 'ephemeral' ? 0 : usual);
  const onlinePort = portOf('online', ONLINE_PORT);
  const oapiPort = portOf('oapi', OAPI_PORT);
  // Gateways on one address count up from the window's port; a free port is a free port for each.
  const countUp = (port: number, i: number): number => (shared && port !== 0 ? port + i : port);
  const online = [...ONLINE_HOSTS, ...second.online].map(({ host, address }, i): PlannedOnline => ({
    number: i + 1,
    name: `online-${i + 1}`,
    host,
    address: at(address),
    port: plan === 'single' ? onlinePort : countUp(onlinePort, i),
  }));
  const oapi = [...OAPI_ADDRESSES, ...second.oapi].map((address, i): PlannedGateway => ({
    number: i + 1,
    name: `oapi-${i + 1}`,
    address: at(address),
    port: countUp(oapiPort, i),
  }));
  return {
    online: online.slice(0, ONLINE_HOSTS.length),
    sharedOnline: plan === 'single',
    oapi: oapi.slice(0, OAPI_ADDRESSES.length),
    old: old && {
      networkGateway: {
        number: 1,
        name: 'ng-1',
        address: at(old.networkGateway),
        port: countUp(oapiPort, oapi.length),
      },
      dcassServer: {
        number: 1,
        name: 'dcass-server',
        address: at(old.dcassServer),
        port: plan === 'ephemeral' ? 0 : DCASS_SERVER_PORT,
      },
    },
    secondary: { online: online.slice(ONLINE_HOSTS.length), oapi: oapi.slice(OAPI_ADDRESSES.length) },
    sftp: {
      name: 'sftp',
      role: 'primary',
      address: at(SFTP_ADDRESS),
      port: portOf('sftp', plan === 'production' ? 22 : UNPRIVILEGED.sftp),
    },
    mail: { address: at(MAIL_ADDRESS), port: portOf('mail', plan === 'production' ? 25 : UNPRIVILEGED.mail) },
    // The control API is ours and stays on this machine, unless the user says otherwise: design.md 5.9.
    control: { address: listenOn, port: portOf('control', UNPRIVILEGED.control) },
  };
}

function checkPorts(ports: PortOverrides): void {
  for (const [window, port] of Object.entries<number | undefined>({ ...ports })) {
    if (port !== undefined && !isPort(port)) {
      throw new SimError('SIM_OPTION_INVALID', `the ${window} port is a number from 0 to ${PORT_MAX}, not ${port}`);
    }
  }
}

function checkListenOn(plan: AddressPlan, address: string | undefined): void {
  if (address === undefined) return;
  if (isIP(address) === 0) {
    throw new SimError(
      'SIM_OPTION_INVALID',
      `"${address}" is no IP address to listen on; write 0.0.0.0, ::1 or 192.168.1.20`,
    );
  }
  if (plan === 'loopback' || plan === 'production') {
    throw new SimError(
      'SIM_OPTION_INVALID',
      `an address to listen on goes with --plan single or ephemeral; ${plan} has an address for each host`,
    );
  }
}

/** Two windows on one port would end as "the port is taken, perhaps by another simulator", which misleads. */
function checkClashes(
  plan: AddressPlan,
  { online, oapi, secondary, old, sftp, mail, control }: PlannedAddresses,
): void {
  const listeners = [
    ...(plan === 'single' ? online.slice(0, 1) : [...online, ...secondary.online]),
    ...oapi,
    ...secondary.oapi,
    ...(old ? [old.networkGateway, old.dcassServer] : []),
    sftp,
    { name: 'mail', ...mail },
    { name: 'control', ...control },
  ];
  const takenBy = new Map<string, string>();
  for (const { name, address, port } of listeners) {
    if (!isPort(port))
      throw new SimError('SIM_OPTION_INVALID', `${name} would get port ${port}; the highest is ${PORT_MAX}`);
    const place = `${address}:${port}`;
    const other = takenBy.get(place);
    if (other !== undefined && port !== 0) {
      throw new SimError(
        'SIM_OPTION_INVALID',
        `${other} and ${name} cannot both listen on ${place}; give one another port`,
      );
    }
    takenBy.set(place, name);
  }
}

const PORT_MAX = 65_535;

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 0 && port <= PORT_MAX;
}

/** What a client on this machine connects to: nobody can connect to "all addresses". */
export function reachable(address: string): string {
  return address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '::1' : address;
}

/** 10.151.14.155 becomes 127.151.14.155: on Linux and Windows all of 127.0.0.0/8 is this machine. */
export function toLoopback(address: string): string {
  return address.replace(/^\d+\./, '127.');
}
