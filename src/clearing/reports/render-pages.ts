import type { Unfit } from './cell.ts';
import { linePrinter, type LineValues } from './placeholders.ts';
import type { TemplatePage } from './template.ts';

const FORM_FEED = '\f';

/** Lines that a page has room for, its heading, titles and footing being on it; the first one also has the header. */
export function linesOnPage(page: TemplatePage, titles: number): number {
  return page.length - page.heading.length - titles - page.footing.length;
}

/** Breaks the lines into pages. A page with a footing is filled up, so that the footing stands at its bottom. */
export function inPages(of: {
  readonly page: TemplatePage;
  readonly header: readonly string[];
  readonly titles: readonly string[];
  readonly body: readonly string[];
  readonly values: LineValues;
  readonly unfit: Unfit;
}): readonly string[] {
  const { page, header, titles, body, values, unfit } = of;
  const room = linesOnPage(page, titles.length);
  if (room - header.length < 1) throw new Error('a page of this template has no room for a row');
  const first = room - header.length;
  const pages = 1 + Math.max(0, Math.ceil((body.length - first) / room));
  const headings = page.heading.map((line) => linePrinter(line, unfit));
  const footings = page.footing.map((line) => linePrinter(line, unfit));
  const lines: string[] = [];
  let next = 0;
  for (let number = 1; number <= pages; number++) {
    const values_ = { ...values, page: number, pages };
    const onPage = number === 1 ? header : [];
    const above = [...onPage, ...headings.map((print) => print(values_)), ...titles];
    const count = number === 1 ? first : room;
    const rows = body.slice(next, next + count);
    next += count;
    if (number > 1 && page.formFeed) above[0] = FORM_FEED + (above[0] ?? '');
    lines.push(...above, ...rows);
    if (page.footing.length === 0) continue;
    lines.push(...Array.from({ length: count - rows.length }, () => ''), ...footings.map((print) => print(values_)));
  }
  return lines;
}
