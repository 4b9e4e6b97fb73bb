import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { REPORT_CODES, type Report } from '../../../src/clearing/report.ts';
import { REPORTS } from '../../../src/clearing/reports/catalogue.ts';
import { NOT_HKEX } from '../../../src/clearing/reports/shipped-layout.ts';
import { CABC, CXYZ, market } from '../support/market.ts';
import { busyDay, endOf, reportsOf } from './busy-day.ts';

/** What users of the report server get, to be read: GOLDEN=update writes the files anew. */
const GOLDEN = join(import.meta.dirname, 'golden');

const closing = endOf(busyDay());
const quiet = market({}, '18:45');
const REPORTS_READ: Readonly<Record<string, readonly Report[]>> = {
  'intra-day': reportsOf(busyDay(), CABC, 'intra-day').filter(({ code }) => REPORTS[code].made.includes('intra-day')),
  'day-end': reportsOf(closing, CABC, 'day-end'),
  'day-end-of-cxyz': reportsOf(closing, CXYZ, 'day-end').filter((each) => each.participant !== undefined),
  'quiet-day': reportsOf(quiet, CABC, 'after-cutoff'),
  'rolled-without': rolledWithout(),
};

function rolledWithout(): readonly Report[] {
  const place = market();
  place.endDay();
  const [report] = place.startNoReports(place.businessDate());
  if (!report) throw new Error('nobody is told');
  return [report];
}

const FILES = new Map(
  Object.entries(REPORTS_READ).flatMap(([when, reports]) =>
    reports.map(
      (report) =>
        [`${when}.${report.code}.txt`, `${report.fileName}\n\n${report.text.replaceAll('\r\n', '\n')}`] as const,
    ),
  ),
);

if (process.env['GOLDEN'] === 'update') {
  mkdirSync(GOLDEN, { recursive: true });
  for (const [name, text] of FILES) writeFileSync(join(GOLDEN, name), text);
}

test.each([...FILES])('%s is as it was read', (name, text) => {
  expect(text).toBe(readFileSync(join(GOLDEN, name), 'utf8'));
});

test('no golden file is left over', () => {
  expect(readdirSync(GOLDEN).toSorted()).toEqual([...FILES.keys()].toSorted());
});

test('every report of the catalogue is in the golden set, and has rows somewhere in it', () => {
  const all = Object.values(REPORTS_READ).flat();
  const withRows = new Set(all.filter(({ text }) => !/^(# )?no rows/m.test(text)).map(({ code }) => code));
  expect(REPORT_CODES.filter((code) => !withRows.has(code))).toEqual([]);
  expect(all.filter(({ unfit }) => unfit > 0)).toEqual([]);
});

describe('whatever is shipped', () => {
  test.each(Object.values(REPORTS_READ).flat())('$fileName is ASCII, and its lines end with CR LF', ({ text }) => {
    expect(text).toMatch(/^([ -~]*\r\n)+$/);
  });

  test.each(Object.values(REPORTS_READ).flat())(
    '$code says in its first line that the layout is not HKEX’s',
    ({ text }) => {
      expect(text.split('\r\n')[0]).toContain(NOT_HKEX);
    },
  );
});

test('the same day made a second time gives the same bytes, for every report and participant', () => {
  const make = (): readonly Report[] => {
    const place = busyDay();
    const cutoff = [CABC, CXYZ].flatMap((code) => reportsOf(place, code, 'after-cutoff'));
    endOf(place);
    return [...cutoff, ...[CABC, CXYZ].flatMap((code) => reportsOf(place, code, 'day-end'))];
  };
  const reports = make();
  expect(reports.length).toBeGreaterThan(50);
  expect(make()).toEqual(reports);
});
