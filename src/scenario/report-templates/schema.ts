import * as z from 'zod/mini';
import { REPORT_CODES } from '../../clearing/report.ts';
import { TEMPLATE_FORMAT } from '../../clearing/reports/template.ts';
import * as l from '../leaf.ts';

/** Printable ASCII: report files are ASCII. */
const asciiLine = l.leaf(z.string().check(z.regex(/^[ -~]{0,2000}$/)), {
  expects: 'a line of plain (ASCII) characters in quotes, for example "{report} of {participant}"',
});
const yesOrNo = l.leaf(z.boolean(), { expects: 'true or false, without quotes' });

const column = l.group(
  {
    field: z.optional(l.leaf(z.string(), { expects: 'a field of the report, for example quantity' })),
    text: z.optional(asciiLine),
    title: z.optional(asciiLine),
    width: z.optional(l.integer(1, 1000, 'characters')),
    align: z.optional(l.oneOf(['left', 'right'])),
    fill: z.optional(
      l.leaf(z.string().check(z.regex(/^[ -~]$/)), {
        expects: 'one plain (ASCII) character in quotes, for example "0"',
      }),
    ),
    overflow: z.optional(l.oneOf(['mark', 'cut'])),
    format: z.optional(l.leaf(z.string(), { expects: 'a format in quotes, for example "yyyymmdd" or "HH:MM:SS"' })),
    decimals: z.optional(l.integer(0, 10, 'decimals')),
    point: z.optional(l.oneOf(['shown', 'implied'])),
    values: z.optional(
      l.leaf(z.record(z.string(), asciiLine), { expects: 'words for values: { buy: "B", sell: "S" }' }),
    ),
    empty: z.optional(asciiLine),
  },
  'a column: { field: quantity, width: 10 } or { text: "EOT", width: 3 }',
);

/** A whole template file, before any field or placeholder in it is looked up. */
export const templateFile = l.group(
  {
    format: l.leaf(z.literal(TEMPLATE_FORMAT), { expects: TEMPLATE_FORMAT }),
    report: l.oneOf(REPORT_CODES),
    fileName: asciiLine,
    layout: l.oneOf(['csv', 'fixed', 'text']),
    lineEnd: z.optional(l.oneOf(['crlf', 'lf'])),
    header: z.optional(l.listOf(asciiLine, 'lines')),
    titles: z.optional(yesOrNo),
    separator: z.optional(
      l.leaf(z.string().check(z.regex(/^[ -~\t]{0,10}$/)), {
        expects: 'what stands between two cells, for example ","',
      }),
    ),
    quotes: z.optional(l.oneOf(['needed', 'always'])),
    formulas: z.optional(l.oneOf(['plain', 'keep'])),
    columns: l.listOf(column, 'columns: [{ field: quantity, width: 10 }]'),
    empty: z.optional(l.listOf(asciiLine, 'lines')),
    totals: z.optional(
      l.group(
        { label: z.optional(asciiLine), fields: l.someOf(z.string(), 'fields: [quantity]') },
        'a row of sums: { label: "Total", fields: [quantity] }',
      ),
    ),
    trailer: z.optional(l.listOf(asciiLine, 'lines')),
    page: z.optional(
      l.group(
        {
          length: l.integer(3, 10_000, 'lines of a page'),
          heading: z.optional(l.listOf(asciiLine, 'lines')),
          footing: z.optional(l.listOf(asciiLine, 'lines')),
          formFeed: z.optional(yesOrNo),
        },
        'pages: { length: 60, heading: ["page {page} of {pages}"] }',
      ),
    ),
  },
  'a report template: format, report, fileName, layout, columns',
);

export type TemplateFile = z.infer<typeof templateFile>;
