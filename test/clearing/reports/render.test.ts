import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ReportDefinition, ReportMoment } from '../../../src/clearing/reports/definition.ts';
import { renderReport } from '../../../src/clearing/reports/render.ts';
import type { ReportTemplate } from '../../../src/clearing/reports/template.ts';
import { initialState } from '../../../src/clearing/initial-state.ts';
import type { CalendarDate, Instant } from '../../../src/time/instant.ts';
import { at, world } from '../../support/world.ts';
import { CABC, MONDAY } from '../support/market.ts';

interface Row {
  readonly name: string;
  readonly count?: number;
  readonly price?: string;
  readonly cents?: number;
  readonly day?: CalendarDate;
  readonly when?: Instant;
}

const DEFINITION: ReportDefinition<Row> = {
  code: 'trades',
  name: 'Trades',
  clearingHouse: 'both',
  scope: 'participant',
  made: ['intra-day'],
  contents: '',
  fields: [
    { name: 'name', title: 'Name', kind: 'text', docs: '', value: (row) => row.name },
    { name: 'count', title: 'Count', kind: 'number', docs: '', value: (row) => row.count },
    { name: 'price', title: 'Price', kind: 'price', docs: '', value: (row) => row.price },
    { name: 'amount', title: 'Amount', kind: 'amount', docs: '', value: (row) => row.cents },
    { name: 'day', title: 'Day', kind: 'date', docs: '', value: (row) => row.day },
    { name: 'when', title: 'When', kind: 'time', docs: '', value: (row) => row.when },
  ],
  rows: () => [],
  template: undefined as never,
};

const FIXED: ReportTemplate = {
  format: 'dcass-report-template/1',
  report: 'trades',
  fileName: '{report}-{participant}-{businessDate:yymmdd}-{time:HHMM}.lis',
  layout: 'fixed',
  lineEnd: 'lf',
  header: [],
  titles: false,
  separator: '',
  quotes: 'needed',
  formulas: 'plain',
  columns: [],
  empty: [],
  totals: undefined,
  trailer: [],
  page: undefined,
};

const state = initialState(world());

function render(template: Partial<ReportTemplate>, ...rows: Row[]) {
  const moment: ReportMoment = {
    state,
    participant: CABC,
    businessDate: MONDAY,
    made: 'intra-day',
    now: at('09:05'),
  };
  return renderReport({ ...DEFINITION, rows: () => rows }, { ...FIXED, ...template }, moment);
}

const lines = (text: string): readonly string[] => text.split('\n').slice(0, -1);

