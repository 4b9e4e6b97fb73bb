import type { ClearingCore } from './clearing/core.ts';
import type { PlannedAddresses } from './host/address-plan.ts';
import type { Disposables } from './host/disposables.ts';
import type { TrustMaterial } from './host/trust-material.ts';
import { wallClock } from './host/wall-clock.ts';
import type { JournalWriter } from './journal/entry.ts';
import type { TraceScope } from './journal/trace.ts';
import { startSmtpListener } from './mail/smtp-listener.ts';
import { protocolOf, type GatewayDictionary } from './dictionaries.ts';
import type { FaultMaterial } from './fault-material.ts';
import type { LiveFaults } from './faults/live-faults.ts';
import type { LiveRules } from './oapi/answers-on-demand/live-rules.ts';
import { startOapiGateway, type OapiGateway } from './oapi/gateway.ts';
import type { Protocol } from './oapi/protocol.ts';
import { startOnlineGateways } from './online/gateways.ts';
import { DEFAULT_ONLINE_SETTINGS } from './online/settings.ts';
import type { StoppableGateway } from './stage.ts';
import type { Mail } from './open-mail.ts';
import { openOldPlatform } from './open-old-platform.ts';
import type { Platforms } from './platforms/platforms.ts';
import type { Ready } from './ready.ts';
import { OLD_GATEWAYS, type GatewayName } from './scenario/action.ts';
import type { Scenario } from './scenario/scenario.ts';
import { prewarm, startSftpServer } from './sftp/server.ts';
import type { SftpKeys } from './sftp-keys.ts';
import { DEFAULT_SFTP_SETTINGS } from './sftp/settings.ts';

/** The windows on the state, open: where each listens, and what a scenario can do to it. */
export interface Windows {
  readonly endpoints: Pick<Ready, 'online' | 'oapi' | 'secondary' | 'oldPlatform' | 'sftp' | 'mail'>;
  readonly oapi: readonly OapiGateway[];
  readonly gateways: ReadonlyMap<GatewayName, StoppableGateway>;
  connections(): Record<string, number>;
  /** Make ready what else is made when its first client comes: the pages, OAPI sessions, SSH. */
  readonly prewarm: Readonly<Record<'pages' | 'oapi' | 'ssh', () => Promise<void>>>;
  /** Cuts the connections of those that are at no gateway: the SFTP clients. */
  disconnectOthers(): void;
}

export interface WindowsOptions {
  readonly addresses: PlannedAddresses;
  readonly scenario: Scenario;
  readonly trust: TrustMaterial;
  readonly core: ClearingCore;
  readonly journal: JournalWriter & TraceScope;
  /** Which the OAPI gateways speak. */
  readonly dictionary: GatewayDictionary;
  readonly platforms: Platforms;
  readonly mail: Pick<Mail, 'desk' | 'bytesMax'>;
  /** The rules for answers on demand that are in force. */
  readonly answers: Pick<LiveRules, 'take'>;
  /** How many transaction numbers an OAPI gateway gave out before. */
  readonly transactionsBefore: (gateway: string) => number;
  /** What the Network Gateway of the old platform speaks, where there is one. */
  readonly oldDictionary: GatewayDictionary | undefined;
  readonly faults: LiveFaults;
  /** What TLS and SSH faults show; it is prepared before such a fault begins. */
  readonly faultMaterial: FaultMaterial;
  readonly sftpKeys: SftpKeys;
}

