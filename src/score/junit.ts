import type { Score, ScoredExpectation } from './score.ts';

/** The score as JUnit XML, of the subset that every reader knows: a test case for each expectation. */
export function toJunit(score: Score): string {
  const { expectations, counts } = score;
  const failures = counts.missed + counts.late;
  const skipped = expectations.length - failures - counts.met;
  const totals = `tests="${expectations.length}" failures="${failures}" errors="0" skipped="${skipped}"`;
  const name = escape(score.scenario);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${totals}>`,
    `  <testsuite name="${name}" ${totals}>`,
    ...expectations.map((each) => toCase(name, each)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function toCase(suite: string, expectation: ScoredExpectation): string {
  const { id, says, status, reason, due, evidence } = expectation;
  const head = `    <testcase classname="${suite}" name="${escape(`${id}: ${says}`)}"`;
  if (status === 'met') return `${head}/>`;
  const short = escape(`${status.replace('-', ' ')}: ${reason}`);
  if (status !== 'missed' && status !== 'late') return `${head}><skipped message="${short}"/></testcase>`;
  const told = [
    `expected: ${says}`,
    ...(due === undefined ? [] : [`due: ${due}`]),
    `result: ${status}, ${reason}`,
    ...(evidence.length === 0 ? ['evidence: none in the journal'] : []),
    ...evidence.map((each) => `evidence: ${each.simTime} #${each.seq} ${each.words}`),
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
