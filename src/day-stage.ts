import type { PlannedDay } from './begin-day.ts';
import type { DayState } from './day-state.ts';
import type { PlannedAddresses } from './host/address-plan.ts';
import type { RunDirectory } from './host/run-directory.ts';
import type { StoppableGateway } from './stage.ts';
import type { TaskStage } from './perform-task.ts';
import type { Ready } from './ready.ts';
import type { GatewayName } from './scenario/action.ts';
import { gatewayNamesOf, type Windows } from './windows.ts';
import type { Discrepancies } from './write-books.ts';
import { keepReady } from './write-ready.ts';

/** What is there only after a while. */
export interface Announced {
  ready?: Ready;
  discrepancies?: readonly Discrepancies[];
  windows?: Windows;
  day?: PlannedDay;
}

/** What steps, tasks and instructors act on. Gateways are there when the windows are open. */
export function stageOf(
  state: DayState,
  {
    run,
    addresses,
    announced,
  }: { readonly run: RunDirectory; readonly addresses: PlannedAddresses; readonly announced: Announced },
): TaskStage & Pick<DayState, 'journal'> {
  const { platforms, sftpKeys, faultMaterial } = state;
  const hosts = new Map([...addresses.online, ...addresses.secondary.online].map(({ name, host }) => [name, host]));
  return {
    ...state,
    get core() {
      return platforms.core;
    },
    get gateways() {
      return announced.windows?.gateways ?? new Map<GatewayName, StoppableGateway>();
    },
    gatewayNames: gatewayNamesOf(addresses),
    sftpKeys: {
      async renew(user, keepOldMs, settle) {
        await sftpKeys.renew(user, keepOldMs, settle);
        await keepKeys(run, announced);
      },
      end: (user, number) => sftpKeys.end(user, number),
    },
    prepareFault: (rule) => faultMaterial.prepare(rule, (listener) => hosts.get(listener)),
  };
}

/** `dcass-sim keys` finds the new file there. */
export async function keepKeys(run: RunDirectory, { ready }: Announced): Promise<void> {
  if (ready) await keepReady(run, ready);
}
