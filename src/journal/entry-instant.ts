import type { JournalEntry } from './entry.ts';
import { parseWallTime } from '../time/duration.ts';
import { parseCalendarDate, type Instant } from '../time/instant.ts';

/** The entry's business time: `2019-05-05T09:00:00.000+08:00`, always Hong Kong's own offset. */
export function instantOf({ simTime }: Pick<JournalEntry, 'simTime'>): Instant {
  return readAsHongKong(simTime) as Instant;
}

/** Real milliseconds from one entry to a later one. */
export function wallMsBetween(from: Pick<JournalEntry, 'wallTime'>, to: Pick<JournalEntry, 'wallTime'>): number {
  return readAsHongKong(to.wallTime) - readAsHongKong(from.wallTime);
}

// The offset is not looked at: of business time it is always this one, and of real time only differences are used.
function readAsHongKong(text: string): number {
  const date = parseCalendarDate(text.slice(0, 10));
  const whole = date && parseWallTime(text.slice(11, 19), date);
  if (whole === undefined) throw new Error(`a journal entry has the time ${text}`);
  return whole + Number(text.slice(20, 23));
}
