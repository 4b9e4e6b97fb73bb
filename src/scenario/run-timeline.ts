import type { Together } from '../clearing/core-state.ts';
import type { JournalEntry, JournalWriter } from '../journal/entry.ts';
import type { JournalFilter } from '../journal/filter.ts';
import type { BusinessClock } from '../time/clock.ts';
import { plusMs, type Instant } from '../time/instant.ts';
import { instantOf } from '../journal/entry-instant.ts';
import { Gates, type GateView } from './gates.ts';
import type { ScenarioAction } from './action.ts';
import type { Scenario, TimelineStep } from './scenario.ts';
import { fits } from './seen.ts';

export interface TimelinePorts {
  readonly clock: Pick<BusinessClock, 'now' | 'scheduleAt' | 'advanceBy'>;
  readonly journal: JournalWriter & {
    follow(filter: JournalFilter, listener: (entry: JournalEntry) => void): Disposable;
  };
  perform(action: ScenarioAction): void | Promise<unknown>;
  /** Takes what a step throws that nobody waits for. */
  onTrouble(error: unknown): void;
  /** Marks what is written down of a step as belonging together. */
  readonly together?: Together;
  /** Told of an instructor's answer before it is carried out. */
  readonly note?: (answer: GateAnswer) => void;
}

/** An instructor has answered. */
export interface GateAnswer {
  readonly of: 'gate-answered';
  readonly gate: string;
  readonly decision: 'open' | 'skip';
}

export interface RunningTimeline extends Disposable {
  /** The decisions of the day: those that wait, and those that were made. */
  gates(): readonly GateView[];
  /** @returns false when no such gate waits now */
  decide(gate: string, decision: 'open' | 'skip'): boolean;
}

/**
 * Puts every step on the clock, ties in the order of the file, and watches the journal for what other steps wait
 * for. The clock waits for each step to be done before it moves on. Dispose to take back what is not done yet.
 * @param past entries of the journal that stand already: what they performed, saw and decided is not done again
 * @param answers of instructors; those that were not carried out are
 */
export function runTimeline(
  { steps }: Pick<Scenario, 'steps'>,
  ports: TimelinePorts,
  past: readonly JournalEntry[] = [],
  answers: readonly GateAnswer[] = [],
): RunningTimeline {
  const { clock, journal, together = (work) => work(), note = () => undefined } = ports;
  const scheduled: Disposable[] = [];
  /** What became of a step; one that is not here is still to come. */
  const settled = new Set<string>();
  const gates = new Gates();

  const due = (at: Instant, work: () => void | Promise<void>): void => void scheduled.push(clock.scheduleAt(at, work));

  /** Now, in the order of the clock: work that is due does not wait for a move of a clock that stands. */
  const atOnce = (work: () => void | Promise<void>): void => {
    due(clock.now(), work);
    clock.advanceBy(0).catch(ports.onTrouble);
  };

  const perform = async (step: TimelineStep): Promise<void> => {
    if (settled.has(step.id)) return;
    settled.add(step.id);
    await together(() => {
      journal.record({ kind: 'scenario.step', source: 'scenario', step: step.id, verb: step.action.do });
      return ports.perform(step.action);
    });
    follow(step.id, clock.now());
  };

  const skip = async (step: TimelineStep): Promise<void> => {
    if (settled.has(step.id)) return;
    settled.add(step.id);
    await together(() => {
      journal.record({ kind: 'scenario.step-skipped', source: 'scenario', step: step.id });
      return step.otherwise && ports.perform(step.otherwise);
    });
    for (const next of after(step.id)) await skip(next); // oxlint-disable-line no-await-in-loop
  };

  const after = (id: string): readonly TimelineStep[] =>
    steps.filter(({ trigger }) => trigger.kind === 'after' && trigger.id === id);

  function follow(id: string, happened: Instant): void {
    for (const next of after(id)) {
      if (next.trigger.kind === 'after') due(plusMs(happened, next.trigger.byMs), () => perform(next));
    }
  }

  const watch = (
    step: TimelineStep,
    { condition, from, to }: Extract<TimelineStep['trigger'], { kind: 'when' }>,
  ): void => {
    const missing = new Set(condition.seen);
    const observe = (entry: JournalEntry): boolean => {
      const at = instantOf(entry);
      if (at < (from ?? -Infinity) || at > (to ?? Infinity)) return false;
      for (const seen of missing) if (fits(entry, seen)) missing.delete(seen);
      return condition.need === 'all' ? missing.size === 0 : missing.size < condition.seen.length;
    };
    if (past.some(observe)) {
      due(clock.now(), () => perform(step));
      return;
    }
    const following = journal.follow({}, (entry) => {
      if (!observe(entry)) return;
      following[Symbol.dispose]();
      atOnce(() => perform(step));
    });
    scheduled.push(following);
    if (to === undefined) return;
    due(to, () => {
      following[Symbol.dispose]();
      return skip(step);
    });
  };

  const ask = (
    step: TimelineStep,
    { says, from, until, byDefault }: Extract<TimelineStep['trigger'], { kind: 'gate' }>,
  ): void => {
    const decide = async (decision: 'open' | 'skip', by: 'instructor' | 'default'): Promise<void> => {
      if (!gates.decide(step.id, decision)) return;
      const kind = decision === 'open' ? 'scenario.gate-opened' : 'scenario.gate-skipped';
      await together(() => {
        journal.record({ kind, source: 'scenario', gate: step.id, by });
        return decision === 'open' ? perform(step) : skip(step);
      });
    };
    const begin = (): void =>
      gates.ask({ gate: step.id, says, until, byDefault }, (decision) => {
        note({ of: 'gate-answered', gate: step.id, decision });
        atOnce(() => decide(decision, 'instructor'));
      });
    const of = past.filter((entry) => entry['gate'] === step.id);
    const decided = of.find((entry) => entry.kind === 'scenario.gate-opened' || entry.kind === 'scenario.gate-skipped');
    const answer = answers.findLast((each) => each.gate === step.id);
    if (of.some((entry) => entry.kind === 'scenario.gate-waiting')) {
      begin();
      if (decided) {
        gates.decide(step.id, decided.kind === 'scenario.gate-opened' ? 'open' : 'skip');
        return;
      }
      if (answer) due(clock.now(), () => decide(answer.decision, 'instructor'));
    } else
      due(from, () => {
        begin();
        journal.record({ kind: 'scenario.gate-waiting', source: 'scenario', gate: step.id, says, byDefault });
      });
    due(until, () => decide(byDefault, 'default'));
  };

  for (const entry of past) {
    if (entry.kind === 'scenario.step' || entry.kind === 'scenario.step-skipped') settled.add(String(entry['step']));
  }
  for (const step of steps) {
    const { trigger } = step;
    if (trigger.kind === 'gate') ask(step, trigger);
    if (settled.has(step.id)) continue;
    if (trigger.kind === 'clock') due(step.at, () => perform(step));
    else if (trigger.kind === 'when') watch(step, trigger);
  }
  // Of those that have happened, what follows them is still to come.
  for (const entry of past) {
    const id = String(entry['step']);
    if (entry.kind === 'scenario.step') follow(id, instantOf(entry));
    else if (entry.kind === 'scenario.step-skipped') for (const next of after(id)) due(clock.now(), () => skip(next));
  }

  return {
    gates: () => gates.views(),
    decide: (gate, decision) => gates.answer(gate, decision),
    [Symbol.dispose]() {
      for (const each of scheduled) each[Symbol.dispose]();
    },
  };
}
