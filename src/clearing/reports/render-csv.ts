import type { LineMaker } from './render.ts';
import type { ReportTemplate } from './template.ts';

/** RFC 4180 with the template's separator: a cell that could be read as two, or as none, stands in quotes. */
export function csvLine({ separator, quotes, formulas }: ReportTemplate): LineMaker {
  const always = quotes === 'always';
  return (texts, cells, kind) =>
    texts
      .map((text, i) => {
        // Only texts can be mistaken for formulas.
        const isText = kind !== 'row' || cells[i]?.field === undefined || cells[i].field.kind === 'text';
        const safe = isText && formulas === 'plain' && isFormula(text) ? `'${text}` : text;
        const isPlain = !always && !safe.includes('"') && !safe.includes(separator);
        return isPlain ? safe : `"${safe.replaceAll('"', '""')}"`;
      })
      // Joined, not added up: a line of forty pieces that are kept apart costs ten times its memory.
      .join(separator);
}

// The same rule as the CSV of the web pages: a negative amount begins like a formula and is none.
function isFormula(text: string): boolean {
  return /^[=+\-@]/.test(text) && !/^-\d+(\.\d+)?$/.test(text);
}
