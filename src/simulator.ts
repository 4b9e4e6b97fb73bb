import { beginDay, type PlannedDay } from './begin-day.ts';
import { endSessions, openCheckpoints, setGateways, type Checkpoint } from './checkpoints.ts';
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { ClearingCore } from './clearing/core.ts';
import type { Together } from './clearing/core-state.ts';
import { CredentialVault } from './clearing/secret.ts';
import type { StateSnapshot } from './clearing/snapshot.ts';
import { COMPILED_SCENARIOS_DIR, PACKAGE_ROOT, readEnvironment, SCENARIOS_DIR, VERSION } from './config.ts';
import type { Decision, Gate, Injected, StateView, Verdict } from './control/port.ts';
import { startControl } from './control/start.ts';
import { dictionaryForGateways } from './dictionaries.ts';
import { defaultPlan, planAddresses, type AddressPlan, type PortOverrides } from './host/address-plan.ts';
import { Disposables } from './host/disposables.ts';
import { startPacer } from './host/pacer.ts';
import { defaultStateDir, openRunDirectory } from './host/run-directory.ts';
import { wallClock } from './host/wall-clock.ts';
import { allStores } from './journal/all-stores.ts';
import { fileStore } from './journal/file-store.ts';
import { startJournal, type Journal } from './journal/journal.ts';
import { entryOf } from './journal/record-clearing.ts';
import type { SentMail } from './mail/outbox.ts';
import { openMail } from './open-mail.ts';
import { LiveRules } from './oapi/answers-on-demand/live-rules.ts';
import { transactionsBefore } from './oapi/calls/transact.ts';
import { perform, type StoppableGateway } from './perform.ts';
import { performTask, type TaskStage } from './perform-task.ts';
import { Agenda } from './persistence/agenda.ts';
import { changesOf, Chronicle } from './persistence/chronicle.ts';
import { identityOf } from './persistence/identity.ts';
import { openKeptDay, type KeptDay } from './persistence/kept-day.ts';
import { rebuild, type Rebuilt } from './persistence/rebuild.ts';
import { OLD_PLATFORM, Platforms } from './platforms/platforms.ts';
import type { FallbackView } from './platforms/platforms.ts';

export type { FallbackView, SentMail };
import type { Ready } from './ready.ts';
import { dcassBooks } from './reconcile/books.ts';
import { evaluateExpectations, type ExpectationResult } from './scenario/expectations.ts';
import { SECONDARY_GATEWAYS, type GatewayName } from './scenario/action.ts';
import { instantOf } from './scenario/entry-instant.ts';
import { loadScenario } from './scenario/load.ts';
import { unknownName } from './scenario/names.ts';
import { parseAction } from './scenario/parse-action.ts';
import { scenarioInvalid } from './scenario/problem.ts';
import type { Scenario } from './scenario/scenario.ts';
import { scoreDay, type Score } from './score/score.ts';
import { SimError } from './sim-error.ts';
import { parseInstantOrThrow, simClock, type SimClock } from './sim-clock.ts';
import { stateView } from './state-view.ts';
import { simulatedClock } from './time/clock.ts';
import { toIso } from './time/instant.ts';
import { openTrust } from './trust.ts';
import { gatewayNamesOf, openWindows, type Windows } from './windows.ts';
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
  /** Begin the day at this time: what was due before has happened with nobody connected, and is history. */
  readonly from?: string;
  readonly seed?: number | string;
  /** Values of the day's parameters, by name. */
  readonly params?: Readonly<Record<string, string | number>>;
  /** Where keys, certificates and run files are kept; nothing is written outside it. */
  readonly stateDir?: string;
  readonly ports?: PortOverrides;
  /** A folder of report templates, in the place of the one that the scenario names. */
  readonly reportTemplates?: string;
  /** What the OAPI gateways speak, in the place of the scenario's: a name, or a file. */
  readonly dictionary?: string;
  /** Also keep the journal as JSON lines in this file. */
  readonly journalFile?: string;
  /** Keep the day in the state directory while it happens, so that it can go on after its process was killed. */
  readonly keep?: boolean;
  /** Go on with the day that was kept there and left last. */
  readonly resume?: boolean;
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
  /** The day, graded. */
  score(): Score;
  /** The instructor decides: any expectation is waived, one with `confirm` is met or missed. @throws SimError SIM_OPTION_INVALID */
  judge(id: string, verdict: Verdict, note?: string): void;
  /** The decisions of the timeline that wait, or were made. */
  gates(): readonly Gate[];
  /** The instructor decides. @returns false when no such gate waits now */
  decide(gate: string, decision: Decision): boolean;
  /** What a fallback asks of the participants, and what looks different after it; undefined before one. */
  fallback(): FallbackView | undefined;
  /** What HKEX's desk has written: answers to forms, and notices. */
  mails(): readonly SentMail[];
  state(): StateView;
  /** The whole clearing state as JSON can carry it; its `secrets` are the passwords. */
  snapshot(): StateSnapshot;
  /** Saves the day as it is now, under a name. @throws SimError SIM_OPTION_INVALID */
  checkpoint(name?: string): Checkpoint;
  checkpoints(): readonly Checkpoint[];
  /** The day is again what it was at the checkpoint; who is connected is not any more. @throws SimError SIM_CHECKPOINT_UNKNOWN */
  restore(checkpoint: string): Promise<Checkpoint>;
  /** Where the day is kept, where it is, and what it goes on from. */
  readonly kept: Kept | undefined;
  /** The passwords that were set during the day, to which the journal refers: a replay needs them. */
  readonly credentials: CredentialVault;
  stop(): Promise<void>;
}