/** Opens all windows; what is open is in `resources`, also when a later one fails. */
export async function openWindows(options: WindowsOptions, resources: Disposables): Promise<Windows> {
  const { addresses, scenario, trust, core, journal, dictionary, answers, transactionsBefore } = options;
  const { faults, faultMaterial, sftpKeys } = options;
  const common = { core, journal, wall: wallClock, faults };
  const set = scenario.gateways;

  const online = resources.use(
    await startOnlineGateways({
      ...common,
      gateways: [
        ...addresses.online.map((each) => ({ ...each, site: 'primary' as const })),
        ...addresses.secondary.online.map((each) => ({ ...each, site: 'secondary' as const })),
      ].map((each) => ({ ...each, tls: trust.gateway(each.host) })),
      shared: addresses.sharedOnline,
      defaultTls: trust.defaultGateway,
      faultyTls: faultMaterial.tls,
      settings: { ...DEFAULT_ONLINE_SETTINGS, passwordRules: scenario.world.passwords, ...set.online },
    }),
  );
  const protocol = protocolOf(dictionary);
  recordDictionary(dictionary, dictionary.isShipped ? undefined : await protocol(), journal);
  const oapi: OapiGateway[] = [];
  for (const each of [...addresses.oapi, ...addresses.secondary.oapi]) {
    // One after the other: when one fails, none is still on its way.
    // oxlint-disable-next-line no-await-in-loop
    const gateway = await startOapiGateway({
      ...common,
      ...each,
      protocol,
      answers,
      settings: set.oapi,
      transactionsBefore: transactionsBefore(each.name),
    });
    oapi.push(resources.use(gateway));
  }
  const old = await openOldPlatform(options, resources, set.oapi);
  await sftpKeys.opened;

  const sftp = resources.use(
    await startSftpServer({
      ...addresses.sftp,
      journal,
      wall: wallClock,
      faults,
      otherHostKey: faultMaterial.hostKey,
      hostKey: trust.sshHostKey,
      core: {
        now: () => core.now(),
        reports: (participant) => core.reports(participant),
        sftpUser: (name) => sftpKeys.user(name),
      },
      settings: {
        ...DEFAULT_SFTP_SETTINGS,
        ...(set.sftp.keepDays === undefined ? {} : { daysKept: set.sftp.keepDays }),
      },
    }),
  );
  // Rollout package 3.1 (A): the secondary data centre is not available under normal circumstances. Its ports are known from here on.
  await Promise.all([
    ...addresses.secondary.online.map(({ number }) => online.stop(number, 'refuse')),
    ...oapi.filter(({ number }) => number > addresses.oapi.length).map((each) => each.stop('refuse')),
  ]);
  const toStoppable = ({ number }: { readonly number: number }): readonly [GatewayName, StoppableGateway] => [
    `online-${number}` as GatewayName,
    {
      stop: (how) => online.stop(number, how),
      start: () => online.start(number),
      isRunning: () => online.gateways.find((each) => each.number === number)?.isRunning() ?? false,
    },
  ];
  const mail = resources.use(
    await startSmtpListener({
      ...addresses.mail,
      journal,
      faults,
      bytesMax: options.mail.bytesMax,
      take: options.mail.desk.take,
    }),
  );
  const onlineEndpoints = online.gateways.map(({ number, host, address, port, url }) => ({
    gateway: number,
    host,
    address,
    port,
    url,
  }));
  const oapiEndpoints = oapi.map(({ number, address, port }) => ({ gateway: number, address, port }));
  const isSecondSite = addresses.secondary.online.length + addresses.secondary.oapi.length > 0;
  // The first SFTP client shall not wait for ssh2, and a start not either.
  resources.use(wallClock.after(PREWARM_AFTER_MS, () => void prewarm()));

  return {
    endpoints: {
      online: onlineEndpoints.slice(0, addresses.online.length),
      oapi: oapiEndpoints.slice(0, addresses.oapi.length),
      ...(old ? { oldPlatform: old.endpoints } : {}),
      ...(isSecondSite
        ? {
            secondary: {
              online: onlineEndpoints.slice(addresses.online.length),
              oapi: oapiEndpoints.slice(addresses.oapi.length),
            },
          }
        : {}),
      sftp: [{ role: 'primary', address: sftp.address, port: sftp.port, fingerprint: trust.sshHostKeyFingerprint }],
      mail: { address: mail.address, port: mail.port },
    },
    oapi,
    gateways: new Map([
      ...online.gateways.map(toStoppable),
      ...oapi.map((each, i) => [`oapi-${i + 1}` as GatewayName, each] as const),
      ...(old ? old.gateways : []),
    ]),
    connections: () => ({
      ...Object.fromEntries(online.gateways.map((each) => [`online-${each.number}`, each.connections()])),
      ...Object.fromEntries(oapi.map((each, i) => [`oapi-${i + 1}`, each.connections()])),
      ...old?.connections(),
      sftp: sftp.connections(),
      mail: mail.connections(),
    }),
    prewarm: {
      pages: () => online.prewarm(),
      oapi: async () => void (await Promise.all(oapi.map((each) => each.prewarm()))),
      ssh: prewarm,
    },
    disconnectOthers: () => sftp.disconnect(),
  };
}

/** The names of the gateways that a day has, in the order in which they are told. */
export function gatewayNamesOf({ online, oapi, secondary, old }: PlannedAddresses): readonly GatewayName[] {
  return [
    ...[...online, ...secondary.online].map(({ number }) => `online-${number}` as GatewayName),
    ...[...oapi, ...secondary.oapi].map((_each, i) => `oapi-${i + 1}` as GatewayName),
    ...(old ? OLD_GATEWAYS : []),
  ];
}

const PREWARM_AFTER_MS = 200;

/** What the gateways speak today, and what of the simulated behaviour the dictionary has no layout for. */
function recordDictionary(
  { name, family }: GatewayDictionary,
  protocol: Protocol | undefined,
  journal: JournalWriter,
): void {
  const missing = Object.fromEntries(protocol?.unbound ?? []);
  const isWhole = Object.keys(missing).length === 0;
  journal.record({
    kind: 'oapi.dictionary',
    source: 'oapi',
    outcome: isWhole ? 'ok' : 'unsimulated',
    dictionary: name,
    family,
    ...(isWhole ? {} : { missing }),
  });
}
