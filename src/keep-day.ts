import { VERSION } from './config.ts';
import { identityOf } from './persistence/identity.ts';
import { openKeptDay, type KeptDay } from './persistence/kept-day.ts';
import type { Scenario } from './scenario/scenario.ts';
import { SimError } from './sim-error.ts';
import type { Kept } from './kept.ts';
import type { SimulatorOptions } from './simulator-api.ts';

/** Opens what keeps the day; undefined where it is not kept. @throws SimError SIM_OPTION_INVALID, SIM_RESUME_REFUSED */
export async function openKept(
  { keep = false, resume = false, from }: SimulatorOptions,
  { stateDir, scenario, failed }: { stateDir: string; scenario: Scenario; failed: (error: Error) => void },
): Promise<KeptDay | undefined> {
  if (resume && from !== undefined) {
    throw new SimError('SIM_OPTION_INVALID', 'a day that goes on (--resume) has begun already: it takes no --from');
  }
  if (!keep && !resume) return undefined;
  return openKeptDay({
    stateDir,
    identity: identityOf(scenario, VERSION),
    resume,
    pid: process.pid,
    onFailure: failed,
  });
}

/** What is told of it. */
export function toKept({ folder, past, unfinished }: KeptDay): Kept {
  if (!past) return { folder, resumed: undefined, unfinished };
  const { entries, restarts, cutBytes } = past;
  return { folder, resumed: { entries: entries.length, restarts, cutBytes }, unfinished };
}
