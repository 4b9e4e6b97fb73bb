import { SimError } from './sim-error.ts';
import type { ClockView } from './control/port.ts';
import type { JournalWriter } from './journal/entry.ts';
import type { BusinessClock } from './time/clock.ts';
import { parseDuration } from './time/duration.ts';
import { toIso, type CalendarDate, type Instant } from './time/instant.ts';
import { parseInstant } from './time/parse-instant.ts';

/** The business clock as a user of the library moves it: times and durations are text. */
export interface SimClock {
  /** `2019-05-05T09:00:00.000+08:00` */
  now(): string;
  view(): ClockView;
  /** `09:00`, `+1d 01:00` or a full time. Resolves when everything due until then is done. @throws SimError SIM_TIME_INVALID, SIM_TIME_BACKWARDS */
  advanceTo(time: string): Promise<void>;
  /** `30m`, `1h30m`. @throws SimError SIM_TIME_INVALID */
  advanceBy(duration: string): Promise<void>;
  runToNext(): Promise<void>;
  pause(): void;
  resume(options?: { readonly speed?: number }): void;
}

export function simClock(clock: BusinessClock, day: CalendarDate, journal: JournalWriter): SimClock {
  const moved = (kind: 'advanced' | 'paused' | 'resumed', fields: Record<string, unknown> = {}): void =>
    void journal.record({ kind: `clock.${kind}`, source: 'clock', ...fields });
  const advance = async (move: () => Promise<void>): Promise<void> => {
    const from = toIso(clock.now());
    await move();
    moved('advanced', { from });
  };
  return {
    now: () => toIso(clock.now()),
    view() {
      const nextDue = clock.nextDue();
      return {
        simTime: toIso(clock.now()),
        mode: clock.isRunning() ? 'running' : 'paused',
        speed: clock.speed(),
        nextDue: nextDue === undefined ? null : toIso(nextDue),
      };
    },
    advanceTo: async (time) => {
      const target = parseInstantOrThrow(time, day);
      await advance(() => clock.advanceTo(target));
    },
    async advanceBy(duration) {
      const ms = parseDuration(duration);
      if (ms === undefined) {
        throw new SimError('SIM_TIME_INVALID', `"${duration}" is no duration; write 90s, 5m, 1h30m or 2d`);
      }
      await advance(() => clock.advanceBy(ms));
    },
    runToNext: () => advance(() => clock.runToNext()),
    pause() {
      clock.pause();
      moved('paused');
    },
    resume(options) {
      clock.resume(options);
      moved('resumed', { speed: clock.speed() });
    },
  };
}

export function parseInstantOrThrow(text: string, day: CalendarDate): Instant {
  const instant = parseInstant(text, day);
  if (instant === undefined) {
    throw new SimError(
      'SIM_TIME_INVALID',
      `"${text}" is no time; write 09:00, 09:00:30, +1d 01:00 or 2019-05-05T09:00:00+08:00`,
    );
  }
  return instant;
}