describe('a column of a fixed layout', () => {
  test.each<[string, ReportTemplate['columns'][number], Row, string]>([
    ['pads a text at its right', { field: 'name', width: 5 }, { name: 'ab' }, 'ab   '],
    ['pads a number at its left', { field: 'count', width: 5 }, { name: '', count: 42 }, '   42'],
    ['fills a number up with noughts', { field: 'count', width: 5, fill: '0' }, { name: '', count: 42 }, '00042'],
    ['puts noughts behind a minus', { field: 'amount', width: 8, fill: '0' }, { name: '', cents: -450 }, '-0004.50'],
    ['aligns as it is told', { field: 'count', width: 4, align: 'left', fill: '.' }, { name: '', count: 7 }, '7...'],
    ['is blank where a row has no value', { field: 'count', width: 3 }, { name: '' }, '   '],
    ['has the noughts of an empty number', { field: 'count', width: 3, fill: '0' }, { name: '' }, '000'],
    ['has its own word for nothing', { field: 'price', width: 4, empty: 'n/a' }, { name: '' }, ' n/a'],
    ['translates values', { field: 'name', width: 1, values: { buy: 'B' } }, { name: 'buy' }, 'B'],
    ['leaves other values as they are', { field: 'name', width: 4, values: { buy: 'B' } }, { name: 'sell' }, 'sell'],
    ['repeats a text', { text: 'X9', width: 3 }, { name: 'ab' }, 'X9 '],
    ['shows more decimals', { field: 'price', width: 8, decimals: 4 }, { name: '', price: '6.05' }, '  6.0500'],
    ['leaves noughts out', { field: 'price', width: 6, decimals: 1 }, { name: '', price: '6.50' }, '   6.5'],
    [
      'implies the point',
      { field: 'price', width: 6, fill: '0', point: 'implied' },
      { name: '', price: '6.05' },
      '000605',
    ],
    [
      'implies decimals',
      { field: 'price', width: 6, decimals: 3, point: 'implied' },
      { name: '', price: '7' },
      '  7000',
    ],
    ['shows no decimals', { field: 'amount', width: 6, decimals: 0 }, { name: '', cents: 1200 }, '    12'],
    [
      'prints a day',
      { field: 'day', width: 9, format: 'dd-mmm-yy' },
      { name: '', day: '2019-05-06' as CalendarDate },
      '06-MAY-19',
    ],
    [
      'prints a time',
      { field: 'when', width: 13, format: 'yymmdd HHMMSS' },
      { name: '', when: at('16:07') },
      '190505 160700',
    ],
  ])('%s', (_what, column, row, printed) => {
    expect(render({ columns: [column] }, row)).toMatchObject({ text: `${printed}\n`, unfit: 0 });
  });

  test.each<[string, ReportTemplate['columns'][number], Row, string]>([
    ['a text that is too long', { field: 'name', width: 4 }, { name: 'HSIK9' }, '####'],
    ['a number that is too long', { field: 'count', width: 3 }, { name: '', count: 1000 }, '###'],
    ['a decimal that has no place', { field: 'price', width: 6, decimals: 1 }, { name: '', price: '6.05' }, '######'],
    ['a decimal in a column without a width', { field: 'price', decimals: 1 }, { name: '', price: '6.05' }, '####'],
  ])('marks %s and counts it', (_what, column, row, printed) => {
    expect(render({ columns: [column] }, row)).toMatchObject({ text: `${printed}\n`, unfit: 1 });
  });

  test('cuts off what does not fit only where it says so', () => {
    const { text, unfit } = render({ columns: [{ field: 'name', width: 4, overflow: 'cut' }] }, { name: 'HSIK9' });
    expect([text, unfit]).toEqual(['HSIK\n', 0]);
  });
});

test('lines before and after the rows have the moment, the count and the sums in them', () => {
  const { text, fileName } = render(
    {
      header: ['{{{report}}} {title} {made} {participant,6}|{participant,-6}|{participantName} {businessDate} {time}'],
      columns: [{ field: 'count', width: 4 }],
      totals: { label: '', fields: ['count'] },
      trailer: ['T{rows:0000}{total.count,6}{total.amount:0000000}'],
    },
    { name: 'a', count: 3, cents: 150 },
    { name: 'b', count: 4, cents: -1000 },
  );
  expect(lines(text)).toEqual([
    '{trades} Trades intra-day   CABC|CABC  |CABC Clearing Limited 2019-05-06 2019-05-05T09:05:00.000+08:00',
    '   3',
    '   4',
    '   7',
    'T0002     7-008.50',
  ]);
  expect(fileName).toBe('trades-CABC-190506-0905.lis');
});

test('a value that a placeholder has no room for is marked and counted', () => {
  expect(
    render({ trailer: ['{participant,3}|{rows:0}'] }, ...Array.from({ length: 10 }, () => ({ name: '' }))),
  ).toMatchObject({
    text: expect.stringContaining('###|#\n') as string,
    unfit: 2,
  });
});

test('a text layout is broken into pages with headings, titles and footings, and tells how many there are', () => {
  const { text } = render(
    {
      layout: 'text',
      separator: '  ',
      titles: true,
      header: ['FILE'],
      columns: [
        { field: 'name', width: 5 },
        { field: 'count', width: 5 },
      ],
      totals: { label: 'Sum', fields: ['count'] },
      trailer: ['END'],
      page: { length: 7, heading: ['TOP {page}/{pages}'], footing: ['{page,12}'], formFeed: true },
    },
    ...[1, 2, 3, 4].map((count) => ({ name: `r${count}`, count })),
  );
  expect(lines(text)).toEqual([
    'FILE',
    'TOP 1/3',
    'Name   Count',
    '-----  -----',
    'r1         1',
    'r2         2',
    '           1',
    '\fTOP 2/3',
    'Name   Count',
    '-----  -----',
    'r3         3',
    'r4         4',
    'Sum       10',
    '           2',
    '\fTOP 3/3',
    'Name   Count',
    '-----  -----',
    'END',
    '',
    '',
    '           3',
  ]);
});

