import type { JournalEntry } from '../journal/entry.ts';
import { entryWords } from '../journal/entry-words.ts';
import { survivingEntries } from '../journal/surviving.ts';
import { wallMsBetween } from '../journal/entry-instant.ts';
import type { ExpectationResult, ExpectationStatus } from '../scenario/expectations.ts';
import { CHECKLIST } from './checklist.ts';

/** What came of a day: its expectations, graded. */
export interface Score {
  readonly scenario: string;
  readonly title: string;
  readonly simTime: string;
  /** Met counts one, late a half, missed nothing; the others do not count. */
  readonly points: number;
  readonly possible: number;
  /** 0 to 100; undefined while nothing counts. */
  readonly percent: number | undefined;
  readonly counts: Readonly<Record<ExpectationStatus, number>>;
  readonly expectations: readonly ScoredExpectation[];
  readonly checklist: readonly ChecklistItem[];
  /** Where the clock stood still: no part of the grade. */
  readonly pauses: { readonly count: number; readonly wallSeconds: number };
  /** What nobody asked for and somebody should see: {@link unexpectedOf}. */
  readonly unexpected: readonly Evidence[];
}

export interface ScoredExpectation extends Omit<ExpectationResult, 'evidence'> {
  readonly evidence: readonly Evidence[];
}

/** A journal entry, in short. */
export interface Evidence {
  readonly seq: number;
  readonly simTime: string;
  readonly kind: string;
  readonly words: string;
}

export interface ChecklistItem {
  readonly item: number;
  readonly asks: string;
  /** The worst of its expectations; undefined where the day has none. */
  readonly status: ExpectationStatus | undefined;
  readonly expectations: readonly string[];
}

const POINTS: Readonly<Partial<Record<ExpectationStatus, number>>> = { met: 1, late: 0.5, missed: 0 };

/** From the worst to the best. */
const WORST: readonly ExpectationStatus[] = ['missed', 'late', 'pending', 'not-reached', 'waived', 'met'];

/** Grades a day from its expectations' results and its journal. */
export function scoreDay(
  day: { readonly scenario: string; readonly title: string; readonly simTime: string },
  results: readonly ExpectationResult[],
  journal: readonly JournalEntry[],
): Score {
  const entries = survivingEntries(journal);
  const bySeq = new Map(entries.map((entry) => [entry.seq, entry]));
  const graded = results.filter(({ status }) => POINTS[status] !== undefined);
  const points = graded.reduce((sum, { status }) => sum + (POINTS[status] ?? 0), 0);
  const count = (status: ExpectationStatus): number => results.filter((each) => each.status === status).length;
  return {
    ...day,
    points,
    possible: graded.length,
    percent: graded.length === 0 ? undefined : Math.round((100 * points) / graded.length),
    counts: {
      met: count('met'),
      late: count('late'),
      missed: count('missed'),
      pending: count('pending'),
      waived: count('waived'),
      'not-reached': count('not-reached'),
    },
    expectations: results.map((result) => ({
      ...result,
      evidence: result.evidence.flatMap((seq) => {
        const entry = bySeq.get(seq);
        return entry ? [toEvidence(entry)] : [];
      }),
    })),
    checklist: toChecklist(results),
    pauses: pausesOf(entries),
    unexpected: unexpectedOf(entries),
  };
}

function toChecklist(results: readonly ExpectationResult[]): readonly ChecklistItem[] {
  return Object.entries(CHECKLIST).map(([text, asks]) => {
    const own = results.filter(({ checklist }) => checklist === Number(text));
    return {
      item: Number(text),
      asks,
      status: WORST.find((status) => own.some((each) => each.status === status)),
      expectations: own.map(({ id }) => id),
    };
  });
}

/**
 * What nobody asked for and somebody should see: what clients asked for that is not simulated, or did that a protocol or
 * page does not allow, or at a stopped gateway; steps that the state refused; findings of the rollout; faults of the simulator.
 */
export function unexpectedOf(entries: readonly JournalEntry[]): readonly Evidence[] {
  return entries.filter(isUnexpected).map(toEvidence);
}

function isUnexpected({ kind, outcome }: JournalEntry): boolean {
  return (
    outcome === 'unsimulated' ||
    outcome === 'invalid' ||
    kind === 'online.turned-away' ||
    kind === 'scenario.refused' ||
    kind === 'simulator.bug' ||
    kind === 'platform.finding'
  );
}

/** A pause ends when business time moves again, and at the last entry. */
function pausesOf(entries: readonly JournalEntry[]): Score['pauses'] {
  let since: JournalEntry | undefined;
  let count = 0;
  let wallMs = 0;
  for (const entry of entries) {
    if (entry.kind === 'clock.paused') {
      count += 1;
      since ??= entry;
    } else if (entry.kind === 'clock.resumed' && since) {
      wallMs += wallMsBetween(since, entry);
      since = undefined;
    }
  }
  const last = entries.at(-1);
  if (since && last) wallMs += wallMsBetween(since, last);
  return { count, wallSeconds: Math.round(wallMs / 1000) };
}

function toEvidence(entry: JournalEntry): Evidence {
  const { seq, simTime, kind } = entry;
  return { seq, simTime, kind, words: entryWords(entry) };
}
