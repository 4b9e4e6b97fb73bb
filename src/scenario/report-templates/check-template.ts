import { formatTrouble } from '../../clearing/reports/date-format.ts';
import type { Field, ReportDefinition } from '../../clearing/reports/definition.ts';
import { linesOnPage } from '../../clearing/reports/render-pages.ts';
import type { ReportTemplate, TemplateColumn } from '../../clearing/reports/template.ts';
import { unknownName } from '../names.ts';
import type { Path, Refuse } from '../source-node.ts';
import { checkLines } from './check-lines.ts';

/** Holds a template of the right shape against the report: fields, widths, formats, placeholders. */
export function checkTemplate(template: ReportTemplate, definition: ReportDefinition, refuse: Refuse): void {
  checkSeparator(template, refuse);
  for (const [i, column] of template.columns.entries())
    checkColumn(template, definition, column, ['columns', i], refuse);
  checkTitles(template, definition, refuse);
  checkTotals(template, definition, refuse);
  checkLines(template, definition, refuse);
  checkPage(template, refuse);
}

function checkSeparator({ layout, separator }: ReportTemplate, refuse: Refuse): void {
  if (layout !== 'csv' || /^[,;|\t]$/.test(separator)) return;
  const message = `a CSV file is separated by one of , ; | or a tab ("\\t"); found ${JSON.stringify(separator)}`;
  refuse(['separator'], { message, found: separator, allowed: [',', ';', '|', '\t'] });
}

function checkColumn(
  { layout }: ReportTemplate,
  { fields }: ReportDefinition,
  column: TemplateColumn,
  path: Path,
  refuse: Refuse,
): void {
  if ((column.field === undefined) === (column.text === undefined)) {
    refuse(path, {
      message:
        column.field === undefined
          ? 'nothing says what stands in this column; write field: and a field of the report, or text: and what stands there in each row'
          : 'this column has a field and a text; keep one of the two',
    });
  }
  if (layout !== 'csv' && column.width === undefined) {
    refuse(path, {
      message: `a column of the ${layout} layout needs its width; write width: and a number of characters`,
    });
  }
  if (column.text !== undefined && column.width !== undefined && column.text.length > column.width) {
    const message = `the text has ${column.text.length} characters, and the column ${column.width}; write a larger width, or a shorter text`;
    refuse([...path, 'text'], { message, found: column.text });
  }
  for (const key of ['width', 'align', 'fill', 'overflow'] as const) {
    if (layout === 'csv' && column[key] !== undefined) {
      refuse([...path, key], { message: `CSV cells have no ${key}; remove it, or write layout: fixed` });
    }
  }
  if (column.field === undefined) return;
  const field = fields.find(({ name }) => name === column.field);
  if (field) checkKind(field, column, path, refuse);
  else {
    const names = fields.map(({ name }) => name);
    refuse([...path, 'field'], unknownName('field', column.field, names));
  }
}

// What a column says must mean something for the kind of its field.
function checkKind({ name, kind }: Field<unknown>, column: TemplateColumn, path: Path, refuse: Refuse): void {
  const isDecimal = kind === 'price' || kind === 'amount';
  const isDated = kind === 'date' || kind === 'time';
  const meant = { decimals: isDecimal, point: isDecimal, format: isDated, values: kind === 'text' };
  for (const key of ['decimals', 'point', 'format', 'values'] as const) {
    if (column[key] === undefined || meant[key]) continue;
    refuse([...path, key], { message: `${name} is a ${kind}, which has no ${key}; remove it` });
  }
  if (!isDated || column.format === undefined) return;
  const trouble = formatTrouble(column.format, kind);
  if (trouble === undefined) return;
  refuse([...path, 'format'], { message: `found ${JSON.stringify(column.format)}; ${trouble}`, found: column.format });
}

function checkTitles({ layout, titles, columns }: ReportTemplate, { fields }: ReportDefinition, refuse: Refuse): void {
  if (!titles) return;
  const seen = new Map<string, number>();
  for (const [i, column] of columns.entries()) {
    const field = fields.find(({ name }) => name === column.field);
    const title = column.title ?? (layout === 'csv' ? field?.name : field?.title) ?? '';
    const where: Path = column.title === undefined ? ['columns', i] : ['columns', i, 'title'];
    if (column.width !== undefined && layout !== 'csv' && title.length > column.width) {
      const message = `the title "${title}" has ${title.length} characters, and the column ${column.width}; write a title: that fits, or a larger width`;
      refuse(where, { message, found: title });
    }
    const before = seen.get(title);
    if (title !== '' && before !== undefined) {
      const message = `column ${before + 1} has the title "${title}" already; write another title:, or remove one of the two columns`;
      refuse(where, { message, found: title });
    } else seen.set(title, i);
  }
}

function checkTotals({ totals, columns, layout }: ReportTemplate, { fields }: ReportDefinition, refuse: Refuse): void {
  if (!totals) return;
  const summable = fields.filter(({ kind }) => kind === 'number' || kind === 'amount').map(({ name }) => name);
  for (const [i, name] of totals.fields.entries()) {
    if (!summable.includes(name))
      refuse(['totals', 'fields', i], unknownName('field that can be added up', name, summable));
    else if (!columns.some(({ field }) => field === name)) {
      refuse(['totals', 'fields', i], {
        message: `${name} is in no column; add the column, or remove it here`,
        found: name,
      });
    }
  }
  const [first] = columns;
  if (first?.field !== undefined && totals.label !== '' && totals.fields.includes(first.field)) {
    refuse(['totals', 'label'], {
      message: 'the label stands in the first column, which has a sum here; remove the label',
    });
  } else if (layout !== 'csv' && first?.width !== undefined && totals.label.length > first.width) {
    const message = `the label has ${totals.label.length} characters, and the first column ${first.width}; write a shorter one`;
    refuse(['totals', 'label'], { message, found: totals.label });
  }
}

function checkPage(template: ReportTemplate, refuse: Refuse): void {
  const { page, layout, header, titles } = template;
  if (!page) return;
  if (layout !== 'text') {
    refuse(['page'], {
      message: `only the text layout has pages; remove page, or write layout: text (found: ${layout})`,
    });
    return;
  }
  const taken = page.length - (linesOnPage(page, titles ? 2 : 0) - header.length);
  if (taken < page.length) return;
  const message = `header, heading, titles and footing take ${taken} lines; write a length of at least ${taken + 1}`;
  refuse(['page', 'length'], { message, found: String(page.length) });
}
