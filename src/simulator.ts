import { scheduleLogoutWarnings } from './logout-warnings.ts';
import { DEFAULT_OAPI_SETTINGS } from './oapi/settings.ts';
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { ClearingCore } from './clearing/core.ts';
import { CredentialVault } from './clearing/secret.ts';
import type { StateSnapshot } from './clearing/snapshot.ts';
import { COMPILED_SCENARIOS_DIR, PACKAGE_ROOT, readEnvironment, SCENARIOS_DIR, VERSION } from './config.ts';
import { recordConfirmation } from './confirmation.ts';
import type { Injected, StateView } from './control/port.ts';
import { startControl } from './control/start.ts';
import { dictionaryForGateways } from './dictionaries.ts';
import { defaultPlan, planAddresses, type AddressPlan, type PortOverrides } from './host/address-plan.ts';
import { Disposables } from './host/disposables.ts';
import { startPacer } from './host/pacer.ts';
import { defaultStateDir, openRunDirectory } from './host/run-directory.ts';
import { wallClock } from './host/wall-clock.ts';
import { fileStore } from './journal/file-store.ts';
import { startJournal, type Journal } from './journal/journal.ts';
import { entryOf } from './journal/record-clearing.ts';
import { perform } from './perform.ts';
import type { Ready } from './ready.ts';
import { scheduleReports } from './report-schedule.ts';
import { dcassBooks } from './reconcile/books.ts';
import { evaluateExpectations, type ExpectationResult } from './scenario/expectations.ts';
import { loadScenario } from './scenario/load.ts';
import { parseAction } from './scenario/parse-action.ts';
import { scenarioInvalid } from './scenario/problem.ts';
import { scheduleTimeline } from './scenario/run-timeline.ts';
import type { Scenario } from './scenario/scenario.ts';
import { simClock, type SimClock } from './sim-clock.ts';
import { stateView } from './state-view.ts';
import { simulatedClock } from './time/clock.ts';
import { openTrust } from './trust.ts';
import { openWindows } from './windows.ts';
import { writeBooks, type Discrepancies } from './write-books.ts';
import { writeReady } from './write-ready.ts';

// ASSUMED: how long DCASS takes to write a report is not public (dcass-facts.md section 4, X); `world.reports.writing` sets it.
const REPORT_WRITING_MS = 2_000;

export interface SimulatorOptions {
  /** A shipped day by its name, or the path of a scenario file. Default: verification-day. */
  readonly scenario?: string;
  /** Where it listens, design.md 5.3. Default `ephemeral`; `default` is the command line's choice for this system. */
  readonly plan?: AddressPlan | 'default';
  /** Default `paused`. */
  readonly clock?: 'paused' | 'running';
  /** Business seconds per real second while running. Default 1. */
  readonly speed?: number;
  /** Move to this time of the day before it is ready: `09:00`. */
  readonly at?: string;
  readonly seed?: number | string;
  /** Where keys, certificates and run files are kept; nothing is written outside it. */
  readonly stateDir?: string;
  readonly ports?: PortOverrides;
  /** A folder of report templates, in the place of the one that the scenario names. */
  readonly reportTemplates?: string;
  /** What the OAPI gateways speak, in the place of the scenario's: a name, or a file. */
  readonly dictionary?: string;
  /** Also keep the journal as JSON lines in this file. */
  readonly journalFile?: string;
}

/** ASSUMED: HKEX's system of May 2019 is of the newer generation (oapi-facts.md section 3, D). */
const DEFAULT_DICTIONARY = 'genium';

/** A running day. Stop it, or let `await using` do so. */
export interface Simulator extends AsyncDisposable {
  readonly endpoints: Ready;
  readonly title: string;
  readonly clock: SimClock;
  readonly journal: Pick<Journal, 'entries' | 'follow' | 'waitFor'>;
  /**
   * Performs a verb of the scenario language now. What the clearing state refuses is in the answer and in the journal.
   * @throws SimError SIM_VERB_INVALID
   */
  inject(verb: string, args?: unknown): Promise<Injected>;
  expectations(): readonly ExpectationResult[];
  state(): StateView;
  /** The whole clearing state as JSON can carry it; its `secrets` are the passwords. */
  snapshot(): StateSnapshot;
  /** The passwords that were set during the day, to which the journal refers: a replay needs them. */
  readonly credentials: CredentialVault;
  stop(): Promise<void>;
}

