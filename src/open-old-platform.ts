import type { Disposables } from './host/disposables.ts';
import { wallClock } from './host/wall-clock.ts';
import { protocolOf } from './dictionaries.ts';
import { startOapiGateway } from './oapi/gateway.ts';
import type { OapiSettings } from './oapi/settings.ts';
import type { StoppableGateway } from './stage.ts';
import { startDcassServer } from './platforms/dcass-server.ts';
import type { Ready } from './ready.ts';
import type { GatewayName } from './scenario/action.ts';
import { calendarDateOf, toIso } from './time/instant.ts';
import type { WindowsOptions } from './windows.ts';

const LAUNCH = '2019-05-06';
/** The close of the T+1 clearing service of 3 May; until then DCASS is the old platform: rollout package, section 1 (A). */
const CUTOVER = '2019-05-04T01:45:00.000+08:00';

/** The windows of the old platform, open. */
export interface OldWindows {
  readonly endpoints: NonNullable<Ready['oldPlatform']>;
  readonly gateways: readonly (readonly [GatewayName, StoppableGateway])[];
  connections(): Record<string, number>;
}

/**
 * Opens the participants' Network Gateway, which is powered on and has no connection before a fallback (rollout
 * package 2.9 a, A), and what DCASS Servers connect to. Undefined where the day has no old platform.
 */
export async function openOldPlatform(
  { addresses, platforms, journal, oldDictionary, answers, faults, transactionsBefore }: WindowsOptions,
  resources: Disposables,
  settings: Partial<OapiSettings>,
): Promise<OldWindows | undefined> {
  const { old } = addresses;
  // Rollout package, section 1 (A): launched on 6 May 2019.
  const item = (): number => (calendarDateOf(platforms.core.now()) < LAUNCH ? 14 : 22);
  const isOpen = (): boolean => platforms.isLinked || toIso(platforms.core.now()) < CUTOVER;
  if (!old || !platforms.old || !oldDictionary) return undefined;
  const networkGateway = resources.use(
    await startOapiGateway({
      ...old.networkGateway,
      core: platforms.old,
      journal,
      wall: wallClock,
      protocol: protocolOf(oldDictionary),
      answers,
      faults,
      settings,
      isLinked: () => platforms.isLinked,
      transactionsBefore: transactionsBefore(old.networkGateway.name),
    }),
  );
  const dcassServer = resources.use(
    await startDcassServer({ ...old.dcassServer, journal, wall: wallClock, faults, isOpen, item }),
  );
  const endpoint = ({ address, port }: { address: string; port: number }): { address: string; port: number } => ({
    address,
    port,
  });
  return {
    endpoints: { networkGateway: endpoint(networkGateway), dcassServer: endpoint(dcassServer) },
    gateways: [
      ['ng-1', networkGateway],
      ['dcass-server', dcassServer],
    ],
    connections: () => ({ 'ng-1': networkGateway.connections(), 'dcass-server': dcassServer.connections() }),
  };
}