/** A day that is kept in the state directory. */
export interface Kept {
  readonly folder: string;
  /** Undefined where the day is new. */
  readonly resumed: { readonly entries: number; readonly restarts: number; readonly cutBytes: number } | undefined;
  /** Of a new day: the one that was left last, where it was not stopped in good order. */
  readonly unfinished: { readonly scenario: string; readonly until: string } | undefined;
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
  const loading = loadOrThrow(options);
  const [scenario, trust, run] = await Promise.all([
    loading,
    loading.then(({ gateways }) => openTrust(options.stateDir, environment, gateways.secondary.online)),
    openRunDirectory(stateDir, process.pid),
  ]);
  resources.use(run);

  let notKept = (error: Error): void => {
    throw new SimError('SIM_OPTION_INVALID', `the day cannot be kept in ${stateDir}: ${error.message}`);
  };
  const kept = await openKept(options, { stateDir, scenario, failed: (error) => notKept(error) });
  const past = kept?.past;
  const last = past?.entries.at(-1);
  const clock = simulatedClock(last ? instantOf(last) : scenario.start, wallClock.transportNow);
  const now = clock.now;
  const stores = [...(kept ? [kept.log] : []), ...(options.journalFile ? [fileStore(options.journalFile)] : [])];
  const journal = resources.use(
    startJournal({ now, wall: wallClock, store: allStores(stores), past: past?.entries ?? [] }),
  );
  const onBug = (error: unknown): void =>
    void journal.record({ kind: 'simulator.bug', source: 'simulator', error: String(error) });
  notKept = (error) => void journal.record({ kind: 'simulator.not-kept', source: 'simulator', error: error.message });
  const together: Together = kept ? kept.log.together : (work) => work();
  const chronicle = new Chronicle(() => journal.count(), kept?.log.note, past?.noted);
  const note = chronicle.note.bind(chronicle);
  const core = new ClearingCore(scenario.world, now);
  const credentials = CredentialVault.of(past?.passwords ?? [], kept?.log.credential);
  core.tellTogether(together);
  core.onEvent((event) => journal.record(entryOf(event, credentials)));
  const old = scenario.oldPlatform && {
    core: new ClearingCore(scenario.world, now),
    deals: scenario.oldPlatform.deals,
  };
  old?.core.tellTogether(together);
  old?.core.onEvent((event) => journal.record({ ...entryOf(event, credentials), platform: OLD_PLATFORM }));
  const platforms = new Platforms({ upgraded: core, old, journal, note });
  const answers = new LiveRules(journal, note);
  const agenda: Agenda = new Agenda({
    clock,
    note,
    together,
    perform: (task, settle) => performTask(stage, task, settle),
  });
  const mail = openMail({ scenario, run, clock, journal, platforms, core, agenda, together, note });

