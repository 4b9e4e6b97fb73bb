import type { Together } from './clearing/core-state.ts';
import type { ClearingEvent } from './clearing/event.ts';
import type { Publication, Scenario } from './scenario/scenario.ts';
import { parseWallTime } from './time/duration.ts';
import type { CalendarDate } from './time/instant.ts';
import { writeReports, type ReportWriter } from './write-reports.ts';

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
  writer: ReportWriter & { readonly together: Together; note(change: PublicationChange): void },
  { reports, world, date, start, end }: Pick<Scenario, 'reports' | 'world' | 'date' | 'start' | 'end'>,
  past: readonly PublicationChange[] = [],
): Disposable {
  const { clock, core } = writer;
  const calendar = core.calendar();
  const waiting = new Map<Publication, Disposable>();

  const publish = ({ reports: codes, made }: Publication): void => {
    // Rollout package 2.5 (A): the reports of the upgraded platform come by it.
    if (writer.platforms.hasFallenBack) return;
    const participants = world.participants.map((each) => each.code);
    writeReports(
      writer,
      codes.flatMap((code) => core.startReports(code, participants, made)),
    );
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
        writer.together(() => {
          writer.note({ of: 'published', publication: number, day });
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
      writeReports(writer, core.startNoReports(event.from));
    }
  });

  return {
    [Symbol.dispose]() {
      listening[Symbol.dispose]();
      for (const each of waiting.values()) each[Symbol.dispose]();
    },
  };
}
