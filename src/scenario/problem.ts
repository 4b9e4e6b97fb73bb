import { SimError } from '../sim-error.ts';

/** Where a reader puts the finger: both numbers count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** In a CSV file: the name of the column, as its first line has it. */
  readonly cell?: string;
}

/** What is wrong, in words that also say what to write. The other fields are for programs; none of them ever holds a password. */
export interface ProblemText {
  readonly message: string;
  readonly found?: string;
  readonly allowed?: readonly string[];
  readonly nearest?: string;
}

/** One thing that is wrong in a scenario file. */
export interface Problem extends Place, ProblemText {}

/** `file:line:column: message`, the shape that editors and CI make clickable. */
export function formatProblem(problem: Problem): string {
  return `${problem.file}:${problem.line}:${problem.column}: ${problem.message}`;
}

/** In the order in which a person reads: by file in order of appearance, then line, then column. Exact repetitions go. */
export function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  const files = [...new Set(problems.map((problem) => problem.file))];
  const sorted = problems.toSorted(
    (a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.column - b.column,
  );
  return sorted.filter((problem, index) => {
    const before = sorted[index - 1];
    return !before || formatProblem(before) !== formatProblem(problem);
  });
}

/** The error for those who need a scenario and cannot go on without one: every problem, a line each. */
export function scenarioInvalid(problems: readonly Problem[]): SimError {
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
  return new SimError('SIM_SCENARIO_INVALID', `the scenario has ${count}:\n${problems.map(formatProblem).join('\n')}`);
}
