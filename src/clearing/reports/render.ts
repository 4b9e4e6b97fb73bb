import type { ReportDefinition, ReportMoment } from './definition.ts';
import { cellsOf, printAmount, toAscii, type Cell, type Unfit } from './cell.ts';
import { linePrinter, totalledField, parseLine, type LineValues } from './placeholders.ts';
import type { ReportTemplate } from './template.ts';
import { csvLine } from './render-csv.ts';
import { fixedLine } from './render-fixed.ts';
import { inPages } from './render-pages.ts';

/** How one row is put on a line: CSV quotes, fixed widths pad. */
export type LineMaker = (texts: readonly string[], cells: readonly Cell[], row: RowKind, unfit: Unfit) => string;
export type RowKind = 'titles' | 'row' | 'totals';

/**
 * The file, and how many of its values did not fit where the template puts them. The same moment gives the same bytes.
 * @param leftOut of so many rows, the one that is counted and not there (-1: one more than there are); for a damaged report
 */
export function renderReport(
  definition: ReportDefinition,
  template: ReportTemplate,
  at: ReportMoment,
  leftOut: (rows: number) => number | undefined = () => undefined,
): { readonly fileName: string; readonly text: string; readonly unfit: number } {
  const unfit: Unfit = { count: 0 };
  const rows = definition.rows(at);
  const cells = cellsOf(definition, template.columns, at, unfit);
  const toLine = template.layout === 'csv' ? csvLine(template) : fixedLine(template);
  const sums = sumsOf(definition, template, rows, at);
  const missing = leftOut(rows.length);
  const counted = missing === -1 ? rows.length + 1 : rows.length;
  const values: LineValues = { ...momentValues(definition, at), rows: counted, ...totalValues(definition, sums) };
  const print = (line: string): string => linePrinter(line, unfit)(values);

  const titles = template.titles ? titleLines(template, cells, toLine, unfit) : [];
  const body = rows
    .filter((_, i) => i !== missing)
    .map((row) =>
      toLine(
        cells.map((cell) => cell.print(row)),
        cells,
        'row',
        unfit,
      ),
    );
  const tail = [
    ...(rows.length === 0 ? template.empty.map(print) : []),
    ...(template.totals && rows.length > 0
      ? [toLine(totalTexts(cells, template.totals.label, sums, unfit), cells, 'totals', unfit)]
      : []),
    ...template.trailer.map(print),
  ];
  const header = template.header.map(print);
  const lines = template.page
    ? inPages({ page: template.page, header, titles, body: [...body, ...tail], values, unfit })
    : [...header, ...titles, ...body, ...tail];
  const end = template.lineEnd === 'crlf' ? '\r\n' : '\n';
  return {
    fileName: print(template.fileName),
    text: lines.length === 0 ? '' : lines.join(end) + end,
    unfit: unfit.count,
  };
}

function titleLines(
  { layout }: ReportTemplate,
  cells: readonly Cell[],
  toLine: LineMaker,
  unfit: Unfit,
): readonly string[] {
  const texts = cells.map(({ column, field }) => column.title ?? (layout === 'csv' ? field?.name : field?.title) ?? '');
  const titles = toLine(texts, cells, 'titles', unfit);
  if (layout !== 'text') return [titles];
  const rule = toLine(
    cells.map(({ column }) => '-'.repeat(column.width ?? 0)),
    cells,
    'titles',
    unfit,
  );
  return [titles, rule];
}

function momentValues(definition: ReportDefinition, at: ReportMoment): LineValues {
  return {
    report: definition.code,
    title: definition.name,
    made: at.made,
    businessDate: at.businessDate,
    time: at.now,
    ...(at.participant === undefined
      ? {}
      : {
          participant: at.participant,
          participantName: toAscii(at.state.books.get(at.participant)?.participant.name ?? ''),
        }),
  };
}

type Sums = ReadonlyMap<string, number>;

// Only what the template prints is added up.
function sumsOf(
  definition: ReportDefinition,
  template: ReportTemplate,
  rows: readonly unknown[],
  at: ReportMoment,
): Sums {
  const inLines = [...template.header, ...template.trailer, ...template.empty]
    .concat(template.page?.heading ?? [], template.page?.footing ?? [])
    .flatMap((line) => {
      const parsed = parseLine(line);
      return 'problem' in parsed
        ? []
        : parsed.pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.name]));
    })
    .flatMap((name) => totalledField(name) ?? []);
  const names = new Set([...inLines, ...(template.totals?.fields ?? [])]);
  return new Map(
    definition.fields.flatMap((field) =>
      names.has(field.name) && (field.kind === 'number' || field.kind === 'amount')
        ? [[field.name, rows.reduce<number>((sum, row) => sum + (field.value(row, at) ?? 0), 0)] as const]
        : [],
    ),
  );
}

function totalValues(definition: ReportDefinition, sums: Sums): LineValues {
  return Object.fromEntries(
    [...sums].map(([name, sum]) => {
      const isAmount = definition.fields.some((field) => field.name === name && field.kind === 'amount');
      return [`total.${name}`, isAmount ? printAmount(sum, {}, { count: 0 }) : sum];
    }),
  );
}

function totalTexts(cells: readonly Cell[], label: string, sums: Sums, unfit: Unfit): readonly string[] {
  return cells.map(({ column, field }, i) => {
    const sum = field && sums.get(field.name);
    if (sum === undefined) return i === 0 ? label : '';
    return field?.kind === 'amount' ? printAmount(sum, column, unfit) : String(sum);
  });
}
