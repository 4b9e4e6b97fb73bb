import { fails } from './fails.ts';
import type { Score, ScoredExpectation } from './score.ts';

/** How the score came about. */
interface Graded {
  /** Real seconds that the run took. */
  readonly seconds?: number;
  /** What is pending or was not reached is a failure, too. */
  readonly strict?: boolean;
}

/** The score as JUnit XML, of the subset that every reader knows: a test case for each expectation. */
export function toJunit(score: Score, { seconds, strict = false }: Graded = {}): string {
  const { expectations, counts } = score;
  const failures = expectations.filter((each) => fails(each, strict)).length;
  const skipped = expectations.length - failures - counts.met;
  const time = seconds === undefined ? '' : ` time="${seconds.toFixed(3)}"`;
  const totals = `tests="${expectations.length}" failures="${failures}" errors="0" skipped="${skipped}"${time}`;
  const name = escape(score.scenario);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${totals}>`,
    `  <testsuite name="${name}" ${totals}>`,
    ...expectations.map((each) => toCase(name, each, strict)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function toCase(suite: string, expectation: ScoredExpectation, strict: boolean): string {
  const { id, says, status, reason, due, evidence, nearest = [] } = expectation;
  const head = `    <testcase classname="${suite}" name="${escape(`${id}: ${says}`)}"`;
  if (status === 'met') return `${head}/>`;
  const words = `${status.replace('-', ' ')}: ${reason}`;
  if (!fails(expectation, strict)) return `${head}><skipped message="${escape(words)}"/></testcase>`;
  const proof =
    evidence.length === 0
      ? ['evidence: none in the journal']
      : evidence.map((each) => `evidence: ${each.simTime} #${each.seq} ${each.words}`);
  // Many readers show the message alone: the first evidence, or what came nearest, is in it, too.
  const short = escape(`${words}; ${nearest[0] === undefined ? proof[0] : `nearest: ${nearest[0]}`}`);
  const told = [
    `expected: ${says}`,
    ...(due === undefined ? [] : [`due: ${due}`]),
    `result: ${status}, ${reason}`,
    ...proof,
    ...nearest.map((each) => `nearest: ${each}`),
  ];
  return `${head}><failure type="${status}" message="${short}">${escape(told.join('\n'))}</failure></testcase>`;
}

// What XML 1.0 cannot carry at all becomes a replacement character.
function escape(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
