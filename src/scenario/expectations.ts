import type { JournalEntry } from '../journal/entry.ts';
import { parseWallTime } from '../time/duration.ts';
import { parseCalendarDate, toClockText, type Instant } from '../time/instant.ts';
import type { Expectation } from './scenario.ts';

/** `waived` is for a person who decides; nothing here does. */
export type ExpectationStatus = 'met' | 'late' | 'missed' | 'pending' | 'waived';

export interface ExpectationResult {
  readonly id: string;
  readonly status: ExpectationStatus;
  /** Numbers of the journal entries that decided. */
  readonly evidence: readonly number[];
  /** One sentence for a person. */
  readonly reason: string;
}

/**
 * What has become of each expectation at `now`, from the journal alone. An entry whose outcome is
 * not ok counts only where the expectation names an outcome: a refused login is no login.
 */
export function evaluateExpectations(
  expectations: readonly Expectation[],
  entries: readonly JournalEntry[],
  now: Instant,
): readonly ExpectationResult[] {
  return expectations.map((expectation) => {
    const seen = entries.filter((entry) => fits(entry, expectation.seen));
    return {
      id: expectation.id,
      ...(expectation.never ? judgeNever(expectation, seen, now) : judge(expectation, seen, now)),
    };
  });
}

type Judgement = Omit<ExpectationResult, 'id'>;

function judge({ from, to }: Expectation, seen: readonly JournalEntry[], now: Instant): Judgement {
  const inTime = seen.find((entry) => at(entry) >= (from ?? -Infinity) && at(entry) <= (to ?? Infinity));
  if (inTime) return { status: 'met', evidence: [inTime.seq], reason: `seen at ${toClockText(at(inTime))}` };
  const late = to === undefined ? undefined : seen.find((entry) => at(entry) > to);
  if (late && to !== undefined) {
    return {
      status: 'late',
      evidence: [late.seq],
      reason: `seen at ${toClockText(at(late))}, after ${toClockText(to)}`,
    };
  }
  const early = seen.at(-1);
  const tooEarly =
    early && from !== undefined
      ? `; seen at ${toClockText(at(early))}, before ${toClockText(from)}, which does not count`
      : '';
  const evidence = tooEarly && early ? [early.seq] : [];
  if (to !== undefined && now > to)
    return { status: 'missed', evidence, reason: `not seen until ${toClockText(to)}${tooEarly}` };
  return {
    status: 'pending',
    evidence,
    reason: `not seen yet${to === undefined ? '' : `; due by ${toClockText(to)}`}${tooEarly}`,
  };
}

function judgeNever({ from, to }: Expectation, seen: readonly JournalEntry[], now: Instant): Judgement {
  const wrong = seen.filter((entry) => at(entry) >= (from ?? -Infinity) && at(entry) <= (to ?? Infinity));
  const [first] = wrong;
  if (first) {
    return {
      status: 'missed',
      evidence: wrong.map((entry) => entry.seq),
      reason: `should not happen, but was seen at ${toClockText(at(first))}`,
    };
  }
  if (to !== undefined && now >= to)
    return { status: 'met', evidence: [], reason: `not seen until ${toClockText(to)}, as it should be` };
  return { status: 'pending', evidence: [], reason: 'not seen so far, as it should be' };
}

function fits(entry: JournalEntry, seen: Expectation['seen']): boolean {
  if (entry.outcome !== undefined && entry.outcome !== 'ok' && !('outcome' in seen)) return false;
  return Object.entries(seen).every(([field, wanted]) => entry[field] === wanted);
}

/** The entry's business time: `2019-05-05T09:00:00.000+08:00`, always Hong Kong's own offset. */
function at({ simTime }: JournalEntry): Instant {
  const date = parseCalendarDate(simTime.slice(0, 10));
  const whole = date && parseWallTime(simTime.slice(11, 19), date);
  if (whole === undefined) throw new Error(`a journal entry has the time ${simTime}`);
  return (whole + Number(simTime.slice(20, 23))) as Instant;
}
