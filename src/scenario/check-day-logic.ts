import type { PlannedSession } from '../clearing/phase.ts';
import { plusMs, type Instant } from '../time/instant.ts';
import type { GatewayName, ScenarioAction } from './action.ts';
import type { Checker } from './checker.ts';
import { toWallText, type Day } from './day.ts';
import { unknownName } from './names.ts';
import type { TimelineStep } from './scenario.ts';

interface PlacedStep {
  readonly step: TimelineStep;
  /** Its place in the list of the file. */
  readonly index: number;
}

/**
 * Whether the steps make sense one after the other: a session closes that is open, a fault has an
 * end (design.md 6.7). Of steps whose instant nobody knows beforehand only what holds whenever they happen is
 * checked. Returns the sessions that the day plans.
 */
export function checkDayLogic(all: readonly PlacedStep[], day: Day, check: Checker): readonly PlannedSession[] {
  const steps = all.filter(({ step }) => step.trigger.kind === 'clock');
  const unknown = all.filter(({ step }) => step.trigger.kind !== 'clock');
  const actions = unknown.flatMap(({ step }) => [step.action, ...(step.otherwise ? [step.otherwise] : [])]);
  checkEndless(unknown, check);
  const started = new Set(actions.flatMap((action) => (action.do === 'gateway.start' ? action.gateways : [])));
  checkFaults(steps, started, day, check);
  checkSites(steps, day, check);
  checkFaultRules(all, check);
  return planSessions(steps, new Set(actions.map((action) => action.do)), day, check);
}

/** A fault that begins nobody knows when has its end with it. */
function checkEndless(steps: readonly PlacedStep[], check: Checker): void {
  for (const { step, index } of steps) {
    for (const [action, key] of [
      [step.action, 'with'],
      [step.otherwise, 'else'],
    ] as const) {
      if (action?.do !== 'gateway.stop' || action.forMs !== undefined) continue;
      check.refuse([index, key], { message: 'a fault without an end: write for: 10m here' });
    }
  }
}

/** Each fault.start has an end, of its own or by a fault.stop after it; and each fault.stop has a fault. */
function checkFaultRules(steps: readonly PlacedStep[], check: Checker): void {
  const actions = steps.flatMap(({ step, index }) => [
    { action: step.action, step, index, key: 'with' },
    ...(step.otherwise ? [{ action: step.otherwise, step, index, key: 'else' }] : []),
  ]);
  const started = new Set(actions.flatMap(({ action }) => (action.do === 'fault.start' ? [action.rule.id ?? ''] : [])));
  const stops = actions.flatMap(({ action, step }) => (action.do === 'fault.stop' ? [{ id: action.id, step }] : []));
  const told = new Set<string>();
  for (const { action, step, index, key } of actions) {
    const place = `${index} ${key}`;
    if (told.has(place)) continue;
    if (action.do === 'fault.stop' && !started.has(action.id)) {
      told.add(place);
      check.refuse([index, key, 'id'], unknownName('fault', action.id, started));
    }
    if (action.do !== 'fault.start') continue;
    const { id, end } = action.rule;
    if (end.times !== undefined || end.forMs !== undefined || end.forRealMs !== undefined) continue;
    // Of a stop at an instant that nobody knows it cannot be said that it comes too early.
    const isStopped = stops.some(
      (stop) =>
        stop.id === id &&
        (stop.step.trigger.kind !== 'clock' || step.trigger.kind !== 'clock' || stop.step.at > step.at),
    );
    if (isStopped) continue;
    told.add(place);
    check.refuse([index, key], {
      message: `a fault without an end: write times: 1, for: 10m or forReal: 30s here, or a step fault.stop with id: ${id} below`,
    });
  }
}

function checkSites(steps: readonly PlacedStep[], day: Day, check: Checker): void {
  let site: { readonly name: string; readonly since: string } = { name: 'primary', since: 'the start of the day' };
  for (const { step, index } of steps) {
    if (step.action.do !== 'datacentre.failover') continue;
    if (step.action.to === site.name) {
      check.refuse([index, 'do'], {
        message: `the ${site.name} data centre answers already, since ${site.since}; remove this step, or write the other one under to:`,
      });
    }
    site = { name: step.action.to, since: toWallText(step.at, day) };
  }
}

/** @param unknown what else happens, at instants that nobody knows beforehand */
function planSessions(
  steps: readonly PlacedStep[],
  unknown: ReadonlySet<ScenarioAction['do']>,
  day: Day,
  check: Checker,
): readonly PlannedSession[] {
  const sessions: PlannedSession[] = [];
  let open: (PlannedSession & { readonly index: number }) | undefined;
  const end = (closesAt: Instant | undefined): void => {
    if (open) sessions.push({ mode: open.mode, opensAt: open.opensAt, closesAt });
    open = undefined;
  };
  for (const { step, index } of steps) {
    if (step.action.do === 'session.open') {
      if (open && !unknown.has('session.close')) {
        check.refuse([index, 'do'], {
          message: `DCASS is open already, since ${toWallText(open.opensAt, day)} (${check.spotOf(open.index)}); write a step session.close before this one`,
        });
      }
      open ??= { mode: step.action.mode, opensAt: step.at, closesAt: undefined, index };
    }
    if (step.action.do === 'session.close') {
      if (open) end(step.at);
      else if (!unknown.has('session.open'))
        check.refuse([index, 'do'], {
          message: 'no session is open here; write a step session.open before this one, or remove it',
        });
    }
  }
  end(undefined);
  return sessions;
}

/** @param started gateways that start at an instant that nobody knows beforehand */
function checkFaults(steps: readonly PlacedStep[], started: ReadonlySet<GatewayName>, day: Day, check: Checker): void {
  /** What is stopped now: until when (undefined: until a start), and by which step. */
  const stopped = new Map<GatewayName, { readonly until: Instant | undefined; readonly index: number }>();
  for (const { step, index } of steps) {
    const { action } = step;
    if (action.do === 'gateway.stop') {
      for (const gateway of action.gateways) {
        const before = stopped.get(gateway);
        if (before && (before.until === undefined || before.until > step.at)) {
          check.refuse([index, 'with', 'which'], {
            message:
              `${gateway} is stopped already${before.until === undefined ? '' : ` until ${toWallText(before.until, day)}`} (${check.spotOf(before.index)}); ` +
              'write a gateway.start before this step, or another gateway',
            found: gateway,
          });
        }
        stopped.set(gateway, { until: action.forMs === undefined ? undefined : plusMs(step.at, action.forMs), index });
      }
    }
    if (action.do === 'gateway.start') {
      for (const gateway of action.gateways) {
        const before = stopped.get(gateway);
        if (!before || (before.until !== undefined && before.until <= step.at)) {
          check.refuse([index, 'with', 'which'], {
            message: `${gateway} is not stopped here; write a gateway.stop before this step, or remove it`,
            found: gateway,
          });
        }
        stopped.delete(gateway);
      }
    }
  }
  const endless = new Map<number, GatewayName[]>();
  for (const [gateway, { until, index }] of stopped) {
    if (until === undefined && !started.has(gateway)) endless.set(index, [...(endless.get(index) ?? []), gateway]);
  }
  for (const [index, gateways] of endless) {
    check.refuse([index, 'with'], {
      message: `a fault without an end: ${gateways.join(', ')} would stay stopped for ever; write for: 10m here, or a step gateway.start below`,
    });
  }
}
