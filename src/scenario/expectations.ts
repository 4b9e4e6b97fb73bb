import type { JournalEntry } from '../journal/entry.ts';
import { nearMisses } from '../journal/near-misses.ts';
import { survivingEntries } from '../journal/surviving.ts';
import { calendarDateOf, plusMs, toClockText, toIso, type Instant } from '../time/instant.ts';
import { instantOf as at } from '../journal/entry-instant.ts';
import type { Expectation, Looked } from './expectation.ts';
import { describeSeen, fits, type Seen } from './seen.ts';

/** `waived`: a person decided that it does not count. `not-reached`: the day ended, or took another way, before it was due. */
export type ExpectationStatus = 'met' | 'late' | 'missed' | 'pending' | 'waived' | 'not-reached';

export interface ExpectationResult {
  readonly id: string;
  readonly status: ExpectationStatus;
  /** Numbers of the journal entries that decided. */
  readonly evidence: readonly number[];
  /** One sentence for a person. */
  readonly reason: string;
  readonly says: string;
  /** Item of the rollout package's Appendix A. */
  readonly checklist: number | undefined;
  /** Business time of the deadline, where there is one and it is known. */
  readonly due: string | undefined;
  /** True: it is about something that should not happen. */
  readonly never: boolean;
  /** Where it is written. */
  readonly place: Expectation['place'];
  /** Where it was missed and nothing is evidence: what came nearest, in words, with what differs. */
  readonly nearest?: readonly string[];
}

/**
 * What has become of each expectation at `now`, from the journal alone: a journal that is read from a file gives the
 * same. Business time stands still in a pause, so no deadline passes in it.
 * @param isOver true when the day has ended: what was not reached then is not awaited any more
 */
export function evaluateExpectations(
  expectations: readonly Expectation[],
  journal: readonly JournalEntry[],
  now: Instant,
  isOver = false,
): readonly ExpectationResult[] {
  // What happened between a checkpoint and its restore is no evidence.
  const entries = survivingEntries(journal);
  const moment: Moment = { now, say: timeWriter(entries) };
  const began = entries.find((entry) => entry.kind === 'clock.began');
  const isJudged = (id: string): boolean =>
    entries.some((entry) => entry.kind === 'control.expectation-judged' && entry['expectation'] === id);
  return expectations.map((expectation) => {
    const span = spanOf(expectation, entries);
    const judged =
      beforeTheDay(span, isJudged(expectation.id) ? undefined : began, moment) ??
      judge(expectation, span, entries, moment);
    const { id, says, checklist, never, place } = expectation;
    const result = isOver ? atTheEnd(judged, span, moment) : judged;
    const nearest = result.status === 'missed' && result.evidence.length === 0 ? nearestTo(expectation, entries) : [];
    const due = span === 'skipped' || span === 'awaited' || span.to === undefined ? undefined : toIso(span.to);
    return { id, ...result, says, checklist, due, never, place, ...(nearest.length > 0 ? { nearest } : {}) };
  });
}

function nearestTo({ what, never }: Expectation, entries: readonly JournalEntry[]): readonly string[] {
  if (what.kind !== 'seen' || never) return [];
  // As `fits` has it: a refused login is no login, and that is then what differs.
  const { seen } = what;
  const about = entries.filter((entry) =>
    Object.entries(seen).some(
      ([field, wanted]) => field !== 'outcome' && [wanted].flat().some((each) => entry[field] === each),
    ),
  );
  return nearMisses({ outcome: ['ok', undefined], ...seen }, about);
}

/** The moment of judging, and how a time is said then. */
interface Moment {
  readonly now: Instant;
  readonly say: (at: Instant) => string;
}

/** `18:45` on the day on which the journal begins, `2019-05-17 18:45` on any other. */
function timeWriter([first]: readonly JournalEntry[]): Moment['say'] {
  const day = first?.simTime.slice(0, 10);
  return (instant) => {
    const date = calendarDateOf(instant);
    return day === undefined || date === day ? toClockText(instant) : `${date} ${toClockText(instant)}`;
  };
}

