import { createHash } from 'node:crypto';
import type { Scenario } from '../scenario/scenario.ts';

/** What a kept day was begun with: it goes on with the same only. */
export interface DayIdentity {
  readonly format: 'dcass-day/1';
  readonly version: string;
  readonly scenario: string;
  readonly seed: number | string;
  /** Of all that was read and grown: parameters, world, timeline. */
  readonly fingerprint: string;
}

export function identityOf(scenario: Scenario, version: string): DayIdentity {
  const { id, seed } = scenario;
  const fingerprint = createHash('sha256').update(JSON.stringify(scenario, plain)).digest('hex');
  return { format: 'dcass-day/1', version, scenario: id, seed, fingerprint };
}

// Where a file lies, and on which line a step stands, makes no other day.
const PLACES: readonly string[] = ['file', 'line', 'column', 'folder'];

function plain(this: unknown, key: string, value: unknown): unknown {
  if (PLACES.includes(key)) return undefined;
  if (value instanceof Map || value instanceof Set) return [...(value as Iterable<unknown>)];
  return typeof value === 'bigint' ? `${value}n` : value;
}

/** Why a kept day cannot go on with what was asked for; undefined where it can. */
export function whyOther(kept: DayIdentity, asked: DayIdentity): string | undefined {
  if (kept.format !== asked.format || kept.version !== asked.version)
    return `it was kept by dcass-sim ${kept.version}, and this is ${asked.version}`;
  if (kept.scenario !== asked.scenario) return `it is of the scenario "${kept.scenario}", not "${asked.scenario}"`;
  if (kept.seed !== asked.seed) return `its seed is ${kept.seed}, not ${asked.seed}`;
  if (kept.fingerprint !== asked.fingerprint) return 'the scenario or its parameters are not those that it began with';
  return undefined;
}
