import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { dictionaryForGateways, type GatewayDictionary } from './dictionaries.ts';
import { defaultPlan, planAddresses, type AddressPlan, type PlannedAddresses } from './host/address-plan.ts';
import { sameAddresses } from './same-addresses.ts';
import type { Scenario } from './scenario/scenario.ts';
import { SimError } from './sim-error.ts';
import type { SimulatorOptions } from './simulator-api.ts';

/** ASSUMED: HKEX's system of May 2019 is of the newer generation (oapi-facts.md section 3, D). */
const DEFAULT_DICTIONARY = 'genium';

/** Where a day listens. */
export interface DayPlace {
  readonly plan: AddressPlan;
  readonly addresses: PlannedAddresses;
}

/** @throws SimError SIM_OPTION_INVALID */
export function placeDay(options: SimulatorOptions, scenario: Scenario): DayPlace {
  const plan = options.plan === 'default' ? defaultPlan(process.platform) : (options.plan ?? 'ephemeral');
  const { oapi, secondary } = scenario.gateways;
  const ports = { ...(oapi.port && plan !== 'ephemeral' ? { oapi: oapi.port } : {}), ...options.ports };
  const planned = planAddresses(plan, ports, {
    second: secondary,
    old: scenario.oldPlatform,
    listenOn: options.listenOn,
  });
  return { plan, addresses: options.sameAs ? sameAddresses(planned, options.sameAs) : planned };
}

/** What the gateways speak, and the Network Gateway of the old platform. @throws SimError */
export async function openDictionaries(
  options: SimulatorOptions,
  scenario: Scenario,
  stateDir: string,
): Promise<{ readonly dictionary: GatewayDictionary; readonly oldDictionary: GatewayDictionary | undefined }> {
  const folder = dirname(scenario.file);
  const dictionary = await (options.dictionary === undefined
    ? dictionaryForGateways(scenario.gateways.oapi.dictionary ?? DEFAULT_DICTIONARY, { stateDir, folder })
    : dictionaryForGateways(options.dictionary, { stateDir }));
  const { oldPlatform } = scenario;
  const oldDictionary = oldPlatform && (await dictionaryForGateways(oldPlatform.dictionary, { stateDir, folder }));
  return { dictionary, oldDictionary };
}

/** The token of the control API. @throws SimError SIM_OPTION_INVALID; the message does not repeat it */
export function toToken(chosen: string | undefined): string {
  if (chosen === undefined) return randomBytes(24).toString('base64url');
  if (/^[\w.~+/-]{16,200}=*$/.test(chosen)) return chosen;
  throw new SimError(
    'SIM_OPTION_INVALID',
    `the token of the control API has 16 to 200 letters, digits or -._~+/, and this one has ${chosen.length} characters`,
  );
}
