import type { FaultRule } from './faults/fault.ts';
import type { Refused, Stage } from './stage.ts';
import type { GatewayName, GatewayStopHow, StopHow } from './scenario/action.ts';
import { plusMs } from './time/instant.ts';

export type FaultOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly rejection: Refused & { readonly fault: string } };

type FaultStage = Pick<Stage, 'faults' | 'clock' | 'agenda' | 'together' | 'prepareFault'>;

/**
 * Begins a fault, and has the agenda end it. Resolves when it is in force.
 * @param settle called together with what is written down of it
 */
export async function startFault(
  { faults, clock, agenda, together, prepareFault }: FaultStage,
  rule: FaultRule & { readonly id: string },
  settle: () => void = () => undefined,
): Promise<FaultOutcome> {
  await prepareFault(rule);
  const { id } = rule;
  const started = together(() => {
    settle();
    if (faults.has(id)) return undefined;
    const { forMs } = rule.end;
    const inForce = faults.start(rule);
    if (forMs !== undefined) agenda.add(plusMs(clock.now(), forMs), { do: 'fault.end', fault: id });
    return inForce;
  });
  if (!started) return { ok: false, rejection: { code: 'fault-in-force', fault: id } };
  await started;
  return { ok: true };
}

/** A gateway that fails with its port open: the same mechanism as any other fault, until the gateway is started. */
export function gatewayFault(
  name: GatewayName,
  how: Exclude<GatewayStopHow, StopHow>,
  delayMs: number,
): FaultRule & { readonly id: string } {
  const effect = {
    'black-hole': { do: 'black-hole' },
    slow: { do: 'delay', fromMs: delayMs, toMs: delayMs },
    'expired-certificate': { do: 'tls', what: 'expired' },
  } as const;
  return faultOf(name, effect[how]);
}

function faultOf(name: GatewayName, effect: FaultRule['effect']): FaultRule & { readonly id: string } {
  const nothing = undefined;
  return {
    id: gatewayFaultId(name),
    match: {
      listeners: [name],
      users: nothing,
      method: nothing,
      path: nothing,
      transactions: nothing,
      fields: nothing,
      broadcasts: nothing,
      operations: nothing,
    },
    effect,
    sharePpm: nothing,
    end: { times: nothing, forMs: nothing, forRealMs: nothing },
  };
}

/** The fault's id; no id of a scenario has a dot in it. */
export function gatewayFaultId(name: GatewayName): string {
  return `gateway.${name}`;
}
