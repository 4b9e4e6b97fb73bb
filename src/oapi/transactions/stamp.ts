import { calendarDateOf, toCompactDate, toCompactTime, type Instant } from '../../time/instant.ts';

/** An instant in the fields of a message: YYYYMMDD and HHMMSS, Hong Kong time. */
export interface Stamp {
  readonly date: string;
  readonly time: string;
}

export function stampOf(instant: Instant): Stamp {
  return { date: toCompactDate(calendarDateOf(instant)), time: toCompactTime(instant) };
}

/** The same with a memory: many rows share an instant, the start of the day above all, and the calendar is half the cost of an answer. */
export function stamps(): (instant: Instant) => Stamp {
  const known = new Map<Instant, Stamp>();
  return (instant) => {
    const stamp = known.get(instant) ?? stampOf(instant);
    known.set(instant, stamp);
    return stamp;
  };
}
