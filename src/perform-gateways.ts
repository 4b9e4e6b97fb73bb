import {
  OLD_GATEWAYS,
  SECONDARY_GATEWAYS,
  type GatewayName,
  type GatewayStopHow,
  type ScenarioAction,
} from './scenario/action.ts';
import type { Stage, StoppableGateway } from './stage.ts';
import { plusMs } from './time/instant.ts';

/** @returns what carries it out */
export function stopGateways(
  { agenda }: Stage,
  gateways: readonly GatewayName[],
  how: GatewayStopHow,
  { forMs, delayMs }: { readonly forMs?: number | undefined; readonly delayMs?: number | undefined } = {},
): () => Promise<void> {
  const task = { do: 'gateways.stop', gateways, how } as const;
  return agenda.begin({
    ...task,
    ...(forMs === undefined ? {} : { forMs }),
    ...(delayMs === undefined ? {} : { delayMs }),
  });
}

export function gatewaysOf(
  { gateways }: Pick<Stage, 'gateways'>,
  names: readonly GatewayName[],
): readonly StoppableGateway[] {
  return names.flatMap((name) => gateways.get(name) ?? []);
}

/** INFRA (A/B): after a failover of the site the users themselves turn to the other data centre's addresses. */
export async function failOver(
  stage: Stage,
  { to, how, answersAfterMs }: Extract<ScenarioAction, { do: 'datacentre.failover' }>,
): Promise<void> {
  const isSecondary = (name: GatewayName): boolean => SECONDARY_GATEWAYS.some((each) => each === name);
  const names = stage.gatewayNames.filter((name) => !isOldGateway(name));
  const answering = names.filter((name) => isSecondary(name) === (to === 'secondary'));
  const silent = names.filter((name) => !answering.includes(name));
  const stop = stopGateways(stage, silent, how);
  const start = { do: 'gateways.start', gateways: answering } as const;
  if (answersAfterMs === 0) {
    const go = stage.agenda.begin(start);
    await stop();
    await go();
  } else {
    stage.agenda.add(plusMs(stage.clock.now(), answersAfterMs), start);
    await stop();
  }
}

function isOldGateway(name: GatewayName): boolean {
  return OLD_GATEWAYS.some((each) => each === name);
}

/** Rollout package, section 1 and 2.9 (A): a last resort, after which everybody works on the old platform again. */
export async function fallBack(
  stage: Stage,
  { opensAfterMs, text }: Extract<ScenarioAction, { do: 'platform.fallback' }>,
): Promise<void> {
  stage.platforms.fallBack();
  const upgraded = stage.gatewayNames.filter((name) => !isOldGateway(name));
  const stop = stopGateways(stage, upgraded, 'refuse');
  const finish = stage.agenda.begin({ do: 'fallback.finish', opensAfterMs, ...(text === undefined ? {} : { text }) });
  await stop();
  await finish();
}
