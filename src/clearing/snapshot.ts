import { SimError } from '../sim-error.ts';
import { businessCalendar } from '../time/calendar.ts';
import { initialState } from './initial-state.ts';
import type { InstrumentClass } from './instrument-class.ts';
import { Misshapen, type Plain } from './plain/shape.ts';
import { stateRows, type StateRows } from './plain/state-shapes.ts';
import { fittingBook, fittingCounters, fittingDeals, fittingUsers } from './snapshot-fit.ts';
import { CredentialVault } from './secret.ts';
import type { Series, SeriesName } from './series.ts';
import type { ClearingState } from './state.ts';
import type { WorldDefinition } from './world.ts';

const FORMAT = 'dcass-snapshot/1';

/**
 * The whole clearing state as plain data: JSON carries it, and nothing in it is shared with the state. Without its
 * `secrets` it holds no password and can be printed and passed on; to restore it takes both.
 */
export interface StateSnapshot {
  readonly format: typeof FORMAT;
  /** Lists of rows in the state's order. Instants are milliseconds since 1970. */
  readonly state: Plain;
  /** The passwords in plain sight: `{ credential: 1 }` in the state is the first of them. */
  readonly secrets: readonly string[];
}

export function takeSnapshot(state: ClearingState): StateSnapshot {
  const vault = new CredentialVault();
  const instrumentClasses = classesOf(state);
  const rows: StateRows = {
    ...state,
    instrumentClasses,
    series: [...state.series.values()].map((each) => ({ ...each, instrumentClass: each.instrumentClass.code })),
    books: new Map([...state.books].map(([code, book]) => [code, { ...book, trades: book.trades.all() }])),
  };
  return { format: FORMAT, state: stateRows.write(rows, vault), secrets: vault.reveal() };
}

/**
 * The state of which the snapshot was taken: every field, the order of every list and map, and the next numbers.
 * @throws SimError SIM_SNAPSHOT_INVALID, with what was found and where, for anything else than a whole snapshot
 */
export function restoreState(snapshot: unknown): ClearingState {
  try {
    return restore(snapshot);
  } catch (error) {
    if (!(error instanceof Misshapen)) throw error;
    throw new SimError('SIM_SNAPSHOT_INVALID', `this snapshot cannot be restored; ${error.describe('snapshot')}`);
  }
}

/** The state that a day starts from: the one of a world, or the one of a snapshot. @throws SimError SIM_SNAPSHOT_INVALID */
export function startingState(start: WorldDefinition | StateSnapshot): ClearingState {
  return isSnapshot(start) ? restoreState(start) : initialState(start);
}

function isSnapshot(data: unknown): data is StateSnapshot {
  return typeof data === 'object' && data !== null && 'format' in data;
}

function restore(snapshot: unknown): ClearingState {
  if (!isSnapshot(snapshot) || snapshot.format !== FORMAT) {
    const found = isSnapshot(snapshot) ? JSON.stringify(snapshot.format) : 'something else';
    throw new Misshapen(`one of the format ${FORMAT} is expected, ${found} was found`);
  }
  const vault = vaultOf(snapshot.secrets);
  try {
    const { instrumentClasses, series: plainSeries, books, ...rows } = stateRows.read(snapshot.state, vault);
    const series = seriesFrom(plainSeries, instrumentClasses);
    const state: ClearingState = {
      ...rows,
      calendar: businessCalendar(rows.settings.holidays),
      series,
      books: new Map([...books].map(([code, book]) => [code, fittingBook(book, series)])),
    };
    fittingUsers(state);
    fittingDeals(state);
    fittingCounters(state);
    return state;
  } catch (error) {
    throw error instanceof Misshapen ? error.within('state') : error;
  }
}

function vaultOf(secrets: unknown): CredentialVault {
  // Copied, so that a place where nothing is counts.
  const passwords: readonly unknown[] = Array.isArray(secrets) ? [...(secrets as readonly unknown[])] : [undefined];
  if (passwords.every((each) => typeof each === 'string')) return CredentialVault.of(passwords);
  // What is found is not told: it may be a password.
  throw new Misshapen('the passwords, a list of texts, are expected: a snapshot is restored with its secrets').within(
    'secrets',
  );
}

// All series of a class share it, which keeps a state of many series small.
function classesOf(state: ClearingState): readonly InstrumentClass[] {
  const classes = new Map<string, InstrumentClass>();
  for (const { instrumentClass } of state.series.values()) {
    const known = classes.get(instrumentClass.code) ?? instrumentClass;
    if (known !== instrumentClass) throw new Error(`two instrument classes have the code ${known.code}`);
    classes.set(known.code, known);
  }
  return [...classes.values()];
}

function seriesFrom(rows: StateRows['series'], classes: readonly InstrumentClass[]): Map<SeriesName, Series> {
  const byCode = new Map(classes.map((each) => [each.code, each]));
  const series = new Map<SeriesName, Series>();
  for (const [i, { instrumentClass: code, ...row }] of rows.entries()) {
    const instrumentClass = byCode.get(code);
    const problem =
      (instrumentClass ? undefined : `there is no instrument class ${code}`) ??
      (series.has(row.name) ? `"${row.name}" is here twice` : undefined);
    if (!instrumentClass || problem !== undefined) throw new Misshapen(problem ?? '').within(i).within('series');
    series.set(row.name, { ...row, instrumentClass });
  }
  return series;
}
