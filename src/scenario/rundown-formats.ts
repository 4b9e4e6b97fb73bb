import type { Rundown, RundownExpectation } from './explain.ts';
import { withReferences } from './flow.ts';
import { cellOf, STEP_CELLS } from './written-step.ts';

const TEXT_COLUMNS = 80;

/** Plain text that fits 80 columns. */
export function toText(day: Rundown): string {
  const idWidth = Math.min(24, Math.max(4, ...day.steps.map((step) => step.id.length)));
  const timeWidth = Math.max(5, ...day.steps.map((step) => step.time.length));
  const row = (time: string, id: string, text: string): string[] => {
    const head = `${time.padEnd(timeWidth)}  ${id.padEnd(idWidth)}  `;
    return wrap(text, TEXT_COLUMNS - head.length).map((line, i) =>
      ((i === 0 ? head : ' '.repeat(head.length)) + line).trimEnd(),
    );
  };
  return `${[
    ...wrap(day.title, TEXT_COLUMNS),
    ...wrap(about(day), TEXT_COLUMNS),
    ...bullets('Sources:', day.sources),
    ...bullets('You will:', day.objectives),
    '',
    ...day.participants.flatMap((participant) => [
      ...hang(`${participant.code}  ${participant.name} (${participant.clearingHouses.join(', ')})`, '', 6),
      ...participant.users.map((user) => `  ${user.id}  ${user.kind.padEnd(13)}  ${user.state}`),
    ]),
    ...wrap(day.book, TEXT_COLUMNS),
    ...bullets('Parameters:', day.params.map(parameterLine)),
    '',
    ...row('Time', 'Step', 'What happens'),
    ...day.steps.flatMap((step) => [
      ...row(step.time, step.id, step.what),
      ...(step.note ? row('', '', `Note: ${step.note}`) : []),
    ]),
    ...(day.expectations.length > 0 ? ['', 'Expected of the participants'] : []),
    ...day.expectations.flatMap((each) => [
      ...hang(`${expectationHead(each)}: ${each.says}`, '  ', 4),
      ...hang(`Evidence: ${each.evidence}`, '    ', 2),
    ]),
    ...(day.debrief.length > 0 ? [''] : []),
    ...bullets('To talk about afterwards:', day.debrief),
  ].join('\n')}\n`;
}

/** Markdown with tables, for a page or a pull request. */
export function toMarkdown(day: Rundown): string {
  const cell = (text: string): string => text.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
  const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
    `| ${head.join(' | ')} |`,
    `|${head.map(() => '---|').join('')}`,
    ...rows.map((each) => `| ${each.map(cell).join(' | ')} |`),
  ];
  return `${[
    `# ${day.title}`,
    '',
    about(day),
    '',
    ...(day.sources.length > 0 ? ['Sources:', '', ...day.sources.map((each) => `- ${each}`), ''] : []),
    '## Participants and users',
    '',
    ...table(
      ['Participant', 'User', 'Kind', 'State'],
      day.participants.flatMap(({ code, users }) => users.map((user) => [code, user.id, user.kind, user.state])),
    ),
    '',
    day.book,
    '',
    ...(day.params.length > 0 ? ['Parameters:', '', ...day.params.map((each) => `- ${parameterLine(each)}`), ''] : []),
    '## Rundown',
    '',
    ...table(
      ['Time', 'Step', 'What happens', 'Note'],
      day.steps.map((step) => [step.time, step.id, step.what, step.note ?? '']),
    ),
    ...(day.expectations.length > 0
      ? [
          '',
          '## Expected',
          '',
          ...table(
            ['Item', 'When', 'What', 'Evidence'],
            day.expectations.map((each) => [String(each.checklist ?? ''), each.when, each.says, each.evidence]),
          ),
        ]
      : []),
  ].join('\n')}\n`;
}

/**
 * RFC 4180, one row a step, for people (`time`, `what`) and for `timeline: { from: … }`, which reads the other columns;
 * expectations follow with their time in words.
 */
export function toCsv(day: Rundown): string {
  const rows = [
    ['time', 'id', 'what', 'note', 'row', ...STEP_CELLS],
    ...day.steps.map(({ time, id, what, note, written }) => [
      time === '-' ? '' : time,
      id,
      what,
      withReferences(note ?? ''),
      'step',
      ...STEP_CELLS.map((key) => cellOf(written, key)),
    ]),
    ...day.expectations.map((each) => [
      each.when,
      each.id,
      `Expected: ${each.says}`,
      each.checklist ? `Appendix A, item ${each.checklist}` : '',
      'expectation',
      ...STEP_CELLS.map(() => ''),
    ]),
  ];
  return rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

function csvCell(text: string): string {
  // As in DCASS's own files: a spreadsheet would take `+1d 01:00` for a formula.
  const safe = /^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function parameterLine({ name, value, says }: Rundown['params'][number]): string {
  return `${name} = ${value}: ${says}`;
}

function about(day: Rundown): string {
  const minutes = day.minutes === undefined ? '' : `, ${day.minutes} minutes`;
  return `${day.id} (${day.level}${minutes}): ${day.date}, business date ${day.businessDate}, from ${day.start}${day.end === undefined ? '' : ` to ${day.end}`} Hong Kong time.`;
}

function expectationHead(each: RundownExpectation): string {
  return `${each.when}${each.checklist === undefined ? '' : ` (item ${each.checklist})`}`;
}

function bullets(title: string, texts: readonly string[]): string[] {
  return texts.length === 0 ? [] : [title, ...texts.flatMap((text) => hang(`- ${text}`, '  ', 2))];
}

/** Wrapped, with every line but the first indented further. */
function hang(text: string, indent: string, further: number): string[] {
  return wrap(text, TEXT_COLUMNS - indent.length - further).map(
    (line, i) => indent + (i === 0 ? '' : ' '.repeat(further)) + line,
  );
}

/** Words in lines of at most `width` columns; a word that is longer stands alone, cut into pieces. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const whole of text.split(/\s+/).filter((word) => word !== '')) {
    for (let word = whole; word !== ''; word = word.slice(width)) {
      const piece = word.slice(0, width);
      if (line === '') line = piece;
      else if (line.length + 1 + piece.length <= width) line += ` ${piece}`;
      else {
        lines.push(line);
        line = piece;
      }
    }
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line];
}
