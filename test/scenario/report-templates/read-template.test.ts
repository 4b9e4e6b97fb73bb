import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeReport } from '../../../src/clearing/make-report.ts';
import { initialState } from '../../../src/clearing/initial-state.ts';
import { REPORT_CODES } from '../../../src/clearing/report.ts';
import { REPORTS } from '../../../src/clearing/reports/catalogue.ts';
import { DEFAULT_REPORTING, type ReportTemplate } from '../../../src/clearing/reports/template.ts';
import { readTemplate } from '../../../src/scenario/report-templates/read-template.ts';
import { templateText } from '../../../src/scenario/report-templates/template-text.ts';
import { at, deal, world } from '../../support/world.ts';
import { CABC } from '../../clearing/support/market.ts';

const GOOD = `format: dcass-report-template/1
report: trades
fileName: "TR_{participant}_{businessDate:yymmdd}.lis"
layout: fixed
header: ["HDR{time:yyyymmdd HHMMSS}"]
columns:
  - { field: trade, width: 8, fill: "0" }
  - { field: side, width: 1, values: { buy: "B", sell: "S" } }
  - { field: price, width: 10, decimals: 4, point: implied }
  - { field: created, width: 8, format: "HH:MM:SS" }
totals: { label: "", fields: [trade] }
trailer: ["TRL{rows:0000}"]
`;

/** `line:column: message` of everything that is wrong. */
function troubles(text: string): readonly string[] {
  const read = readTemplate(text, 'trades.yaml');
  return read.ok ? [] : read.problems.map(({ line, column, message }) => `${line}:${column}: ${message}`);
}

function template(text: string): ReportTemplate {
  const read = readTemplate(text, 'trades.yaml');
  if (!read.ok) throw new Error(read.problems.map((each) => each.message).join('\n'));
  return read.template;
}

const state = initialState(world({ deals: [deal()] }));
const made = (of: ReportTemplate) =>
  makeReport(
    { ...state, reporting: { ...DEFAULT_REPORTING, templates: { [of.report]: of } } },
    { code: of.report, participant: CABC },
    at('10:00'),
  );

test('a template takes the place of our layout, from the name of the file to its last line', () => {
  const { fileName, text } = made(template(GOOD));
  expect(fileName).toBe('TR_CABC_190506.lis');
  expect(text.split('\r\n')).toEqual([
    'HDR20190505 100000',
    '00000001B 29500000009:00:00',
    '00000001                   ',
    'TRL0001',
    '',
  ]);
});

test('and of that report alone', () => {
  const reporting = { ...DEFAULT_REPORTING, templates: { trades: template(GOOD) } };
  const other = makeReport({ ...state, reporting }, { code: 'positions', participant: CABC }, at('10:00'));
  expect(other.text).toBe(makeReport(state, { code: 'positions', participant: CABC }, at('10:00')).text);
});

test.each(REPORT_CODES)('the layout of %s that is exported is read back as it was', (code) => {
  const text = templateText(REPORTS[code].template, REPORTS[code]);
  expect(template(text)).toEqual(REPORTS[code].template);
  expect(text).toContain("not HKEX's");
});

