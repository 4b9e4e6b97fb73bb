import type { Verdict } from './control/port.ts';
import type { Journal } from './journal/journal.ts';
import { evaluateExpectations, type ExpectationResult } from './scenario/expectations.ts';
import { unknownName } from './scenario/names.ts';
import type { Scenario } from './scenario/scenario.ts';
import { scoreDay, type Score } from './score/score.ts';
import { plusMs, toIso, type Instant } from './time/instant.ts';

/** What a day is graded by. */
export interface Grading {
  /** @param isFinal nothing more is to come, so that a deadline at this very moment has passed */
  expectations(isFinal?: boolean): readonly ExpectationResult[];
  score(isFinal?: boolean): Score;
  /** The instructor decides. @returns why it is not done */
  judge(id: string, verdict: Verdict, note: string | undefined): string | undefined;
}

export function gradingOf(scenario: Scenario, journal: Journal, now: () => Instant): Grading {
  const isOver = (): boolean => scenario.end !== undefined && now() >= scenario.end;
  const expectations = (isFinal = false): readonly ExpectationResult[] =>
    evaluateExpectations(scenario.expectations, journal.entries(), plusMs(now(), isFinal ? 1 : 0), isOver());
  return {
    expectations,
    score: (isFinal = false) =>
      scoreDay(
        { scenario: scenario.id, title: scenario.title, simTime: toIso(now()) },
        expectations(isFinal),
        journal.entries(),
      ),
    judge(id, verdict, note) {
      const ids = scenario.expectations.map((each) => each.id);
      const known = scenario.expectations.find((each) => each.id === id);
      if (!known) return unknownName('expectation', id, ids).message;
      if (verdict !== 'waived' && known.what.kind !== 'confirm') {
        return `"${id}" is decided by the journal; it can be waived, and only an expectation with confirm: can be met or missed by hand`;
      }
      const said = note === undefined ? {} : { note };
      journal.record({ kind: 'control.expectation-judged', source: 'control', expectation: id, verdict, ...said });
      return undefined;
    },
  };
}
