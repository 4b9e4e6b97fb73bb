import { SCENARIOS_DIR } from '../config.ts';
import { describeGrown } from '../scenario/grow/describe.ts';
import { formatProblem, loadScenario } from '../scenario/load.ts';
import type { Output } from './output.ts';

/** `dcass-sim check`: every problem of every file. @returns the exit code: 0 all valid, 2 not */
export async function check(
  files: readonly string[],
  flags: { readonly json?: boolean; readonly format: 'text' | 'github' },
  output: Output,
): Promise<number> {
  const results = await Promise.all(
    files.map(async (file) => ({ file, result: await loadScenario(file, { scenariosDir: SCENARIOS_DIR }) })),
  );
  const problems = results.flatMap(({ result }) => (result.ok ? [] : result.problems));
  if (flags.json) {
    output.data(JSON.stringify({ valid: problems.length === 0, problems }));
  } else {
    for (const problem of problems) {
      const text = formatProblem(problem);
      output.data(
        flags.format === 'github'
          ? `::error file=${problem.file},line=${problem.line},col=${problem.column}::${text.replaceAll('\n', '%0A')}`
          : text,
      );
    }
    for (const { file, result } of results) {
      if (!result.ok) continue;
      output.talk([`${file}: valid`, describeGrown(result.scenario)].filter((part) => part !== undefined).join('. '));
    }
    if (problems.length > 0) output.talk(`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`);
  }
  return problems.length === 0 ? 0 : 2;
}