  const plan = toPlan(options.plan);
  const { secondary } = scenario.gateways;
  const ports = {
    ...(scenario.gateways.oapi.port && plan !== 'ephemeral' ? { oapi: scenario.gateways.oapi.port } : {}),
    ...options.ports,
  };
  const addresses = planAddresses(plan, ports, { second: secondary, old: scenario.oldPlatform });
  const dictionary = await (options.dictionary === undefined
    ? dictionaryForGateways(scenario.gateways.oapi.dictionary ?? DEFAULT_DICTIONARY, {
        stateDir,
        folder: dirname(scenario.file),
      })
    : dictionaryForGateways(options.dictionary, { stateDir }));
  const oldDictionary =
    scenario.oldPlatform &&
    (await dictionaryForGateways(scenario.oldPlatform.dictionary, { stateDir, folder: dirname(scenario.file) }));

  const announced: Announced = {};
  const gatewayNames = gatewayNamesOf(addresses);
  const stage: TaskStage & { readonly journal: Journal } = {
    clock,
    get core() {
      return platforms.core;
    },
    platforms,
    mail,
    journal,
    get gateways() {
      return announced.windows?.gateways ?? new Map<GatewayName, StoppableGateway>();
    },
    gatewayNames,
    answers,
    agenda,
    together,
    chronicle,
    reportWritingMs: scenario.reports.writingMs ?? REPORT_WRITING_MS,
  };
  const parts = {
    world: scenario.world,
    journal,
    credentials,
    chronicle,
    upgraded: core,
    old: old?.core,
    platforms,
    answers,
  };
  const begin = (before?: Rebuilt): void => {
    const oapi = (): Windows['oapi'] => announced.windows?.oapi ?? [];
    announced.day = beginDay({ scenario, stage, oapi, onTrouble: onBug }, before);
  };
  const end = (): void => announced.day?.[Symbol.dispose]();
  resources.defer(end);
  const simTime = simClock(clock, scenario.date, journal);
  const rebuilt = past && past.entries.length > 0 ? rebuild(parts, Infinity) : undefined;
  if (rebuilt) {
    const { restarts, cutBytes } = past ?? { restarts: 0, cutBytes: 0 };
    journal.record({ kind: 'simulator.restarted', source: 'simulator', restarts, cut: cutBytes });
    endSessions(core, old?.core);
    begin(rebuilt);
    agenda.restore(changesOf(rebuilt.changes, 'task-due', 'task-done'));
    await mail.outbox.restore(changesOf(rebuilt.changes, 'mail').map((change) => change.mail));
  } else {
    const second = gatewayNames.filter((name) => SECONDARY_GATEWAYS.some((each) => each === name));
    if (second.length > 0) note({ of: 'gateways', gateways: second, are: 'refuse' });
    if (options.from !== undefined) {
      const from = parseInstantOrThrow(options.from, scenario.date);
      begin();
      await journal.asHistory(() => clock.advanceTo(from));
      journal.record({ kind: 'clock.began', source: 'clock' });
    }
  }
  const windows = await openWindows(
    {
      addresses,
      scenario,
      trust,
      core,
      platforms,
      mail,
      journal,
      dictionary,
      oldDictionary,
      answers,
      transactionsBefore: (gateway) => transactionsBefore(past?.entries ?? [], gateway),
    },
    resources,
  );
  announced.windows = windows;
  const checkpoints = openCheckpoints({
    ...parts,
    clock,
    agenda,
    mail,
    windows: () => windows,
    endDay: end,
    beginDay: begin,
    saved: () => kept?.log.sync(),
  });
  const isOver = (): boolean => scenario.end !== undefined && now() >= scenario.end;
  const expectations = (): readonly ExpectationResult[] =>
    evaluateExpectations(scenario.expectations, journal.entries(), now(), isOver());
  const score = (): Score =>
    scoreDay(
      { scenario: scenario.id, title: scenario.title, simTime: toIso(now()) },
      expectations(),
      journal.entries(),
    );
  const judge = (id: string, verdict: Verdict, note: string | undefined): string | undefined => {
    const known = scenario.expectations.find((each) => each.id === id);
    if (!known)
      return unknownName(
        'expectation',
        id,
        scenario.expectations.map((each) => each.id),
      ).message;
    if (verdict !== 'waived' && known.what.kind !== 'confirm') {
      return `"${id}" is decided by the journal; it can be waived, and only an expectation with confirm: can be met or missed by hand`;
    }
    const said = note === undefined ? {} : { note };
    journal.record({ kind: 'control.expectation-judged', source: 'control', expectation: id, verdict, ...said });
    return undefined;
  };
  // Asked for by the control API at the earliest, so it is there by then.
  const state = (): StateView =>
    stateView(platforms.core, scenario.id, { ...windows.connections(), control: control.connections() });
  const inject = async (verb: string, args: unknown = {}): Promise<Injected> => {
    const action = parseAction(verb, args, { scenario });
    const rejection = await together(() => {
      journal.record({ kind: 'control.injected', source: 'control', verb });
      return perform(stage, action);
    });
    if (!rejection) return { refused: undefined };
    const { code, ...facts } = rejection;
    return { refused: { code, facts } };
  };

