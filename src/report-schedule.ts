import type { Together } from './clearing/core-state.ts';
import type { ClearingEvent } from './clearing/event.ts';
import type { Publication, Scenario } from './scenario/scenario.ts';
import { parseWallTime } from './time/duration.ts';
import type { CalendarDate } from './time/instant.ts';
import type { ReportDesk } from './report-desk.ts';
import type { Platforms } from './platforms/platforms.ts';
import type { BusinessClock } from './time/clock.ts';
import type { ClearingCore } from './clearing/core.ts';

export interface ScheduleOptions {
  readonly clock: Pick<BusinessClock, 'scheduleAt'>;
  readonly core: ClearingCore;
  readonly platforms: Pick<Platforms, 'hasFallenBack'>;
  readonly reports: Pick<ReportDesk, 'publish' | 'publishNone'>;
  /** Marks what is written down of one publication as belonging together. */
  readonly together: Together;
  note(change: PublicationChange): void;
}

/** What the clock publishes has been published on a day. */
export interface PublicationChange {
  readonly of: 'published';
  /** Its place in the schedule. */
  readonly publication: number;
  readonly day: CalendarDate;
}

/**
 * Publishes what the scenario's schedule asks for: on the scenario's day and on each business day after it, until the
 * day's end where it has one; and after each day end. It also tells the participants when a business date ends without
 * any report for them. Dispose to take back what is not done yet.
 * @param past what was published already
 */
export function scheduleReports(
  { clock, core, platforms, reports: desk, together, note }: ScheduleOptions,
  { reports, date, start, end }: Pick<Scenario, 'reports' | 'date' | 'start' | 'end'>,
  past: readonly PublicationChange[] = [],
): Disposable {
  const calendar = core.calendar();
  const waiting = new Map<Publication, Disposable>();

  const publish = ({ reports: codes, made }: Publication): void => {
    // Rollout package 2.5 (A): the reports of the upgraded platform come by it.
    if (!platforms.hasFallenBack) desk.publish(codes, undefined, made);
  };

  const scheduleOn = (day: CalendarDate, number: number, publication: Publication): void => {
    const at = parseWallTime(publication.at ?? '', day);
    if (at === undefined || (end !== undefined && at > end)) return;
    if (at < start) {
      scheduleOn(calendar.next(day), number, publication);
      return;
    }
    waiting.set(
      publication,
      clock.scheduleAt(at, () => {
        together(() => {
          note({ of: 'published', publication: number, day });
          publish(publication);
        });
        scheduleOn(calendar.next(day), number, publication);
      }),
    );
  };
  for (const [number, publication] of reports.schedule.entries()) {
    if (publication.at === undefined) continue;
    const last = past.findLast((each) => each.publication === number);
    scheduleOn(last === undefined ? date : calendar.next(last.day), number, publication);
  }

  const listening = core.onEvent((event: ClearingEvent) => {
    if (event.type === 'day-ended') {
      for (const publication of reports.schedule) if (publication.at === undefined) publish(publication);
    } else if (event.type === 'business-date-rolled') {
      desk.publishNone(event.from);
    }
  });

  return {
    [Symbol.dispose]() {
      listening[Symbol.dispose]();
      for (const each of waiting.values()) each[Symbol.dispose]();
    },
  };
}
