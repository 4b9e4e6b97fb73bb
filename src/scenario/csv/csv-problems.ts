import { GROUP_COLUMNS } from './timeline-columns.ts';
import { sortProblems, type Problem } from '../problem.ts';

/** A CSV file that is wrong in every row need not be told so a hundred thousand times. */
const PROBLEMS_OF_A_CSV_FILE_MAX = 50;

/**
 * The problems as a person reads them: sorted; those of a CSV file in the words of one, with the name of the column, and no
 * more than a person corrects before trying again.
 * @param file the scenario itself, whose problems are all told
 */
export function readableProblems(problems: readonly Problem[], file: string | undefined): readonly Problem[] {
  const counts = new Map<string, number>();
  return sortProblems(problems).flatMap((problem): Problem[] => {
    if (problem.file === file) return [problem];
    const count = (counts.get(problem.file) ?? 0) + 1;
    counts.set(problem.file, count);
    if (count <= PROBLEMS_OF_A_CSV_FILE_MAX) return [inWordsOfCsv(problem)];
    if (count > PROBLEMS_OF_A_CSV_FILE_MAX + 1) return [];
    const { line, column } = problem;
    return [
      { file: problem.file, line, column, message: 'more is wrong from here on; correct what is told so far first' },
    ];
  });
}

function inWordsOfCsv(problem: Problem): Problem {
  if (problem.cell === undefined) return problem;
  // In a scenario file codes need quotes; a cell needs none, but for one that is written as in a scenario file.
  if (GROUP_COLUMNS.includes(problem.cell))
    return { ...problem, message: `column "${problem.cell}": ${problem.message}` };
  const message = problem.message
    .replaceAll(/,? (in|without) quotes\b/g, '')
    .replace(/^found nothing;/, 'this cell is empty;');
  return { ...problem, message: `column "${problem.cell}": ${message}` };
}
