import type { PlannedSession } from './clearing/phase.ts';
import type { BusinessClock } from './time/clock.ts';
import { plusMs, toClockText } from './time/instant.ts';

interface WarningGateway {
  connections(): number;
  notify(kind: 'logout-imminent', options: { readonly text: string }): unknown;
}

/** ASSUMED: the warning (oapi-facts.md 1.4, logout imminent). Tells OAPI clients some time before each planned close that they will be logged out. Dispose to take that back. */
export function scheduleLogoutWarnings(
  clock: Pick<BusinessClock, 'now' | 'scheduleAt'>,
  sessions: readonly PlannedSession[],
  gateways: () => readonly WarningGateway[],
  warningMs: number,
): Disposable {
  const waiting: Disposable[] = [];
  for (const { closesAt } of warningMs === 0 ? [] : sessions) {
    const at = closesAt && plusMs(closesAt, -warningMs);
    // A day that begins later, or again, does not warn afterwards.
    if (closesAt === undefined || at === undefined || at < clock.now()) continue;
    const text = `You will be logged out at ${toClockText(closesAt)}: DCASS closes.`;
    const warn = (): void => {
      for (const each of gateways()) if (each.connections() > 0) each.notify('logout-imminent', { text });
    };
    waiting.push(clock.scheduleAt(at, warn));
  }
  return {
    [Symbol.dispose]() {
      for (const each of waiting) each[Symbol.dispose]();
    },
  };
}
