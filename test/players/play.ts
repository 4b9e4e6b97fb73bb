import type { Simulator } from '../../src/index.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { toIso } from '../../src/time/instant.ts';
import { SCENARIOS } from '../scenario/support/day.ts';
import { simulator } from '../support/simulator.ts';
import type { Sender } from './forms.ts';
import { Team } from './team.ts';

/** Who is there on a day. */
export interface Cast {
  readonly sim: Simulator;
  readonly cabc: Team;
  readonly cxyz: Team;
  readonly cdef: Team;
  /** The instructor has seen it, or has seen that it is not so. */
  readonly confirms: (...ids: readonly string[]) => void;
  readonly denies: (...ids: readonly string[]) => void;
  /** The instructor makes it happen: a verb of the scenario language. */
  readonly happens: (verb: string, args?: object) => Promise<void>;
}

/** What is done at which business time of the day, in time order. */
export type Script = readonly (readonly [time: string, act: (cast: Cast) => void | Promise<void>])[];

/** A shipped day as one plays it well, and as one plays it badly. */
export interface PlayedDay {
  readonly scenario: string;
  readonly well: Script;
  readonly badly: Script;
  /** What the score says of each expectation, played badly; played well all are met. */
  readonly badScore: Readonly<Record<string, string>>;
}

const CABC: Sender = {
  code: 'CABC',
  name: 'ABC Futures and Options (Hong Kong) Limited',
  membership: 'Both',
  contact: 'Chan Tai Man',
  phone: '2345 6789',
  email: 'chan@abc-futures.example',
};
const CXYZ: Sender = {
  code: 'CXYZ',
  name: 'XYZ Derivatives Limited',
  membership: 'HKCC',
  contact: 'Wong Siu Ming',
  phone: '3456 7890',
  email: 'wong@xyz-derivatives.example',
};
const CDEF: Sender = { ...CABC, code: 'CDEF', name: 'DEF Securities and Futures Limited', membership: 'HKCC' };

export interface PlayOptions {
  /** Moves the clock to a time; one step unless a test wants many. */
  readonly moveTo?: (sim: Simulator, time: string) => Promise<void>;
}

/** Plays a script from the day's start to its end. Dispose of the simulator. */
export async function play(scenario: string, script: Script, options: PlayOptions = {}): Promise<Simulator> {
  const { moveTo = (simulated, time) => simulated.clock.advanceTo(time) } = options;
  const sim = await simulator({ scenario });
  const judge =
    (verdict: 'met' | 'missed') =>
    (...ids: readonly string[]): void =>
      ids.forEach((id) => sim.judge(id, verdict));
  const cast: Cast = {
    sim,
    cabc: new Team(sim, CABC),
    cxyz: new Team(sim, CXYZ),
    cdef: new Team(sim, CDEF),
    confirms: judge('met'),
    denies: judge('missed'),
    async happens(verb, args) {
      const { refused } = await sim.inject(verb, args);
      if (refused) throw new Error(`${verb} is refused: ${refused.code}`);
    },
  };
  try {
    for (const [time, act] of script) {
      await moveTo(sim, time);
      try {
        await act(cast);
      } catch (error) {
        throw new Error(`${scenario} at ${time}: ${(error as Error).message}`, { cause: error });
      }
    }
    await moveTo(sim, await endOf(scenario));
    return sim;
  } catch (error) {
    await sim.stop();
    throw error;
  } finally {
    await Promise.all([cast.cabc, cast.cxyz, cast.cdef].map((team) => team.goesHome()));
  }
}

/** The last moment of a shipped day. */
export async function endOf(scenario: string): Promise<string> {
  const result = await loadScenario(scenario, { scenariosDir: SCENARIOS });
  if (!result.ok || result.scenario.end === undefined) throw new Error(`${scenario} has no end`);
  return toIso(result.scenario.end);
}

/** The status of each expectation. */
export function statuses(sim: Simulator): Record<string, string> {
  return Object.fromEntries(sim.score().expectations.map(({ id, status }) => [id, status]));
}
