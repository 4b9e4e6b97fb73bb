import { REPORTS } from '../../clearing/reports/catalogue.ts';
import type { ReportTemplate, TemplateColumn } from '../../clearing/reports/template.ts';
import { checkShape } from '../issues.ts';
import type { Problem } from '../problem.ts';
import { parseSource } from '../source.ts';
import { placeAt, toPlain } from '../source-node.ts';
import { checkTemplate } from './check-template.ts';
import { templateFile, type TemplateFile } from './schema.ts';

/** A template, or everything that is wrong with its file, in the order of the file. */
export type TemplateResult =
  | { readonly ok: true; readonly template: ReportTemplate }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads the text of a template file. `file` is how problems name it. */
export function readTemplate(text: string, file: string): TemplateResult {
  const { root, problems: found } = parseSource(text, file);
  const problems: Problem[] = [...found];
  if (!root) return { ok: false, problems };
  if (root.type !== 'map') {
    const message = 'this is no report template; write format, report, fileName, layout and columns';
    return { ok: false, problems: [...problems, { ...root.at, message }] };
  }
  const content = toPlain(root) as TemplateFile;
  const shape = checkShape(templateFile, root, content);
  problems.push(...shape.problems);
  // What has the wrong shape is told first: names in such a file are looked up when it can be read.
  if (problems.length > 0) return { ok: false, problems };
  const template = toTemplate(content);
  checkTemplate(template, REPORTS[template.report], (path, trouble) => {
    problems.push({ ...placeAt(root, path), ...trouble });
  });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, template };
}

const SEPARATORS = { csv: ',', fixed: '', text: '  ' } as const;

// What the file leaves out.
function toTemplate(file: TemplateFile): ReportTemplate {
  const { format, report, fileName, layout, totals, page } = file;
  return {
    format,
    report,
    fileName,
    layout,
    lineEnd: file.lineEnd ?? 'crlf',
    header: file.header ?? [],
    titles: file.titles ?? layout !== 'fixed',
    separator: file.separator ?? SEPARATORS[layout],
    quotes: file.quotes ?? 'needed',
    formulas: file.formulas ?? 'plain',
    columns: file.columns satisfies readonly TemplateColumn[],
    empty: file.empty ?? [layout === 'csv' ? '# no rows' : 'no rows'],
    totals: totals && { label: totals.label ?? '', fields: totals.fields },
    trailer: file.trailer ?? [],
    page: page && {
      length: page.length,
      heading: page.heading ?? [],
      footing: page.footing ?? [],
      formFeed: page.formFeed ?? false,
    },
  };
}
