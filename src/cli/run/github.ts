import { appendFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import type { Problem } from '../../scenario/problem.ts';
import type { Score, ScoredExpectation } from '../../score/score.ts';
import type { Verdict } from './verdict.ts';

/** An annotation at the line of the scenario that was not met: workflow commands of GitHub Actions. */
export function expectationAnnotation(
  { id, status, says, reason, evidence, nearest = [], place }: ScoredExpectation,
  workspace: string | undefined,
): string {
  const first = evidence[0];
  const near = nearest[0] === undefined ? '' : `\nnearest: ${nearest[0]}`;
  const proof = first ? `\n#${first.seq} ${first.simTime} ${first.words}` : near;
  return annotation(place, `${id}: ${status.replace('-', ' ')}`, `${says}\n${reason}${proof}`, workspace);
}

/** The same for what is wrong in a scenario file. */
export function problemAnnotation(problem: Problem, workspace: string | undefined): string {
  return annotation(problem, 'scenario', problem.message, workspace);
}

function annotation(
  { file, line }: { readonly file: string; readonly line: number },
  title: string,
  text: string,
  workspace: string | undefined,
): string {
  const properties = { file: inWorkspace(file, workspace), line: String(line), title };
  const written = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(value)}`);
  return `::error ${written.join(',')}::${escapeData(text)}`;
}

// GitHub finds files from the root of the clone, wherever the step works.
function inWorkspace(file: string, workspace: string | undefined): string {
  if (workspace === undefined) return file;
  const path = relative(workspace, resolve(file));
  return path === '' || path.startsWith('..') ? file : path.replaceAll('\\', '/');
}

/** Adds what came of the run to the page of the workflow's step. */
export async function writeStepSummary(file: string, verdict: Verdict, score: Score): Promise<void> {
  const { expectations, counts, unexpected, title, simTime } = score;
  const rows = expectations.map(({ status, id, says, reason }) => [status.replace('-', ' '), id, says, reason]);
  const lines = [
    `### ${verdict.code === 0 ? '✅' : '❌'} ${escapeMarkdown(title)}`,
    '',
    `The command ${escapeMarkdown(verdict.ended)}, at ${simTime.slice(11, 19)} Hong Kong time. ${counts.met} of ${expectations.length} expectations met, ${verdict.failing.length} failed. A simulation, not HKEX’s system.`,
    '',
    ...(rows.length > 0 ? ['| result | expectation | what | why |', '|---|---|---|---|'] : []),
    ...rows.map((cells) => `| ${cells.map(escapeMarkdown).join(' | ')} |`),
    ...(unexpected.length > 0 ? ['', 'Nobody asked for:', ''] : []),
    ...unexpected.map((each) => `- #${each.seq} ${each.simTime.slice(11, 19)} ${escapeMarkdown(each.words)}`),
    '',
    '',
  ];
  await appendFile(file, lines.join('\n'));
}

function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>|#]/g, '\\$&').replaceAll(/\s+/g, ' ');
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
