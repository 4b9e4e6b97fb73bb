import { describe, expect, test } from 'vitest';
import { certificationRehearsal } from './days/certification-rehearsal.ts';
import { cutoverWeekend } from './days/cutover-weekend.ts';
import { everythingGoesWrong } from './days/everything-goes-wrong.ts';
import { expiredPasswords } from './days/expired-passwords.ts';
import { fallback } from './days/fallback.ts';
import { fallbackInTPlusOne } from './days/fallback-in-t-plus-one.ts';
import { gatewayFailure } from './days/gateway-failure.ts';
import { launchDay } from './days/launch-day.ts';
import { reportRetrieval } from './days/report-retrieval.ts';
import { siteFailover } from './days/site-failover.ts';
import { stabilisationTwoWeeks } from './days/stabilisation-two-weeks.ts';
import { threeWeeks } from './days/three-weeks.ts';
import { verificationCancelled } from './days/verification-cancelled.ts';
import { verificationDay } from './days/verification-day.ts';
import { loadScenario, shippedNames } from '../../src/scenario/load.ts';
import { SCENARIOS } from '../scenario/support/day.ts';
import { play, statuses } from './play.ts';

// Every day of the rollout. A new one is one more row, with a file in days/.
const DAYS = [
  cutoverWeekend,
  verificationDay,
  verificationCancelled,
  gatewayFailure,
  siteFailover,
  everythingGoesWrong,
  launchDay,
  stabilisationTwoWeeks,
  fallback,
  fallbackInTPlusOne,
  expiredPasswords,
  certificationRehearsal,
  threeWeeks,
  reportRetrieval,
];

test('every shipped day that covers an item of Appendix A is played', async () => {
  const played = DAYS.map(({ scenario }) => scenario);
  const names = await shippedNames(SCENARIOS);
  const covering = await Promise.all(
    names.map(async (name) => {
      const result = await loadScenario(name, { scenariosDir: SCENARIOS });
      return result.ok && result.scenario.expectations.some(({ checklist }) => checklist !== undefined) ? [name] : [];
    }),
  );
  expect(covering.flat().length).toBeGreaterThan(10);
  expect(covering.flat().filter((name) => !played.includes(name))).toEqual([]);
});

describe.each(DAYS)('$scenario', ({ scenario, well, badly, badScore }) => {
  test('is met in every expectation by who plays it well', async () => {
    await using sim = await play(scenario, well);
    const found = statuses(sim);
    expect(Object.keys(found).toSorted()).toEqual(Object.keys(badScore).toSorted());
    expect(Object.entries(found).filter(([, status]) => status !== 'met')).toEqual([]);
    expect(sim.score().percent).toBe(100);
    expect(sim.journal.entries({ kind: ['simulator.bug', 'scenario.refused'] })).toEqual([]);
  });

  test('tells by the score, item by item, what is played badly', async () => {
    await using sim = await play(scenario, badly);
    expect(statuses(sim)).toEqual(badScore);
    expect(sim.journal.entries({ kind: 'simulator.bug' })).toEqual([]);
  });
});