test('a report without rows has the line that the template has for it, and no totals', () => {
  const template = { columns: [{ field: 'count', width: 9 }], totals: { label: '', fields: ['count'] } };
  expect(render({ ...template, empty: ['no rows of {participant}'] }).text).toBe('no rows of CABC\n');
});

// Any text that the state may hold: also what no screen lets in.
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.string({ unit: fc.constantFrom(...`,;"'=+-@# \r\n\tAé中\u2028`), maxLength: 20 }),
);
const anyRow = fc.record({ name: anyText, count: fc.integer() });
const asPrinted = (text: string): string => [...text].map((each) => (/^[ -~]$/.test(each) ? each : '?')).join('');

// Goal: no text breaks a CSV file. Method: read the file back with a reader of RFC 4180, and compare the cells.
test.each([',', ';', '|', '\t'])('any texts, separated by %j, are read back from a CSV file', (separator) => {
  fc.assert(
    fc.property(
      fc.array(anyRow, { maxLength: 8 }),
      fc.constantFrom('needed' as const, 'always' as const),
      (rows, quotes) => {
        const columns = [{ field: 'name' }, { field: 'count' }, { field: 'name', title: 'again' }];
        const { text } = render({ layout: 'csv', titles: true, separator, quotes, formulas: 'keep', columns }, ...rows);
        const cells = rows.map(({ name, count }) => [asPrinted(name), String(count), asPrinted(name)]);
        expect(readCsv(text, separator)).toEqual([['name', 'count', 'again'], ...cells]);
      },
    ),
    { numRuns: 100 },
  );
});

test('a text that a spreadsheet would run gets an apostrophe, a negative number not, and neither does either when it is kept', () => {
  const rows = ['=1+1', '+1', '-x', '@a', '-1.50'].map((name) => ({ name, count: -5 }));
  const columns = [{ field: 'name' }, { field: 'count' }];
  const render_ = (formulas: 'plain' | 'keep') =>
    lines(render({ layout: 'csv', separator: ',', formulas, columns }, ...rows).text);
  expect(render_('plain')).toEqual(["'=1+1,-5", "'+1,-5", "'-x,-5", "'@a,-5", '-1.50,-5']);
  expect(render_('keep')).toEqual(['=1+1,-5', '+1,-5', '-x,-5', '@a,-5', '-1.50,-5']);
});

// Goal: no text breaks a record. Method: every line has the length of the columns, and each column the text or its mark.
test('any texts leave a file of fixed widths in its columns', () => {
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 8 }), fc.integer({ min: 1, max: 20 }), (rows, width) => {
      const columns = [
        { field: 'count', width: 12 },
        { field: 'name', width },
        { text: '|', width: 1 },
      ];
      const { text, unfit } = render({ columns }, ...rows);
      const printed = lines(text).map((line) => [
        line.slice(0, 12).trim(),
        line.slice(12, 12 + width),
        line.slice(12 + width),
      ]);
      const long = (name: string): boolean => asPrinted(name).length > width;
      expect(printed).toEqual(
        rows.map(({ name, count }) => [
          String(count),
          long(name) ? '#'.repeat(width) : asPrinted(name).padEnd(width),
          '|',
        ]),
      );
      expect(unfit).toBe(rows.filter(({ name }) => long(name)).length);
    }),
    { numRuns: 200 },
  );
});

function readCsv(text: string, separator: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let cells: string[] = [];
  let place = 0;
  while (place < text.length) {
    let cell = '';
    if (text[place] === '"') {
      for (place += 1; text[place] !== '"' || text[place + 1] === '"'; place += 1) {
        cell += text[place];
        if (text[place] === '"') place += 1;
      }
      place += 1;
    } else {
      for (; text[place] !== separator && text[place] !== '\n'; place += 1) cell += text[place];
    }
    cells.push(cell);
    if (text[place] === '\n') {
      rows.push(cells);
      cells = [];
    } else if (text[place] !== separator) throw new Error(`neither a separator nor an end at ${place}`);
    place += 1;
  }
  return rows;
}