interface Judgement {
  readonly status: ExpectationStatus;
  readonly evidence: readonly number[];
  readonly reason: string;
}

interface Span {
  readonly from: Instant | undefined;
  readonly to: Instant | undefined;
}

/** When evidence counts; `awaited` while the step that begins the span has not happened, `skipped` when it will not. */
function spanOf({ from, to, after }: Expectation, entries: readonly JournalEntry[]): Span | 'awaited' | 'skipped' {
  if (!after) return { from, to };
  const about = entries.find(
    (entry) =>
      (entry.kind === 'scenario.step' || entry.kind === 'scenario.step-skipped') && entry['step'] === after.step,
  );
  if (!about) return 'awaited';
  if (about.kind === 'scenario.step-skipped') return 'skipped';
  return { from: at(about), to: plusMs(at(about), after.byMs) };
}

function judge(
  expectation: Expectation,
  span: Span | 'awaited' | 'skipped',
  entries: readonly JournalEntry[],
  moment: Moment,
): Judgement {
  const { id, what, never } = expectation;
  const { say } = moment;
  const verdict = entries.findLast(
    (entry) => entry.kind === 'control.expectation-judged' && entry['expectation'] === id,
  );
  if (verdict?.['verdict'] === 'waived') {
    return {
      status: 'waived',
      evidence: [verdict.seq],
      reason: `waived at ${say(at(verdict))}${noteOf(verdict)}`,
    };
  }
  if (span === 'skipped')
    return { status: 'not-reached', evidence: [], reason: 'the step that it follows did not happen' };
  if (span === 'awaited')
    return { status: 'pending', evidence: [], reason: 'the step that it follows has not happened yet' };
  if (what.kind === 'confirm') return judgeConfirmed(verdict, span, moment);
  if (what.kind === 'order') return judgeOrder(what.seen, span, entries, moment);
  const seen = entries.filter((entry) => fits(entry, what.seen));
  return never ? judgeNever(span, seen, moment) : judgeSeen(what, span, seen, moment);
}

function judgeSeen(
  { min, max }: Extract<Looked, { kind: 'seen' }>,
  { from, to }: Span,
  seen: readonly JournalEntry[],
  { now, say }: Moment,
): Judgement {
  const inTime = seen.filter((entry) => at(entry) >= (from ?? -Infinity) && at(entry) <= (to ?? Infinity));
  const evidence = (entries: readonly JournalEntry[]): readonly number[] => entries.map((entry) => entry.seq);
  if (max !== undefined && inTime.length > max) {
    return {
      status: 'missed',
      evidence: evidence(inTime),
      reason: `seen ${times(inTime.length)}, and ${times(max)} at most`,
    };
  }
  const last = inTime[min - 1];
  if (last) {
    const reason =
      min === 1 ? `seen at ${say(at(last))}` : `seen ${times(inTime.length)}, the last at ${say(at(last))}`;
    // One more may still come.
    if (max !== undefined && (to === undefined || now <= to))
      return { status: 'pending', evidence: evidence(inTime), reason: `${reason} so far` };
    return { status: 'met', evidence: evidence(max === undefined ? inTime.slice(0, min) : inTime), reason };
  }
  const sofar = min === 1 ? '' : `; seen ${times(inTime.length)} of ${min}`;
  const late = to === undefined ? [] : seen.filter((entry) => at(entry) > to).slice(0, min - inTime.length);
  const latest = late.at(-1);
  if (to !== undefined && latest && inTime.length + late.length >= min) {
    return {
      status: 'late',
      evidence: evidence([...inTime, ...late]),
      reason: `seen at ${say(at(latest))}, after ${say(to)}`,
    };
  }
  const early = from === undefined ? undefined : seen.findLast((entry) => at(entry) < from);
  const tooEarly =
    early && from !== undefined ? `; seen at ${say(at(early))}, before ${say(from)}, which does not count` : '';
  const near = evidence([...(early && inTime.length === 0 ? [early] : []), ...inTime]);
  if (to !== undefined && now > to)
    return { status: 'missed', evidence: near, reason: `not seen until ${say(to)}${sofar}${tooEarly}` };
  return {
    status: 'pending',
    evidence: near,
    reason: `not seen yet${to === undefined ? '' : `; due by ${say(to)}`}${sofar}${tooEarly}`,
  };
}

