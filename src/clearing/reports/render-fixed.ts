import type { Cell, Unfit } from './cell.ts';
import { filledUp, marked } from './placeholders.ts';
import type { LineMaker, RowKind } from './render.ts';
import type { ReportTemplate } from './template.ts';

/** Every cell as wide as its column. What does not fit is marked, unless the column says that it is cut off. */
export function fixedLine({ separator, layout }: ReportTemplate): LineMaker {
  return (texts, cells, kind, unfit) => {
    const line = cells.map((cell, i) => fitted(texts[i] ?? '', cell, kind, unfit)).join(separator);
    // Blanks at the end of a line are part of a record, and nothing on a page.
    return layout === 'text' ? line.trimEnd() : line;
  };
}

function fitted(text: string, { column, alignRight }: Cell, kind: RowKind, unfit: Unfit): string {
  const { width = text.length } = column;
  if (text.length > width) return column.overflow === 'cut' ? text.slice(0, width) : marked(width, unfit);
  const fill = kind === 'row' || (kind === 'totals' && text !== '') ? (column.fill ?? ' ') : ' ';
  return alignRight ? filledUp(text, width, fill) : text.padEnd(width, fill);
}
