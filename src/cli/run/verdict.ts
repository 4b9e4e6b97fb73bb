import { constants } from 'node:os';
import { basename } from 'node:path';
import { fails } from '../../score/fails.ts';
import type { Score, ScoredExpectation } from '../../score/score.ts';
import type { CommandEnd } from './command.ts';

/** What came of a run. */
export interface Verdict {
  readonly code: number;
  /** How the command ended, in a few words. */
  readonly ended: string;
  readonly failing: readonly ScoredExpectation[];
  /** Not due when the run ended, and not counted. */
  readonly open: readonly ScoredExpectation[];
}

/** Exit codes: design.md 5.2. The command's own code passes through; its expectations count where it ended well. */
export function toVerdict(
  end: CommandEnd,
  score: Score,
  { strict, signalled }: { readonly strict: boolean; readonly signalled: NodeJS.Signals | undefined },
): Verdict {
  const failing = score.expectations.filter((each) => fails(each, strict));
  const open = score.expectations.filter(
    (each) => !fails(each, strict) && !each.never && (each.status === 'pending' || each.status === 'not-reached'),
  );
  return { code: codeOf(end, failing.length > 0, signalled), ended: endedHow(end, signalled), failing, open };
}

const TIMED_OUT = 4;
const EXPECTATION_FAILED = 1;

function codeOf(end: CommandEnd, isFailing: boolean, signalled: NodeJS.Signals | undefined): number {
  if (end.timedOut) return TIMED_OUT;
  if (end.code !== 0) return end.code;
  // It ended in good order because somebody ended the run, before it was done.
  if (signalled !== undefined) return 128 + constants.signals[signalled];
  return isFailing ? EXPECTATION_FAILED : 0;
}

function endedHow(end: CommandEnd, signalled: NodeJS.Signals | undefined): string {
  if (end.notStarted !== undefined) return `was not started (${end.notStarted})`;
  if (end.timedOut) return 'took too long and was ended';
  if (end.signal !== undefined) return `was ended by ${end.signal}`;
  return `ended with ${end.code}${signalled === undefined ? '' : `, after ${signalled}`}`;
}

/** What a person reads after the command's own output. */
export function verdictText({ ended, failing, open }: Verdict, score: Score, name: string): string {
  const { simTime, expectations, counts, unexpected } = score;
  const time = simTime.slice(11, 19);
  const total = expectations.length;
  return [
    `dcass-sim: ${name} ${ended}, at ${time} Hong Kong time`,
    ...failing.flatMap(({ id, status, says, reason, evidence, nearest = [] }) => [
      `  ${status.replace('-', ' ')}: ${id}: ${says}`,
      `    ${reason}`,
      ...evidence.map((each) => `    #${each.seq} ${each.simTime.slice(11, 19)} ${each.words}`),
      ...nearest.map((each) => `    nearest: ${each}`),
    ]),
    ...(unexpected.length > 0 ? ['Nobody asked for:'] : []),
    ...unexpected.map((each) => `  #${each.seq} ${each.simTime.slice(11, 19)} ${each.words}`),
    total === 0
      ? 'dcass-sim: the day expects nothing'
      : `dcass-sim: ${counts.met} of ${total} expectations met, ${failing.length} failed${openText(open)}`,
  ].join('\n');
}

function openText(open: readonly ScoredExpectation[]): string {
  if (open.length === 0) return '';
  const [isOne, them] = open.length === 1 ? ['is', 'it'] : ['are', 'them'];
  return `, and ${open.length} ${isOne} not due yet (--until goes on to a time, --strict counts ${them})`;
}

/** The command's name alone: a word after it may be a password. */
export function toName([program = '']: readonly string[]): string {
  return basename(program);
}
