import { Place } from '../clearing/histories/place.ts';
import type { Instant } from '../../src/time/instant.ts';
import { describe, expect, test } from 'vitest';
import type { CustomerCode } from '../../src/clearing/participant.ts';
import { dayUntil } from '../../src/sample-day.ts';
import { toIso } from '../../src/time/instant.ts';
import { dayText, load, troubles } from './support/day.ts';

const MONDAY = '{ date: "2019-05-06", start: "06:30" }';

const day = (schedule: string, timeline = '  []', of = MONDAY): string =>
  dayText({ day: of, world: `  reports: { schedule: ${schedule} }`, timeline });

/** `09:00 rpi` for each report that CABC sees, in the order of publication. */
async function published(text: string, until: string): Promise<readonly string[]> {
  const core = await dayUntil(load(text), until);
  return core
    .reports('CABC' as CustomerCode)
    .map(
      (report) =>
        `${toIso(report.startedAt).slice(5, 16)} ${report.made} ${report.code} of ${report.businessDate.slice(5)}`,
    );
}

const NIGHT = '  - { at: "23:30", do: day.end }\n  - { at: "+1d 02:00", do: day.roll }';

test('the standard schedule publishes the margin files at their times, the others at the cutoff and after the day end', async () => {
  const all = await published(day('standard', NIGHT), '+1d 08:00');
  expect(all.filter((each) => / rp[ipf] /.test(each))).toEqual([
    '05-06T09:00 intra-day rpi of 05-06',
    '05-06T13:00 intra-day rpi of 05-06',
    '05-06T18:30 after-cutoff rpp of 05-06',
    '05-07T00:00 day-end rpf of 05-06',
  ]);
  const at = (time: string) => all.filter((each) => each.startsWith(time)).map((each) => each.split(' ')[2]);
  expect(at('05-06T18:45')).toEqual(
    expect.arrayContaining(['trades', 'positions', 'give-ups', 'large-open-positions', 'daily-summary']),
  );
  expect(at('05-06T18:45')).not.toContain('deliveries');
  expect(at('05-06T23:30')).toEqual(
    expect.arrayContaining(['trades', 'positions', 'deliveries', 'exercised-option-trades']),
  );
  expect(new Set(all.map((each) => each.slice(0, 11)))).toEqual(
    new Set(['05-06T09:00', '05-06T13:00', '05-06T18:30', '05-06T18:45', '05-06T23:30', '05-07T00:00']),
  );
});

test('a schedule of one’s own is published on the day and on each business day after it, not on others', async () => {
  const friday = day('[{ at: "10:00", reports: [trades] }]', '  []', '{ date: "2019-05-10", start: "06:30" }');
  // Monday 13 May is a holiday.
  expect(await published(friday, '+5d 12:00')).toEqual([
    '05-10T10:00 intra-day trades of 05-10',
    '05-14T10:00 after-cutoff trades of 05-10',
    '05-15T10:00 after-cutoff trades of 05-10',
  ]);
  const sunday = day(
    '[{ at: "10:00", reports: [trades] }]',
    '  []',
    '{ date: "2019-05-05", start: "06:30", end: "13:00" }',
  );
  expect(await published(sunday, '+3d 12:00')).toEqual(['05-05T10:00 intra-day trades of 05-06']);
});

test('what was due before the day starts waits for the next business day', async () => {
  expect(await published(day('[{ at: "06:00", reports: [accounts] }]'), '+1d 12:00')).toEqual([
    '05-07T06:00 after-cutoff accounts of 05-06',
  ]);
});

test('a scenario without a schedule publishes nothing by itself', async () => {
  expect(await published(dayText({ day: MONDAY, timeline: NIGHT.split('\n')[0] ?? '' }), '+1d 12:00')).toEqual([]);
});

describe('when the business date rolls', () => {
  test('a participant to whom nothing was published is told that there are no reports', async () => {
    const only = '  - { at: "10:00", do: report.publish, with: { which: [trades], for: ["CXYZ"] } }\n';
    const core = await dayUntil(load(dayText({ day: MONDAY, timeline: only + NIGHT })), '+1d 08:00');
    // The published report and the day end are signalled; that there are none is not.
    expect(new Place(core.snapshot(), 0 as Instant).whole.signals.map(({ kind, number }) => [kind, number])).toEqual([
      ['reports', 1],
      ['day-end', 2],
    ]);
    const names = (code: string) => core.reports(code as CustomerCode).map(({ fileName }) => fileName);
    expect(names('CABC')).toEqual(['NOREPORTS_CABC_20190506_0200.txt']);
    expect(names('CXYZ')).toEqual(['TRADES_CXYZ_20190506_1000.csv']);
    const [report] = core.reports('CABC' as CustomerCode);
    expect(report).toMatchObject({ code: 'no-reports', businessDate: '2019-05-06', folderDate: '2019-05-07' });
    expect(report?.text).toContain('No reports were published to CABC for business date 2019-05-06.\r\n');
  });
});

describe('a schedule that cannot be kept is refused', () => {
  test.each([
    ['daily', '16:24: found "daily"; write standard, or a list of publications'],
    ['[{ reports: [trades] }]', '16:25: nothing says when this is published; write at: "18:45", or made: day-end'],
    ['[{ at: "10:00", reports: all }]', '16:49: all depends on the time of the day; write made:'],
    ['[{ at: "10:00", reports: [trade] }]', '16:50: found "trade"; write trades'],
    ['[{ at: "10:00", reports: [trades, no-reports] }]', '16:58: found "no-reports"; write one of'],
    ['[{ at: "10:00", reports: [] }]', '16:49: found an empty list []; write all, or a list of reports: trades'],
    [
      '[{ at: "10:00", reports: [deliveries], made: intra-day }]',
      '16:50: deliveries is not made intra-day but day-end; write another report',
    ],
    ['[{ at: "10am", reports: [trades] }]', '16:31: found "10am"; write a Hong Kong time in quotes'],
    [
      '[{ at: "10:00", reports: [trades], made: noon }]',
      '16:65: found "noon"; write one of: intra-day, after-cutoff, day-end',
    ],
    ['[{ when: "10:00", reports: [trades] }]', '16:27: unknown key "when"'],
  ])('%s', (schedule, message) => {
    expect(troubles(day(schedule))).toContainEqual(expect.stringContaining(message));
    expect(troubles(day(schedule)).every((each) => each.startsWith('16:'))).toBe(true);
  });
});
