import { basename } from 'node:path';
import { readCsvBytes } from '../scenario/csv/csv-file.ts';
import { readableProblems } from '../scenario/csv/csv-problems.ts';
import { readCsvTable } from '../scenario/csv/csv-table.ts';
import { toTimelineRows } from '../scenario/csv/timeline-rows.ts';
import { writeFlow } from '../scenario/flow.ts';
import { formatProblem } from '../scenario/load.ts';
import { toPlain } from '../scenario/source-node.ts';
import { SimError } from '../sim-error.ts';
import type { Output } from './output.ts';

/**
 * `dcass-sim import-timeline`: the steps of a CSV file as the `timeline` of a scenario file, to be put into one. What is in the
 * steps is checked there. @returns the exit code
 */
export async function importTimeline(file: string, output: Output): Promise<number> {
  const content = await readCsvBytes(file);
  if ('trouble' in content) throw new SimError('SIM_SCENARIO_NOT_FOUND', `${file}: ${content.trouble}`);
  const { list, problems } = toTimelineRows(await readCsvTable(content.bytes, file));
  if (problems.length > 0) {
    for (const problem of readableProblems(problems, undefined)) output.talk(formatProblem(problem));
    return 2;
  }
  output.data(
    [
      `# From ${basename(file)}.`,
      'timeline:',
      ...list.items.map((step) => `  - ${writeFlow(written(toPlain(step)))}`),
    ].join('\n'),
  );
  return 0;
}

/** An empty cell is a key that is left out. */
function written(step: unknown): unknown {
  return Object.fromEntries(Object.entries(step as object).filter(([, value]) => value !== null));
}
