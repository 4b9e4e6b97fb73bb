import { ClearingCore } from '../clearing/core.ts';
import { SCENARIOS_DIR, type Environment } from '../config.ts';
import { dcassBooks, type Books, type PositionRow, type TradeRow } from '../reconcile/books.ts';
import { readOwnPositions, readOwnTrades, type OwnFile } from '../reconcile/read-own.ts';
import { howToMatch, reconcilePositions, reconcileTrades } from '../reconcile/reconcile.ts';
import { readCsvBytes } from '../scenario/csv/csv-file.ts';
import { loadScenario } from '../scenario/load.ts';
import { unknownName } from '../scenario/names.ts';
import { formatProblem, scenarioInvalid } from '../scenario/problem.ts';
import { SimError } from '../sim-error.ts';
import { toIso } from '../time/instant.ts';
import { callControl } from './control-client.ts';
import { differencesCsv } from './differences-csv.ts';
import { findControl } from './find-control.ts';
import type { Output } from './output.ts';
import { countsText, differencesText, nameOf, type Reconciled } from './print-differences.ts';

/** DCASS's side: a participant's books, and of which moment. */
interface DcassSide extends Books {
  readonly simTime: string;
  readonly businessDate: string;
}

type Flags = Readonly<Record<string, string | boolean>>;

/**
 * `dcass-sim reconcile`: holds a participant's own files against DCASS, and lists the differences in both directions.
 * @returns the exit code: 0 everything agrees, 1 it does not, 2 a file cannot be used
 * @throws SimError where nothing can be compared
 */
export async function reconcile(
  participant: string,
  flags: Flags,
  environment: Environment,
  output: Output,
): Promise<number> {
  const [tradesFile, positionsFile] = [fileIn(flags, 'trades'), fileIn(flags, 'positions')];
  if (tradesFile === undefined && positionsFile === undefined) {
    throw new SimError('SIM_OPTION_INVALID', 'name a file to compare: --trades FILE, --positions FILE, or both');
  }
  const [trades, positions] = await Promise.all([
    tradesFile === undefined ? undefined : readOwn('--trades', tradesFile, readOwnTrades),
    positionsFile === undefined
      ? undefined
      : readOwn('--positions', positionsFile, (bytes, file) => readOwnPositions(bytes, file, participant)),
  ]);
  if (trades?.ok === false || positions?.ok === false) {
    const problems = [trades, positions].flatMap((each) => (each?.ok === false ? each.problems : []));
    for (const problem of problems) output.talk(formatProblem(problem));
    output.talk(`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}; nothing was compared`);
    return 2;
  }

  const scenario = fileIn(flags, 'scenario');
  const lists = { trades: trades !== undefined, positions: positions !== undefined };
  const dcass =
    scenario === undefined
      ? await fromControl(participant, lists, flags, environment)
      : await fromScenario(participant, scenario, fileIn(flags, 'seed'));
  const found: Reconciled = {
    participant,
    simTime: dcass.simTime,
    businessDate: dcass.businessDate,
    ...(trades ? { trades: reconcileTrades(trades.rows, dcass.trades, trades.fields) } : {}),
    ...(positions ? { positions: reconcilePositions(positions.rows, dcass.positions) } : {}),
  };
  if (trades) output.talk(howCompared(trades.fields));
  print(found, flags, output);
  const agrees = [found.trades, found.positions].every(
    (each) => !each || each.onlyDcass.length + each.onlyOwn.length + each.differing.length === 0,
  );
  return agrees ? 0 : 1;
}

function print(found: Reconciled, flags: Flags, output: Output): void {
  if (flags['json']) output.data(JSON.stringify(found));
  else if (flags['csv']) {
    output.data(differencesCsv(found).trimEnd());
    output.talk(countsText(found));
  } else {
    const text = differencesText(found, output);
    if (text !== '') output.data(`${text}\n`);
    output.data(countsText(found));
  }
}

function fileIn(flags: Flags, name: string): string | undefined {
  const value = flags[name];
  return typeof value === 'string' ? value : undefined;
}

async function readOwn<Row>(
  flag: string,
  file: string,
  read: (bytes: Uint8Array, file: string) => Promise<OwnFile<Row>>,
): Promise<OwnFile<Row>> {
  const content = await readCsvBytes(file);
  if ('trouble' in content) throw new SimError('SIM_OPTION_INVALID', `${flag} ${file}: ${content.trouble}`);
  return read(content.bytes, file);
}

function howCompared(fields: ReadonlySet<string>): string {
  const { by, compared } = howToMatch(fields);
  const what = compared.map(nameOf).join(', ');
  switch (by) {
    case 'trade':
      return `Trades are matched by trade number; compared: ${what}.`;
    case 'deal':
      return `The file has no column "trade": trades are matched by deal and side; compared: ${what}.`;
    case 'attributes':
      return `The file has no column "trade" or "deal": trades are the same when all of this is: ${what}.`;
  }
}

async function fromControl(
  participant: string,
  lists: { readonly trades: boolean; readonly positions: boolean },
  flags: Flags,
  environment: Environment,
): Promise<DcassSide> {
  const control = await findControl({ ...flags }, environment);
  type Answer<List extends string, Row> = Omit<DcassSide, keyof Books> & { readonly [key in List]: readonly Row[] };
  const path = `/v1/participants/${encodeURIComponent(participant)}`;
  const [trades, positions] = await Promise.all([
    lists.trades ? (callControl(control, 'GET', `${path}/trades`) as Promise<Answer<'trades', TradeRow>>) : undefined,
    lists.positions
      ? (callControl(control, 'GET', `${path}/positions`) as Promise<Answer<'positions', PositionRow>>)
      : undefined,
  ]);
  const { simTime = '', businessDate = '' } = trades ?? positions ?? {};
  return { simTime, businessDate, trades: trades?.trades ?? [], positions: positions?.positions ?? [] };
}

/** The books with which a scenario starts, without a simulator. */
async function fromScenario(participant: string, which: string, seed: string | undefined): Promise<DcassSide> {
  const options = { scenariosDir: SCENARIOS_DIR, ...(seed === undefined ? {} : { seed }) };
  const loaded = await loadScenario(which, options);
  if (!loaded.ok) throw scenarioInvalid(loaded.problems);
  const { scenario } = loaded;
  const core = new ClearingCore(scenario.world, () => scenario.start);
  const books = dcassBooks(core, participant);
  if (books) return { ...books, simTime: toIso(scenario.start), businessDate: scenario.businessDate };
  const codes = core.participants().map(({ code }) => code);
  throw new SimError('SIM_OPTION_INVALID', unknownName('participant', participant, codes).message);
}
