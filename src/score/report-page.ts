import type { JournalEntry } from '../journal/entry.ts';
import type { Score, ScoredExpectation } from './score.ts';
import type { PlayedStep } from './timeline.ts';

/** An endpoint of the run, for the report: no token, no password. */
export interface ReportedEndpoint {
  readonly name: string;
  readonly where: string;
}

/** What happened, for the timeline of the report. */
export interface ReportedEvent {
  readonly simTime: string;
  readonly words: string;
}

/** What the report tells beside the score. */
export interface ReportedDay {
  /** A sentence on the run, where there was a command: what it was, and how it ended. */
  readonly run?: string;
  readonly timeline: readonly PlayedStep[];
  readonly events: readonly ReportedEvent[];
  readonly entries: readonly JournalEntry[];
  readonly endpoints: readonly ReportedEndpoint[];
}

/** A page that a browser still opens at once has so many entries of the journal, the last ones. */
const ENTRIES_MAX = 5_000;

/** A page of one file, which opens offline and needs nothing: the score, with its evidence, and the day. */
export function toReportPage(score: Score, day: ReportedDay): string {
  const { title, simTime, percent, points, possible, pauses } = score;
  const grade = percent === undefined ? 'Nothing is graded yet' : `${percent} of 100 (${points} of ${possible} points)`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escape(title)}: score</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<p>dcass-sim, a simulator of DCASS. Not HKEX’s system.</p>
<h1>${escape(title)}</h1>
<p class="grade">${grade}</p>
<p>At ${escape(clock(simTime))} Hong Kong time. ${escape(sayPauses(pauses))}</p>
${day.run === undefined ? '' : `<p>${escape(day.run)}</p>\n`}</header>
<main>
<h2>Expectations</h2>
${table(
  ['Result', 'What', 'Due', 'Why', 'Evidence'],
  score.expectations.map((each) => [
    `<span class="${each.status}">${each.status.replace('-', ' ')}</span>`,
    `${escape(each.says)}<br><span class="quiet">${escape(each.id)}${each.checklist === undefined ? '' : `, Appendix A, item ${each.checklist}`}</span>`,
    escape(each.due === undefined ? '' : clock(each.due)),
    escape(each.reason),
    evidenceOf(each),
  ]),
)}
<h2>Checklist of Appendix A</h2>
${table(
  ['Item', 'What', 'Result', 'Expectations'],
  score.checklist.map((each) => [
    String(each.item),
    escape(each.asks),
    each.status === undefined
      ? '<span class="quiet">not part of this day</span>'
      : `<span class="${each.status}">${each.status.replace('-', ' ')}</span>`,
    escape(each.expectations.join(', ')),
  ]),
)}
<h2>What nobody asked for</h2>
${
  score.unexpected.length === 0
    ? '<p>Nothing.</p>'
    : table(
        ['Time', 'Entry', 'What'],
        score.unexpected.map((each) => [escape(clock(each.simTime)), `#${each.seq}`, escape(each.words)]),
      )
}
<h2>Timeline</h2>
${table(
  ['Planned', 'Step', 'What', 'Came of it'],
  day.timeline.map((each) => [escape(each.planned), escape(each.id), escape(each.what), escape(each.came)]),
)}
<h2>The day</h2>
${table(
  ['Time', 'What happened'],
  day.events.map((each) => [escape(clock(each.simTime)), escape(each.words)]),
)}
<h2>Endpoints</h2>
${table(
  ['Name', 'Where'],
  day.endpoints.map((each) => [escape(each.name), escape(each.where)]),
)}
<h2>Journal</h2>
${journalOf(day.entries)}
</main>
</body>
</html>
`;
}

/** `2 pauses, 95 s of real time; no deadline passes in them.` */
export function sayPauses({ count, wallSeconds }: Score['pauses']): string {
  if (count === 0) return 'The clock was not paused.';
  return `${count} ${count === 1 ? 'pause' : 'pauses'}, ${wallSeconds} s of real time; no deadline passes in a pause.`;
}

function journalOf(entries: readonly JournalEntry[]): string {
  const shown = entries.slice(-ENTRIES_MAX);
  const left = entries.length - shown.length;
  return `<details>
<summary>${entries.length} entries${left === 0 ? '' : `, of which the first ${left} are left out here`}</summary>
${table(
  ['Entry', 'Time', 'Kind', 'Outcome', 'Fields'],
  shown.map(({ seq, simTime, wallTime: _wallTime, kind, source: _source, outcome = '', event: _event, ...fields }) => [
    `#${seq}`,
    escape(clock(simTime)),
    escape(kind),
    escape(outcome),
    escape(Object.entries(fields).map(toField).join(', ')),
  ]),
)}
</details>`;
}

function toField([name, value]: readonly [string, unknown]): string {
  return `${name} ${typeof value === 'string' ? value : (JSON.stringify(value) ?? '')}`;
}

function evidenceOf({ evidence, nearest = [] }: ScoredExpectation): string {
  return [
    ...evidence.map((each) => `#${each.seq}, ${escape(clock(each.simTime))}: ${escape(each.words)}`),
    ...nearest.map((each) => `nearest: ${escape(each)}`),
  ].join('<br>');
}

function clock(simTime: string): string {
  return simTime.slice(0, 19).replace('T', ' ');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return `<div class="scroll"><table>
<thead><tr>${head.map((cell) => `<th scope="col">${cell}</th>`).join('')}</tr></thead>
<tbody>
${rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n')}
</tbody>
</table></div>`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g, '\ufffd');
}

const STYLE = `
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: #1c2733; background: #f3f5f9; }
header { padding: 16px 24px; background: #13304b; color: #fff; }
header p { margin: 0; } h1 { margin: 4px 0; font-size: 24px; } .grade { font-size: 18px; font-weight: 600; }
main { padding: 8px 24px 40px; } h2 { margin: 28px 0 8px; font-size: 18px; }
.scroll { overflow-x: auto; } table { width: 100%; border-collapse: collapse; background: #fff; }
th, td { padding: 6px 10px; border: 1px solid #d3dae3; text-align: left; vertical-align: top; } th { background: #e6edf2; }
.quiet { color: #4d5b69; font-size: 13px; }
.met { color: #0b5d2a; font-weight: 600; } .late { color: #7a4a00; font-weight: 600; } .missed { color: #9b1c1c; font-weight: 600; }
.pending, .waived, .not-reached { color: #4d5b69; font-weight: 600; }
`;
