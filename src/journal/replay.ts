import { applyEvent } from '../clearing/apply-event.ts';
import type { ClearingEvent } from '../clearing/event.ts';
import { makeReport } from '../clearing/make-report.ts';
import { eventShape, isEventType, type EventInJournal } from '../clearing/plain/event-shapes.ts';
import { Misshapen } from '../clearing/plain/shape.ts';
import type { CredentialVault } from '../clearing/secret.ts';
import { startingState, type StateSnapshot } from '../clearing/snapshot.ts';
import type { ClearingState } from '../clearing/state.ts';
import type { WorldDefinition } from '../clearing/world.ts';
import { SimError } from '../sim-error.ts';
import { JOURNAL_KINDS, type JournalKind } from './kinds.ts';
import { fieldsOf } from './record-clearing.ts';
import { survivingEntries } from './surviving.ts';

const CLEARING = 'clearing.';

/**
 * The clearing state after everything that a journal tells has happened to `start`: the identical one, numbers and
 * order included. Entries that are not of clearing change nothing, but must be there: a gap would go unnoticed. What
 * happened between a checkpoint and its restore has not happened.
 * @param entries from `sim.journal`, or {@link readJournalLines} of a file
 * @param vault has the passwords that were set, as the run has kept them
 * @param after the entry after which `start` was taken; 0: the journal begins with it
 * @param since `start` was taken after this entry, and the journal has those before it, too
 * @param platform whose state, as its entries say; undefined: the upgraded platform's
 * @throws SimError SIM_JOURNAL_INVALID for a missing, unknown or damaged entry, which it names; SIM_SNAPSHOT_INVALID
 */
export function replay(
  start: WorldDefinition | StateSnapshot,
  entries: Iterable<unknown>,
  vault: CredentialVault,
  {
    after = 0,
    since = after,
    platform,
  }: { readonly after?: number; readonly since?: number; readonly platform?: string } = {},
): ClearingState {
  const state = startingState(start);
  const read: Entry[] = [];
  for (const data of entries) read.push(readEntry(data, after + read.length));
  for (const entry of survivingSince(read, after)) {
    if (entry.seq <= since || !entry.kind.startsWith(CLEARING) || entry['platform'] !== platform) continue;
    const event = readEvent(state, entry, vault);
    try {
      applyEvent(state, event);
    } catch (error) {
      throw invalid(
        `entry ${entry.seq} (${entry.kind}) cannot be applied: ${error instanceof Error ? error.message : ''}`,
      );
    }
  }
  return state;
}

/**
 * The entries of a journal file, one JSON text a line.
 * @throws SimError SIM_JOURNAL_INVALID for a line that is broken, as the last one may be after a crash
 */
export function* readJournalLines(lines: Iterable<string>): Generator<unknown, undefined> {
  let number = 0;
  for (const line of lines) {
    number += 1;
    if (line === '') continue;
    let entry: unknown;
    try {
      entry = JSON.parse(line);
    } catch {
      throw invalid(`line ${number} is no JSON: it is broken, or no line of a journal`);
    }
    yield entry;
  }
  return undefined;
}

interface Entry extends Readonly<Record<string, unknown>> {
  readonly seq: number;
  readonly kind: JournalKind;
}

function survivingSince(entries: readonly Entry[], after: number): readonly Entry[] {
  for (const { seq, kind, position } of entries) {
    if (kind === 'checkpoint.restored' && !(Number(position) >= after && Number(position) < seq)) {
      throw invalid(`entry ${seq} goes back to entry ${JSON.stringify(position) ?? '(none)'}, which is not there`);
    }
  }
  return survivingEntries(entries);
}

function readEntry(data: unknown, last: number): Entry {
  if (typeof data !== 'object' || data === null) throw invalid(`after entry ${last} comes something that is no entry`);
  const { seq, kind } = data as Readonly<Record<string, unknown>>;
  if (seq !== last + 1) {
    throw invalid(`entry ${last + 1} is missing: entry ${last} is followed by ${JSON.stringify(seq) ?? 'none'}`);
  }
  if (typeof kind !== 'string' || !Object.hasOwn(JOURNAL_KINDS, kind)) {
    throw invalid(`entry ${seq} is of the unknown kind ${JSON.stringify(kind) ?? '(none)'}`);
  }
  return data as Entry;
}

function readEvent(state: ClearingState, entry: Entry, vault: CredentialVault): ClearingEvent {
  const type = entry.kind.slice(CLEARING.length);
  if (!isEventType(type)) throw invalid(`entry ${entry.seq} is of the unknown kind ${entry.kind}`);
  const event = withText(state, readShape(type, entry, vault));
  // A journal that tells people one thing and programs another was changed by somebody.
  for (const [field, value] of Object.entries(fieldsOf(event))) {
    if (sameData(entry[field], value)) continue;
    throw invalid(`entry ${entry.seq} (${entry.kind}): its field ${JSON.stringify(field)} and its event disagree`);
  }
  return event;
}

/** Whether JSON has the same of both; in which order fields were set means nothing. */
function sameData(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => sameData(a[name as keyof typeof a], b[name as keyof typeof b]));
}

function readShape(type: ClearingEvent['type'], entry: Entry, vault: CredentialVault): EventInJournal {
  try {
    return eventShape(type).read(entry['event'], vault);
  } catch (error) {
    if (!(error instanceof Misshapen)) throw error;
    throw invalid(`entry ${entry.seq} (${entry.kind}) is damaged; ${error.describe('event')}`);
  }
}

/** A report's text is not in the journal: the state at that moment gives the same again. */
function withText(state: ClearingState, event: EventInJournal): ClearingEvent {
  if (event.type !== 'report-started') return event;
  const { text, undamaged } = makeReport(state, event.report, event.report.startedAt);
  return { ...event, report: { ...event.report, undamaged, text } };
}

function invalid(problem: string): SimError {
  return new SimError('SIM_JOURNAL_INVALID', `this journal cannot be replayed: ${problem}`);
}
