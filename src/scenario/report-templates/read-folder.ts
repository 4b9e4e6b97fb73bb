import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REPORT_CODES, type ReportCode } from '../../clearing/report.ts';
import type { ReportTemplate, ReportTemplates } from '../../clearing/reports/template.ts';
import { unknownName } from '../names.ts';
import type { Problem } from '../problem.ts';
import { readTemplate } from './read-template.ts';

/** The templates of a folder by report, or everything that is wrong with them. */
export type FolderResult =
  | { readonly ok: true; readonly templates: ReportTemplates }
  | { readonly ok: false; readonly problems: readonly Problem[] }
  /** There is no such folder, or nothing in it. */
  | { readonly ok: false; readonly trouble: string };

const EXTENSION = '.yaml';

/** Reads every `<report>.yaml` of a folder. `shown` is how problems name the folder. */
export async function readTemplateFolder(folder: string, shown: string = folder): Promise<FolderResult> {
  const listed = await listFolder(folder);
  if ('trouble' in listed) return { ok: false, trouble: listed.trouble };
  // Whoever keeps templates keeps notes beside them, and editors their own files.
  const files = listed.files.filter((name) => !name.startsWith('.') && !name.endsWith('.md')).toSorted();
  if (files.length === 0) {
    return {
      ok: false,
      trouble: `there is no template in it; write ${REPORT_CODES[0]}${EXTENSION}, or another report's`,
    };
  }
  const problems: Problem[] = [];
  const templates: Partial<Record<ReportCode, ReportTemplate>> = {};
  const texts = await Promise.all(files.map((name) => readText(join(folder, name))));
  for (const [i, name] of files.entries()) {
    const file = `${shown.replace(/\/+$/, '')}/${name}`;
    const start = { file, line: 1, column: 1 };
    const code = name.slice(0, -EXTENSION.length);
    const text = texts[i];
    if (!name.endsWith(EXTENSION)) {
      problems.push({
        ...start,
        message: `a template is called <report>${EXTENSION}; rename this file, or move it away`,
      });
    } else if (!isReportCode(code)) {
      problems.push({ ...start, ...unknownName('report', code, REPORT_CODES) });
    } else if (text === undefined) {
      problems.push({ ...start, message: 'this file cannot be read' });
    } else {
      const read = readTemplate(text, file);
      if (!read.ok) problems.push(...read.problems);
      else if (read.template.report === code) templates[code] = read.template;
      else {
        const message = `this file is the template of ${read.template.report}; call it ${read.template.report}${EXTENSION}, or write report: ${code}`;
        problems.push({ ...start, message, found: read.template.report });
      }
    }
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, templates };
}

async function listFolder(
  folder: string,
): Promise<{ readonly files: readonly string[] } | { readonly trouble: string }> {
  try {
    return { files: await readdir(folder) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const trouble =
      code === 'ENOENT'
        ? 'there is no such folder'
        : code === 'ENOTDIR'
          ? 'it is no folder'
          : `it cannot be read (${code})`;
    return { trouble };
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}

function isReportCode(text: string): text is ReportCode {
  return (REPORT_CODES as readonly string[]).includes(text);
}