describe('a mistake is told with its line and column, and what to write', () => {
  const change = (from: string | RegExp, to: string): string => {
    expect(GOOD).toMatch(from);
    return GOOD.replace(from, to);
  };
  test.each<[string, string, string]>([
    ['bad YAML', change('[trade] }', '[trade'), '12:1: this line is indented differently from its neighbours'],
    ['an unknown key', change('layout:', 'layuot:'), '4:1: unknown key "layuot"; write "layout"'],
    ['an unknown report', change('report: trades', 'report: trade'), '2:9: found "trade"; write trades (allowed: '],
    [
      'an unknown layout',
      change('layout: fixed', 'layout: fixd'),
      '4:9: found "fixd"; write fixed (allowed: csv, fixed, text)',
    ],
    [
      'another format',
      change('template/1', 'template/2'),
      '1:9: found "dcass-report-template/2"; write dcass-report-template/1',
    ],
    ['an unknown field', change('field: trade,', 'field: trad,'), '7:14: there is no field "trad"; write "trade"'],
    [
      'a field that is not there at all',
      change('field: trade,', 'field: colour,'),
      '7:14: there is no field "colour"; write one of: trade, deal',
    ],
    ['a width that is missing', change(', width: 1,', ','), '8:5: a column of the fixed layout needs its width'],
    [
      'a width that is no number',
      change('width: 1,', 'width: wide,'),
      '8:27: found "wide"; write characters: a whole number from 1 to 1000',
    ],
    [
      'two things in a column',
      change('{ field: side,', '{ field: side, text: "S",'),
      '8:5: this column has a field and a text; keep one of the two',
    ],
    ['nothing in a column', change('field: side, ', ''), '8:5: nothing says what stands in this column'],
    [
      'a text that is wider than its column',
      change('field: side, width: 1, values: { buy: "B", sell: "S" }', 'text: "EOT", width: 2'),
      '8:13: the text has 3 characters, and the column 2',
    ],
    [
      'an unknown placeholder',
      change('{rows:0000}', '{row:0000}'),
      '12:11: there is no placeholder in this line: "row"; write "rows"',
    ],
    [
      'a placeholder that has no value there',
      change('_{businessDate:yymmdd}', '_{rows}'),
      '3:11: there is no placeholder in file names: "rows"; write one of: report, made',
    ],
    [
      'a page where there are none',
      change('TRL{rows', 'TRL{page'),
      '12:11: there is no placeholder in this line: "page"; write',
    ],
    [
      'a brace alone',
      change('TRL{rows:0000}', 'TRL{rows'),
      '12:11: a brace stands alone; write {name}, or {{ for a brace',
    ],
    ['a placeholder that cannot be read', change('{rows:0000}', '{rows,x}'), '12:11: {rows,x} cannot be read'],
    [
      'a format of a number',
      change('{rows:0000}', '{rows:yy}'),
      '12:11: {rows:yy}: a number is filled up with noughts',
    ],
    [
      'a format of a time',
      change('"HH:MM:SS"', '"hh:mm"'),
      '10:41: found "hh:mm"; a time is printed with yyyy, yy, mmm',
    ],
    [
      'a format where there is none',
      change('width: 8, fill: "0"', 'width: 8, format: "yyyy"'),
      '7:39: trade is a number, which has no format; remove it',
    ],
    [
      'decimals of a text',
      change('width: 1,', 'width: 1, decimals: 2,'),
      '8:40: side is a text, which has no decimals; remove it',
    ],
    [
      'two characters to fill',
      change('fill: "0"', 'fill: "00"'),
      '7:37: found "00"; write one plain (ASCII) character',
    ],
    [
      'letters beyond ASCII',
      change('TRL', 'Schluß'),
      '12:11: found "Schluß{rows:0000}"; write a line of plain (ASCII) characters',
    ],
    ['a slash in the name of the file', change('TR_', '../'), '3:11: "/" cannot stand in a file name'],
    [
      'a full time in the name of the file',
      change('{businessDate:yymmdd}', '{time}'),
      '3:11: a full time has colons and cannot stand in a file name',
    ],
    [
      'a sum of a text',
      change('fields: [trade]', 'fields: [side]'),
      '11:31: there is no field that can be added up "side"; write one of: ',
    ],
    ['a sum in no column', change('fields: [trade]', 'fields: [quantity]'), '11:31: quantity is in no column'],
    [
      'a label where a sum is',
      change('label: ""', 'label: "Sum"'),
      '11:18: the label stands in the first column, which has a sum here',
    ],
    ['pages of a layout without', `${GOOD}page: { length: 60 }\n`, '13:7: only the text layout has pages'],
    [
      'a page without room',
      `${GOOD.replace('fixed', 'text')}titles: false\npage: { length: 3, heading: ["a", "b"] }\n`,
      '14:17: header, heading, titles and footing take 3 lines; write a length of at least 4',
    ],
    [
      'a title that is wider than its column',
      `${GOOD}titles: true\n`,
      '8:5: the title "Side" has 4 characters, and the column 1',
    ],
    [
      'two columns of one title',
      change('{ field: side, width: 1,', '{ field: side, width: 9, title: "Trade",') + 'titles: true\n',
      '8:37: column 1 has the title "Trade" already',
    ],
    [
      'a separator that CSV does not know',
      change('layout: fixed', 'layout: csv\nseparator: "##"'),
      '5:12: a CSV file is separated by one of , ; | or a tab',
    ],
    ['a width in a CSV file', change('layout: fixed', 'layout: csv'), '7:28: CSV cells have no width; remove it'],
    ['a list instead of a template', '- trades\n', '1:1: this is no report template'],
    ['an empty file', '', '1:1: this is no report template'],
  ])('%s', (_what, text, message) => {
    expect(troubles(text)).toContainEqual(expect.stringContaining(message));
  });

  test('a common report has no participant in its lines', () => {
    const text = templateText(REPORTS.rpf.template, REPORTS.rpf).replace('# rows: {rows}', '{participant}');
    expect(troubles(text)).toEqual([expect.stringContaining('there is no placeholder in this line: "participant"')]);
  });
});

// Goal: a template that is taken can be printed. Method: spoil the shipped ones at random places; either something is
// refused, or the report is made.
test('whatever a template says, it is refused or it prints', () => {
  const texts = REPORT_CODES.map((code) => templateText(REPORTS[code].template, REPORTS[code]));
  const spoilt = fc.record({
    text: fc.constantFrom(GOOD, ...texts),
    place: fc.nat(),
    length: fc.nat(12),
    put: fc.oneof(
      fc.string({ maxLength: 4 }),
      fc.constantFrom(
        '{rows}',
        '{page}',
        '{total.quantity}',
        '{time:HH}',
        '"',
        '\n',
        '0',
        ': ',
        'csv',
        'text',
        'width: 3',
        '{{',
      ),
    ),
  });
  let printed = 0;
  fc.assert(
    fc.property(spoilt, ({ text, place, length, put }) => {
      const from = place % text.length;
      const read = readTemplate(text.slice(0, from) + put + text.slice(from + length), 'spoilt.yaml');
      if (!read.ok) {
        expect(read.problems.length).toBeGreaterThan(0);
        return;
      }
      printed += 1;
      const { scope } = REPORTS[read.template.report];
      const reporting = { ...DEFAULT_REPORTING, templates: { [read.template.report]: read.template } };
      const participant = scope === 'common' ? undefined : CABC;
      const report = makeReport({ ...state, reporting }, { code: read.template.report, participant }, at('10:00'));
      expect(report.fileName).toMatch(/^[\w.-]+$/);
      expect(report.text).toMatch(/^[ -~\t\r\n\f]*$/);
    }),
    { numRuns: 300 },
  );
  expect(printed).toBeGreaterThan(20);
});
