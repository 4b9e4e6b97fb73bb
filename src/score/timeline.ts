import type { JournalEntry } from '../journal/entry.ts';
import { describeStep, timeOf } from '../scenario/describe-step.ts';
import type { Scenario } from '../scenario/scenario.ts';

/** A step of the day, and what came of it. */
export interface PlayedStep {
  readonly id: string;
  /** As the scenario has it, `09:00`; empty where only the journal is there. */
  readonly planned: string;
  readonly what: string;
  readonly came: string;
}

/** The timeline with what came of each step; of what the journal alone tells, where the scenario is not there. */
export function playedSteps(
  entries: readonly JournalEntry[],
  scenario: Pick<Scenario, 'steps' | 'date'> | undefined,
): readonly PlayedStep[] {
  const about = new Map<string, string>();
  for (const entry of entries) {
    const time = entry.simTime.slice(11, 19);
    if (entry.kind === 'scenario.step') about.set(String(entry['step']), `done at ${time}`);
    if (entry.kind === 'scenario.step-skipped') about.set(String(entry['step']), `skipped at ${time}`);
  }
  if (scenario) {
    return scenario.steps.map((step) => ({
      id: step.id,
      planned: timeOf(step, scenario),
      what: describeStep(step, scenario),
      came: about.get(step.id) ?? 'not reached',
    }));
  }
  return [...about].map(([id, came]) => {
    const verb = entries.find((entry) => entry['step'] === id && typeof entry['verb'] === 'string')?.['verb'];
    return { id, planned: '', what: typeof verb === 'string' ? verb : '', came };
  });
}