function judgeOrder(
  order: readonly Seen[],
  { from, to }: Span,
  entries: readonly JournalEntry[],
  { now, say }: Moment,
): Judgement {
  const found: JournalEntry[] = [];
  for (const entry of entries) {
    const wanted = order[found.length];
    if (wanted && at(entry) >= (from ?? -Infinity) && fits(entry, wanted)) found.push(entry);
  }
  const evidence = found.map((entry) => entry.seq);
  const last = found.at(-1);
  const missing = order[found.length];
  if (!missing && last) {
    return to !== undefined && at(last) > to
      ? {
          status: 'late',
          evidence,
          reason: `all in order, the last at ${say(at(last))}, after ${say(to)}`,
        }
      : { status: 'met', evidence, reason: `all in order, the last at ${say(at(last))}` };
  }
  const reason = `${found.length} of ${order.length} in order; missing: ${missing ? describeSeen(missing) : ''}`;
  if (to !== undefined && now > to) return { status: 'missed', evidence, reason: `${reason}, until ${say(to)}` };
  return { status: 'pending', evidence, reason };
}

function judgeConfirmed(verdict: JournalEntry | undefined, { to }: Span, { now, say }: Moment): Judgement {
  if (verdict) {
    const said = `${String(verdict['verdict'])}, said the instructor at ${say(at(verdict))}${noteOf(verdict)}`;
    const isLate = verdict['verdict'] === 'met' && to !== undefined && at(verdict) > to;
    const status = isLate ? 'late' : verdict['verdict'] === 'met' ? 'met' : 'missed';
    return { status, evidence: [verdict.seq], reason: said };
  }
  if (to !== undefined && now > to)
    return { status: 'missed', evidence: [], reason: `nobody has confirmed it until ${say(to)}` };
  return { status: 'pending', evidence: [], reason: 'the instructor has to confirm it' };
}

function judgeNever({ from, to }: Span, seen: readonly JournalEntry[], { now, say }: Moment): Judgement {
  const wrong = seen.filter((entry) => at(entry) >= (from ?? -Infinity) && at(entry) <= (to ?? Infinity));
  const [first] = wrong;
  if (first) {
    return {
      status: 'missed',
      evidence: wrong.map((entry) => entry.seq),
      reason: `should not happen, but was seen at ${say(at(first))}`,
    };
  }
  if (to !== undefined && now >= to)
    return { status: 'met', evidence: [], reason: `not seen until ${say(to)}, as it should be` };
  return { status: 'pending', evidence: [], reason: 'not seen so far, as it should be' };
}

/** Nobody could do what was due before the day began for anybody. */
function beforeTheDay(
  span: Span | 'awaited' | 'skipped',
  began: JournalEntry | undefined,
  { say }: Moment,
): Judgement | undefined {
  if (!began || span === 'awaited' || span === 'skipped' || span.to === undefined || span.to >= at(began))
    return undefined;
  const reason = `the day began at ${say(at(began))}, after ${say(span.to)}`;
  return { status: 'not-reached', evidence: [], reason };
}

/** When the day is over nothing is awaited any more. */
function atTheEnd(judged: Judgement, span: Span | 'awaited' | 'skipped', { now, say }: Moment): Judgement {
  if (judged.status !== 'pending') return judged;
  if (span === 'awaited' || span === 'skipped') {
    return { status: 'not-reached', evidence: [], reason: 'the day ended before the step that it follows' };
  }
  if (span.to !== undefined && span.to > now)
    return { ...judged, status: 'not-reached', reason: `the day ended before ${say(span.to)}` };
  return { ...judged, status: 'missed', reason: `${judged.reason}, and the day is over` };
}

function noteOf(verdict: JournalEntry): string {
  return typeof verdict['note'] === 'string' ? `: ${verdict['note']}` : '';
}

function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
}
