import type { ReportDefinition } from '../../clearing/reports/definition.ts';
import type { ReportTemplate, TemplateColumn } from '../../clearing/reports/template.ts';

/**
 * A template as a file that {@link readTemplate} reads back as the same, with the fields of its report as comments:
 * what a user starts from.
 */
export function templateText(template: ReportTemplate, definition: ReportDefinition): string {
  const { layout, totals, page } = template;
  const width = Math.max(0, ...definition.fields.map(({ name }) => name.length));
  return [
    `# ${definition.name}. ${definition.contents}`,
    "# This layout is dcass-sim's own, not HKEX's. docs/guides/report-templates.md says what each key means.",
    ...(definition.fields.length > 0 ? ['#', '# Fields:'] : []),
    ...definition.fields.map(({ name, kind, docs }) => `#   ${name.padEnd(width)}  ${kind.padEnd(6)}  ${docs}`),
    '',
    `format: ${template.format}`,
    `report: ${template.report}`,
    `fileName: ${quoted(template.fileName)}`,
    `layout: ${layout}`,
    `lineEnd: ${template.lineEnd}`,
    ...listText('header', template.header),
    `titles: ${template.titles}`,
    `separator: ${quoted(template.separator)}`,
    ...(layout === 'csv' ? [`quotes: ${template.quotes}`, `formulas: ${template.formulas}`] : []),
    ...(template.columns.length === 0 ? ['columns: []'] : ['columns:']),
    ...template.columns.map((column) => `  - ${columnText(column)}`),
    ...listText('empty', template.empty),
    ...(totals
      ? [`totals: { label: ${quoted(totals.label)}, fields: [${totals.fields.map(quoted).join(', ')}] }`]
      : []),
    ...listText('trailer', template.trailer),
    ...(page
      ? [
          'page:',
          `  length: ${page.length}`,
          ...listText('heading', page.heading).map(indented),
          ...listText('footing', page.footing).map(indented),
          `  formFeed: ${page.formFeed}`,
        ]
      : []),
    '',
  ].join('\n');
}

function columnText(column: TemplateColumn): string {
  const pairs = Object.entries<TemplateColumn[keyof TemplateColumn]>({ ...column }).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}: ${valueText(value)}`],
  );
  return `{ ${pairs.join(', ')} }`;
}

function valueText(value: string | number | Readonly<Record<string, string>>): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return quoted(value);
  return `{ ${Object.entries(value)
    .map(([from, to]) => `${quoted(from)}: ${quoted(to)}`)
    .join(', ')} }`;
}

function listText(key: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [`${key}: []`] : [`${key}:`, ...lines.map((line) => `  - ${quoted(line)}`)];
}

function indented(line: string): string {
  return `  ${line}`;
}

// Plain where YAML reads a word as itself, else in double quotes, whose escapes are those of JSON.
function quoted(text: string): string {
  const isPlain =
    /^[A-Za-z][A-Za-z-]*( [A-Za-z-]+)*$/.test(text) && !/^(true|false|null|y|yes|n|no|on|off)$/i.test(text);
  return isPlain ? text : JSON.stringify(text);
}