  const token = randomBytes(24).toString('base64url');
  const gates = (): readonly Gate[] =>
    (announced.day?.timeline.gates() ?? []).map((each) => ({ ...each, until: toIso(each.until) }));
  const decide = (gate: string, decision: Decision): boolean => announced.day?.timeline.decide(gate, decision) ?? false;
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
        books: (code) => dcassBooks(platforms.core, code),
        fallback: () => platforms.view(),
        mails: mail.outbox.sent,
        discrepancies: () => announced.discrepancies ?? [],
        expectations,
        score,
        judge,
        gates,
        decide,
        inject,
        confirm: mail.confirm,
        checkpoints,
      },
    }),
  );

  if (rebuilt || options.from !== undefined) await setGateways(windows, rebuilt?.changes ?? chronicle.within(EVER));
  else begin();
  resources.use(startPacer(clock, wallClock, onBug));
  // What the day had come to when it was cut off: things that were begun are done to their end.
  if (rebuilt) await clock.advanceTo(past?.seenUntil === undefined ? now() : instantOf({ simTime: past.seenUntil }));
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
    score,
    judge(id, verdict, note) {
      const trouble = judge(id, verdict, note);
      if (trouble !== undefined) throw new SimError('SIM_OPTION_INVALID', trouble);
    },
    gates,
    decide,
    fallback: () => platforms.view(),
    mails: mail.outbox.sent,
    state,
    snapshot: () => core.snapshot(),
    checkpoint: checkpoints.save,
    checkpoints: checkpoints.list,
    restore: checkpoints.restore,
    kept: kept && toKept(kept),
    credentials,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

interface Announced {
  ready?: Ready;
  discrepancies?: readonly Discrepancies[];
  windows?: Windows;
  day?: PlannedDay;
}

const EVER = [{ first: 1, last: Infinity }];

async function openKept(
  { keep = false, resume = false, from }: SimulatorOptions,
  { stateDir, scenario, failed }: { stateDir: string; scenario: Scenario; failed: (error: Error) => void },
): Promise<KeptDay | undefined> {
  if (resume && from !== undefined) {
    throw new SimError('SIM_OPTION_INVALID', 'a day that goes on (--resume) has begun already: it takes no --from');
  }
  if (!keep && !resume) return undefined;
  return openKeptDay({
    stateDir,
    identity: identityOf(scenario, VERSION),
    resume,
    pid: process.pid,
    onFailure: failed,
  });
}

function toKept({ folder, past, unfinished }: KeptDay): Kept {
  if (!past) return { folder, resumed: undefined, unfinished };
  const { entries, restarts, cutBytes } = past;
  return { folder, resumed: { entries: entries.length, restarts, cutBytes }, unfinished };
}

function toPlan(chosen: SimulatorOptions['plan']): AddressPlan {
  return chosen === 'default' ? defaultPlan(process.platform) : (chosen ?? 'ephemeral');
}

async function loadOrThrow(options: SimulatorOptions): Promise<Scenario> {
  const result = await loadScenario(options.scenario ?? 'verification-day', {
    scenariosDir: SCENARIOS_DIR,
    ...(COMPILED_SCENARIOS_DIR === undefined ? {} : { compiledDir: COMPILED_SCENARIOS_DIR }),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(options.params === undefined ? {} : { params: options.params }),
    ...(options.reportTemplates === undefined ? {} : { reportTemplates: options.reportTemplates }),
  });
  if (result.ok) return result.scenario;
  throw scenarioInvalid(result.problems);
}