/**
 * Starts a simulated DCASS day and resolves when every listener is bound. Many can run side by side.
 * @throws SimError SIM_SCENARIO_INVALID, SIM_PORT_IN_USE and others; what had been started is stopped
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const resources = new Disposables();
  try {
    return await compose(options, resources);
  } catch (error) {
    await resources[Symbol.asyncDispose]();
    throw error;
  }
}

async function compose(options: SimulatorOptions, resources: Disposables): Promise<Simulator> {
  const environment = readEnvironment();
  const stateDir = options.stateDir ?? defaultStateDir({ packageRoot: PACKAGE_ROOT, env: environment.all });
  const [scenario, trust, run] = await Promise.all([
    loadOrThrow(options),
    openTrust(options.stateDir, environment),
    openRunDirectory(stateDir, process.pid),
  ]);
  resources.use(run);

  const clock = simulatedClock(scenario.start, wallClock.transportNow);
  const now = clock.now;
  const journal = resources.use(
    startJournal({ now, wall: wallClock, ...(options.journalFile ? { store: fileStore(options.journalFile) } : {}) }),
  );
  const onBug = (error: unknown): void =>
    void journal.record({ kind: 'simulator.bug', source: 'simulator', error: String(error) });
  const core = new ClearingCore(scenario.world, now);
  const credentials = new CredentialVault();
  core.onEvent((event) => journal.record(entryOf(event, credentials)));

  const plan = toPlan(options.plan);
  const addresses = planAddresses(plan, {
    ...(scenario.gateways.oapi.port && plan !== 'ephemeral' ? { oapi: scenario.gateways.oapi.port } : {}),
    ...options.ports,
  });
  const dictionary = await (options.dictionary === undefined
    ? dictionaryForGateways(scenario.gateways.oapi.dictionary ?? DEFAULT_DICTIONARY, {
        stateDir,
        folder: dirname(scenario.file),
      })
    : dictionaryForGateways(options.dictionary, { stateDir }));
  const windows = await openWindows({ addresses, scenario, trust, core, journal, dictionary }, resources);

  const stage = {
    clock,
    core,
    journal,
    gateways: windows.gateways,
    answers: windows.answers,
    reportWritingMs: scenario.reports.writingMs ?? REPORT_WRITING_MS,
  };
  const simTime = simClock(clock, scenario.date, journal);
  const expectations = (): readonly ExpectationResult[] =>
    evaluateExpectations(scenario.expectations, journal.entries(), now());
  // Asked for by the control API at the earliest, so it is there by then.
  const state = (): StateView =>
    stateView(core, scenario.id, { ...windows.connections(), control: control.connections() });
  const inject = async (verb: string, args: unknown = {}): Promise<Injected> => {
    const action = parseAction(verb, args, { scenario });
    journal.record({ kind: 'control.injected', source: 'control', verb });
    const rejection = await perform(stage, action);
    if (!rejection) return { refused: undefined };
    const { code, ...facts } = rejection;
    return { refused: { code, facts } };
  };

  const token = randomBytes(24).toString('base64url');
  const announced: { ready?: Ready; discrepancies?: readonly Discrepancies[] } = {};
  const control = resources.use(
    await startControl({
      ...addresses.control,
      token,
      version: VERSION,
      core: {
        ready: () => announced.ready && { ...announced.ready, control: { url: announced.ready.control.url } },
        clock: simTime,
        journal,
        state,
        books: (code) => dcassBooks(core, code),
        discrepancies: () => announced.discrepancies ?? [],
        expectations,
        inject,
        confirm: (code) => recordConfirmation(code, core, journal, scenario.date),
      },
    }),
  );

  resources.use(
    scheduleTimeline(scenario, clock, async (step) => {
      journal.record({ kind: 'scenario.step', source: 'scenario', step: step.id, verb: step.action.do });
      await perform(stage, step.action);
    }),
  );
  const { logoutWarningMs = DEFAULT_OAPI_SETTINGS.logoutWarningMs } = scenario.gateways.oapi;
  resources.use(scheduleLogoutWarnings(clock, scenario.world.sessions, windows.oapi, logoutWarningMs));
  resources.use(scheduleReports(stage, scenario));
  resources.use(startPacer(clock, wallClock, onBug));
  if (options.at !== undefined) await simTime.advanceTo(options.at);

  const books = await writeBooks({ scenario, run, core });
  announced.discrepancies = books.discrepancies;
  const ready = await writeReady({
    scenario,
    trust,
    run,
    core,
    windows,
    books: books.files,
    simTime: simTime.now(),
    control: { url: control.url, token },
  });
  announced.ready = ready;
  journal.record({ kind: 'simulator.ready', source: 'simulator', scenario: scenario.id, plan });
  if ((options.clock ?? 'paused') === 'running')
    simTime.resume(options.speed === undefined ? {} : { speed: options.speed });

  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= resources[Symbol.asyncDispose]());
  return {
    endpoints: ready,
    title: scenario.title,
    clock: simTime,
    journal,
    inject,
    expectations,
    state,
    snapshot: () => core.snapshot(),
    credentials,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function toPlan(chosen: SimulatorOptions['plan']): AddressPlan {
  return chosen === 'default' ? defaultPlan(process.platform) : (chosen ?? 'ephemeral');
}

async function loadOrThrow(options: SimulatorOptions): Promise<Scenario> {
  const result = await loadScenario(options.scenario ?? 'verification-day', {
    scenariosDir: SCENARIOS_DIR,
    ...(COMPILED_SCENARIOS_DIR === undefined ? {} : { compiledDir: COMPILED_SCENARIOS_DIR }),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(options.reportTemplates === undefined ? {} : { reportTemplates: options.reportTemplates }),
  });
  if (result.ok) return result.scenario;
  throw scenarioInvalid(result.problems);
}
