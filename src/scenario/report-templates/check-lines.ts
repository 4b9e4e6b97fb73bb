import type { ReportDefinition } from '../../clearing/reports/definition.ts';
import {
  parseLine,
  PLACEHOLDERS,
  placeholderTrouble,
  totalledField,
  type PlaceholderName,
} from '../../clearing/reports/placeholders.ts';
import type { ReportTemplate } from '../../clearing/reports/template.ts';
import { unknownName } from '../names.ts';
import type { Path, Refuse } from '../source-node.ts';

/** Where a line stands decides what it can tell. */
type Whereabouts = 'file name' | 'line' | 'page';

const IN_FILE_NAMES: readonly PlaceholderName[] = ['report', 'made', 'participant', 'businessDate', 'time'];
const ON_PAGES: readonly PlaceholderName[] = ['page', 'pages'];
const OF_A_PARTICIPANT: readonly PlaceholderName[] = ['participant', 'participantName'];

/** Every line of a template: its placeholders exist, have a value there, and a format that can be printed. */
export function checkLines(template: ReportTemplate, definition: ReportDefinition, refuse: Refuse): void {
  const { fileName, header, empty, trailer, page } = template;
  checkLine(fileName, 'file name', definition, ['fileName'], refuse);
  checkFileName(fileName, refuse);
  const lists = { header, empty, trailer };
  for (const [name, lines] of Object.entries(lists)) {
    for (const [i, line] of lines.entries()) checkLine(line, 'line', definition, [name, i], refuse);
  }
  for (const name of ['heading', 'footing'] as const) {
    for (const [i, line] of (page?.[name] ?? []).entries()) {
      checkLine(line, 'page', definition, ['page', name, i], refuse);
    }
  }
}

function checkLine(line: string, where: Whereabouts, definition: ReportDefinition, path: Path, refuse: Refuse): void {
  const parsed = parseLine(line);
  if ('problem' in parsed) {
    refuse(path, { message: parsed.problem, found: line });
    return;
  }
  const allowed = allowedIn(where, definition);
  for (const piece of parsed.pieces) {
    if (typeof piece === 'string') continue;
    if (!allowed.includes(piece.name)) {
      refuse(
        path,
        unknownName(`placeholder in ${where === 'file name' ? 'file names' : 'this line'}:`, piece.name, allowed),
      );
      continue;
    }
    const trouble = placeholderTrouble(piece);
    if (trouble !== undefined) refuse(path, { message: `{${piece.name}:${piece.format}}: ${trouble}`, found: line });
  }
}

function allowedIn(where: Whereabouts, { scope, fields }: ReportDefinition): readonly string[] {
  const names = Object.keys(PLACEHOLDERS) as PlaceholderName[];
  const here = names
    .filter((name) => scope === 'participant' || !OF_A_PARTICIPANT.includes(name))
    .filter((name) =>
      where === 'file name' ? IN_FILE_NAMES.includes(name) : where === 'page' || !ON_PAGES.includes(name),
    );
  if (where === 'file name') return here;
  const sums = fields.filter(({ kind }) => kind === 'number' || kind === 'amount').map(({ name }) => `total.${name}`);
  return [...here, ...sums.filter((name) => totalledField(name) !== undefined)];
}

// It becomes a name in a folder of the report server.
function checkFileName(fileName: string, refuse: Refuse): void {
  const parsed = parseLine(fileName);
  const pieces = 'problem' in parsed ? [] : parsed.pieces;
  const wrong = pieces
    // Brackets in a format keep letters as they are, and are not printed.
    .map((piece) => (typeof piece === 'string' ? piece : (piece.format ?? '').replaceAll(/[[\]]/g, '')))
    .flatMap((text) => /[^A-Za-z0-9._-]/.exec(text)?.[0] ?? []);
  const isTime = (name: string): boolean => name === 'time';
  const iso = pieces.some(
    (piece) => typeof piece !== 'string' && isTime(piece.name) && (piece.format ?? 'iso') === 'iso',
  );
  if (fileName === '' || /^\.+$/.test(fileName)) {
    refuse(['fileName'], {
      message: 'a report file needs a name, for example "TRADES_{participant}.csv"',
      found: fileName,
    });
  } else if (wrong[0] !== undefined) {
    const message = `${JSON.stringify(wrong[0])} cannot stand in a file name; write letters, digits, dots, hyphens and underscores`;
    refuse(['fileName'], { message, found: fileName });
  } else if (iso) {
    const message = 'a full time has colons and cannot stand in a file name; write for example {time:HHMM}';
    refuse(['fileName'], { message, found: fileName });
  }
}
