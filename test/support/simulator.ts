import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../src/index.ts';

/** A running day on free ports with its clock standing still; a test names only what it is about. */
export function simulator(options: SimulatorOptions = {}): Promise<Simulator> {
  return startSimulator({ scenario: 'verification-day', plan: 'ephemeral', clock: 'paused', ...options });
}

/** A scenario file of the test's own, as JSON (which is YAML); gone when the test ends. */
export function scenarioFile(content: object): { readonly path: string } & Disposable {
  const folder = mkdtempSync(join(tmpdir(), 'dcass-sim-test-'));
  const path = join(folder, 'day.yaml');
  writeFileSync(path, JSON.stringify(content, null, 2));
  return { path, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A small day: two participants, open for enquiry from 09:00 to 12:00. `world` is merged over the defaults. */
export function smallDay(world: object = {}, timeline: readonly object[] = []): object {
  const accounts = [
    { id: 'HOUSE', type: 'house' },
    { id: 'OMNI1', type: 'omnibus-client' },
  ];
  const users = ['CABC', 'CXYZ'].flatMap((code) =>
    [`BU_${code}101`, `BU_${code}102`, `BU_${code}201`, `BO_${code}801`, `BO_${code}901`].map((id) => ({
      id,
      password: SMALL_DAY_PASSWORD,
      state: 'active',
    })),
  );
  return {
    format: 'dcass-scenario/1',
    scenario: { id: 'small-day', title: 'A small day', level: 'beginner', minutes: 5, sources: ['a test'] },
    day: { date: '2019-05-05', businessDate: '2019-05-06', start: '08:30', end: '13:00' },
    world: {
      participants: ['CABC', 'CXYZ'].map((code) => ({
        code,
        name: `${code} Clearing Limited`,
        clearingHouses: ['HKCC', 'SEOCH'],
        accounts,
      })),
      users,
      series: ['HSIK9', 'HSIM9', 'MHIK9', 'HSI28000E9', 'HSI28000Q9', 'HKB65.00E9'],
      ...world,
    },
    timeline: [
      { id: 'opens', at: '09:00', do: 'session.open', with: { mode: 'enquiry-only' } },
      ...timeline,
      { id: 'closes', at: '12:00', do: 'session.close' },
    ],
  };
}

export const SMALL_DAY_PASSWORD = 'Correct-Horse-99!';
