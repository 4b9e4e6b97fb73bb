import * as z from 'zod/mini';
import { REPORT_MAKINGS } from '../clearing/report.ts';
import { PUBLISHABLE_CODES, reportsMade } from '../clearing/reports/catalogue.ts';
import { DEFAULT_REPORTING, type ReportingRules } from '../clearing/reports/template.ts';
import { parseDuration } from '../time/duration.ts';
import type { Checker } from './checker.ts';
import * as l from './leaf.ts';
import type { Place } from './problem.ts';
import { madeTrouble } from './report-codes.ts';
import { REPUBLISHED_NAMES, type Publication, type ReportSettings } from './scenario.ts';

const publication = l.group(
  {
    at: z.optional(l.time),
    reports: l.either(
      [z.literal('all'), l.someOf(l.oneOf(PUBLISHABLE_CODES), `reports: ${PUBLISHABLE_CODES.join(', ')}`)],
      `all, or a list of reports: ${PUBLISHABLE_CODES.join(', ')}`,
    ),
    made: z.optional(l.oneOf(REPORT_MAKINGS)),
  },
  'a publication: { at: "18:45", reports: [trades, positions], made: after-cutoff }',
);

/** `world.reports`. */
export const reportSettings = () =>
  l.group(
    {
      writing: z.optional(l.duration),
      republished: z.optional(l.oneOf(REPUBLISHED_NAMES)),
      templates: z.optional(
        l.leaf(z.string().check(z.minLength(1)), { expects: 'a folder beside this file: ./templates' }),
      ),
      largeOpenPositions: z.optional(l.integer(1, 10_000_000, 'contracts')),
      schedule: z.optional(
        l.either(
          [
            z.literal('standard'),
            l.listOf(publication, 'publications: { at: "18:45", reports: all, made: after-cutoff }'),
          ],
          'standard, or a list of publications: [{ at: "18:45", reports: all, made: after-cutoff }]',
        ),
      ),
    },
    'settings: { writing: 2s, schedule: standard, templates: ./templates }',
  );

type Section = z.infer<ReturnType<typeof reportSettings>>;

/**
 * `schedule: standard`. The margin parameter files have HKEX's times (RPF, A/B).
 * ASSUMED: everything else is published at the System Input Cutoff and after the day end.
 */
export const STANDARD_SCHEDULE: readonly Publication[] = [
  { at: '09:00', reports: ['rpi'], made: 'intra-day' },
  { at: '13:00', reports: ['rpi'], made: 'intra-day' },
  { at: '18:30', reports: ['rpp'], made: 'after-cutoff' },
  { at: '18:45', reports: reportsMade('after-cutoff').filter((code) => code !== 'rpp'), made: 'after-cutoff' },
  { at: undefined, reports: reportsMade('day-end').filter((code) => code !== 'rpf'), made: 'day-end' },
  { at: '+1d 00:00', reports: ['rpf'], made: 'day-end' },
];

/** What a scenario says of its reports; `templatesAt` is where it names the folder of their templates. */
export function toReports(
  section: Section | undefined,
  templatesAt: Place,
  check: Checker,
): { readonly reports: ReportSettings; readonly reporting: ReportingRules } {
  const { writing, republished, templates, largeOpenPositions, schedule } = section ?? {};
  const writingMs = typeof writing === 'string' ? parseDuration(writing) : undefined;
  return {
    reports: {
      ...(writingMs === undefined ? {} : { writingMs }),
      ...(republished === undefined ? {} : { republished }),
      schedule: schedule === 'standard' ? STANDARD_SCHEDULE : toSchedule(schedule, check.under('schedule')),
      templates: typeof templates === 'string' ? { folder: templates, at: templatesAt } : undefined,
    },
    reporting: { ...DEFAULT_REPORTING, ...(largeOpenPositions === undefined ? {} : { largeOpenPositions }) },
  };
}

function toSchedule(list: Exclude<Section['schedule'], 'standard'>, check: Checker): readonly Publication[] {
  return check.items(list).map(({ item, check: here }): Publication => {
    const { at, reports, made } = item;
    if (at === undefined && made !== 'day-end') {
      here.refuse([], {
        message:
          'nothing says when this is published; write at: "18:45", or made: day-end for when the day end has been run',
      });
    }
    if (reports === 'all') {
      if (made === undefined && at !== undefined) {
        here.refuse(['reports'], {
          message: `all depends on the time of the day; write made: and one of ${REPORT_MAKINGS.join(', ')}, or list the reports`,
        });
      }
      return { at, reports: made === undefined ? [] : reportsMade(made), made };
    }
    for (const [i, code] of reports.entries()) {
      const trouble = made && madeTrouble(code, made);
      if (trouble) here.refuse(['reports', i], trouble);
    }
    return { at, reports: PUBLISHABLE_CODES.filter((code) => reports.includes(code)), made };
  });
}
