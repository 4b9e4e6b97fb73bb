import { expect, test } from 'vitest';
import { makeReport } from '../../../src/clearing/make-report.ts';
import type { ClearingEvent } from '../../../src/clearing/event.ts';
import { initialState } from '../../../src/clearing/initial-state.ts';
import { restoreState, takeSnapshot } from '../../../src/clearing/snapshot.ts';
import { REPORT_CODES } from '../../../src/clearing/report.ts';
import { REPORTS } from '../../../src/clearing/reports/catalogue.ts';
import { DEFAULT_REPORTING, type ReportTemplate } from '../../../src/clearing/reports/template.ts';
import { on } from '../support/business-day.ts';
import { CABC, CFUT, CXYZ, HSIK9, market, MONDAY, TUESDAY } from '../support/market.ts';
import { at, deal, world } from '../../support/world.ts';
import { busyDay } from './busy-day.ts';

/** The accounts, in a file of the same name for every participant and every minute. */
const SAME_NAME: ReportTemplate = { ...REPORTS.accounts.template, fileName: 'ACCOUNTS.csv' };
const reporting = { ...DEFAULT_REPORTING, templates: { accounts: SAME_NAME } };

test('two participants may have files of one name, and one that is published twice is complete twice', () => {
  const place = market({ reporting });
  const started = [...place.startReports('accounts', [CABC, CXYZ]), ...place.startReports('accounts', [CXYZ])];
  const complete = () =>
    [CABC, CXYZ].map((code) => place.reports(code).map((report) => report.completedAt !== undefined));
  expect(complete()).toEqual([[false], [false, false]]);
  // The second participant's first.
  for (const [i, seen] of [
    [[false], [true, false]],
    [[true], [true, false]],
    [[true], [true, true]],
  ].entries()) {
    const report = [started[1], started[0], started[2]][i];
    if (report) place.completeReport(report);
    expect(complete()).toEqual(seen);
  }
});

test('a report of one clearing house goes to its participants only, a common one goes out once', () => {
  const place = market();
  const own = (code: 'exercised-option-trades' | 'trades' | 'rpf') =>
    place.startReports(code, [CABC, CFUT]).map(({ participant }) => participant);
  expect(own('exercised-option-trades')).toEqual([CABC]);
  expect(own('trades')).toEqual([CABC, CFUT]);
  expect(own('rpf')).toEqual([undefined]);
});

test('what a report is, intra-day, after the cutoff or of the day end, follows from the clock and the day end', () => {
  const place = market();
  const made = (code: 'trades' | 'deliveries' = 'trades') => place.startReports(code, [CABC])[0]?.made;
  expect(made()).toBe('intra-day');
  expect(made('deliveries')).toBe('day-end');
  place.clock.now = on(MONDAY, '18:44');
  expect(made()).toBe('intra-day');
  place.clock.now = on(MONDAY, '18:45');
  expect(made()).toBe('after-cutoff');
  place.endDay();
  expect(made()).toBe('day-end');
});

test('trades and positions of the T+1 session are in an intra-day report, and not in one that closes the business date', () => {
  const place = market();
  place.match({ series: HSIK9, quantity: 5, clearingDate: TUESDAY });
  const rows = (code: 'trades' | 'positions', made: 'intra-day' | 'after-cutoff' | 'day-end') =>
    place.startReports(code, [CABC], made)[0]?.text.split('\r\n').slice(2, -1);
  for (const code of ['trades', 'positions'] as const) {
    expect(rows(code, 'intra-day')).toEqual([expect.stringContaining('HSIK9')]);
    expect(rows(code, 'after-cutoff')).toEqual(['# no rows']);
    expect(rows(code, 'day-end')).toEqual(['# no rows']);
  }
});

test('only who got nothing of a business date is told that there are no reports', () => {
  const place = market();
  place.startReports('trades', [CABC]);
  place.startReports('rpi', []);
  const told = place.startNoReports(MONDAY);
  expect(told.map(({ participant, code }) => [participant, code])).toEqual(
    ['CXYZ', 'CTHD', 'CFUT'].map((code) => [code, 'no-reports']),
  );
  expect(place.startNoReports(MONDAY)).toEqual([]);
});

test('a restored snapshot makes the same reports, with the templates of the user', () => {
  const templates = Object.fromEntries(
    Object.values(REPORTS).map(({ code, template }) => [code, { ...template, lineEnd: 'lf' as const }]),
  );
  const own = { largeOpenPositions: 7, templates: { ...templates, ...reporting.templates } };
  const state = initialState(world({ deals: [deal()], reporting: own }));
  const restored = restoreState(JSON.parse(JSON.stringify(takeSnapshot(state))));
  expect(restored.reporting).toEqual(own);
  for (const code of REPORT_CODES) {
    const participant = REPORTS[code].scope === 'common' ? undefined : CABC;
    expect(makeReport(restored, { code, participant }, at('10:00'))).toEqual(
      makeReport(state, { code, participant }, at('10:00')),
    );
  }
  expect(makeReport(restored, { code: 'accounts', participant: CABC }, at('10:00')).fileName).toBe('ACCOUNTS.csv');
});

test('every column of our own layouts fits a busy day, and no title is wider than its column', () => {
  for (const definition of Object.values(REPORTS)) {
    const { template, fields } = definition;
    for (const { field, title, width } of template.columns) {
      const found = fields.find(({ name }) => name === field);
      if (template.titles && width !== undefined)
        expect((title ?? found?.title ?? '').length).toBeLessThanOrEqual(width);
    }
  }
  const place = busyDay();
  const all = REPORT_CODES.flatMap((code) => place.startReports(code, [CABC, CXYZ], 'day-end'));
  expect(all.filter(({ unfit }) => unfit > 0)).toEqual([]);
});

test('what a listener makes happen is told to all after what it heard, in the order in which it happened', () => {
  const place = market();
  const heard: string[] = [];
  using _first = place.onEvent(({ type }) => {
    heard.push(`first ${type}`);
    if (type === 'message-sent') place.startReports('rpi', []);
  });
  using _second = place.onEvent(({ type }: ClearingEvent) => void heard.push(`second ${type}`));
  place.sendMessage(undefined, 'Margin call');
  expect(heard).toEqual(['first message-sent', 'second message-sent', 'first report-started', 'second report-started']);
});
