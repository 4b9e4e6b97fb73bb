import { beginDay } from './begin-day.ts';
import { endSessions, openCheckpoints, setGateways } from './checkpoints.ts';
import { PACKAGE_ROOT, readEnvironment, VERSION } from './config.ts';
import type { Decision, Gate, Injected, StateView } from './control/port.ts';
import { startControl } from './control/start.ts';
import { keepKeys, stageOf, type Announced } from './day-stage.ts';
import { openDayState, type DayState } from './day-state.ts';
import { gradingOf } from './grade-day.ts';
import { Disposables } from './host/disposables.ts';
import { startPacer } from './host/pacer.ts';
import { prewarm } from './host/prewarm.ts';
import { defaultStateDir, openRunDirectory } from './host/run-directory.ts';
import { wallClock } from './host/wall-clock.ts';
import { openKept, toKept } from './keep-day.ts';
import { loadDay } from './load-day.ts';
import { transactionsBefore } from './oapi/transactions-before.ts';
import { verifying } from './observe/verify.ts';
import { waiting } from './observe/wait-for.ts';
import { perform } from './perform.ts';
import type { TaskStage } from './perform-task.ts';
import { changesOf } from './persistence/chronicle.ts';
import type { KeptPast } from './persistence/kept-day.ts';
import { rebuild, type Rebuilt } from './persistence/rebuild.ts';
import { openDictionaries, placeDay, toToken } from './place-day.ts';
import { dcassBooks } from './reconcile/books.ts';
import { SECONDARY_GATEWAYS, type ScenarioAction } from './scenario/action.ts';
import { instantOf } from './journal/entry-instant.ts';
import { parseAction } from './scenario/parse-action.ts';
import { unexpectedOf } from './score/score.ts';
import { sftpCrypto } from './sftp/ssh2-private.ts';
import { SimError } from './sim-error.ts';
import { parseInstantOrThrow, simClock } from './sim-clock.ts';
import type { Simulator, SimulatorOptions } from './simulator-api.ts';
import { faultsOf } from './simulator-faults.ts';
import { stateView } from './state-view.ts';
import { toIso } from './time/instant.ts';
import { openTrust } from './trust.ts';
import { openWindows, type Windows } from './windows.ts';
import { writeBooks } from './write-books.ts';
import { writeReady } from './write-ready.ts';

export type { Kept } from './kept.ts';
export type { FallbackView } from './platforms/platforms.ts';
export type { Simulator, SimulatorOptions } from './simulator-api.ts';
export type { Faults } from './faults-api.ts';

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
  const loading = loadDay(options);
  const [scenario, trust, run] = await Promise.all([
    loading,
    loading.then(({ gateways }) => openTrust(options.stateDir, environment, gateways.secondary.online)),
    openRunDirectory(options.runsIn ?? stateDir, process.pid),
  ]);
  resources.use(run);

  let notKept = (error: Error): void => {
    throw new SimError('SIM_OPTION_INVALID', `the day cannot be kept in ${stateDir}: ${error.message}`);
  };
  const kept = await openKept(options, { stateDir, scenario, failed: (error) => notKept(error) });
  const { plan, addresses } = placeDay(options, scenario);
  const announced: Announced = {};
  const state = openDayState(
    { scenario, trust, run, kept, journalFile: options.journalFile, stage: () => stage },
    resources,
  );
  const { clock, journal, together, note, chronicle, platforms, upgraded: core, mail, faults } = state;
  const onBug = (error: unknown): void =>
    void journal.record({ kind: 'simulator.bug', source: 'simulator', error: String(error) });
  notKept = (error) => void journal.record({ kind: 'simulator.not-kept', source: 'simulator', error: error.message });
  const stage: ReturnType<typeof stageOf> = stageOf(state, { run, addresses, announced });

  const begin = (before?: Rebuilt): void => {
    const oapi = (): Windows['oapi'] => announced.windows?.oapi ?? [];
    announced.day = beginDay({ scenario, stage, oapi, onTrouble: onBug }, before);
  };
  const end = (): void => announced.day?.[Symbol.dispose]();
  resources.defer(end);
  const simTime = simClock(clock, scenario.date, journal);
  const { dictionary, oldDictionary } = await openDictionaries(options, scenario, stateDir);
  const past = kept?.past && kept.past.entries.length > 0 ? kept.past : undefined;
  const rebuilt = past && (await goOn(state, past, { stage, begin }));
  if (!rebuilt) {
    const second = stage.gatewayNames.filter((name) => SECONDARY_GATEWAYS.some((each) => each === name));
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
      ...state,
      addresses,
      scenario,
      trust,
      core,
      dictionary,
      oldDictionary,
      transactionsBefore: (gateway) => transactionsBefore(past?.entries ?? [], gateway),
    },
    resources,
  );
  announced.windows = windows;
  const checkpoints = openCheckpoints({
    ...state,
    windows: () => windows,
    endDay: end,
    beginDay: begin,
    restored: () => keepKeys(run, announced),
    saved: () => kept?.log.sync(),
  });
  const { expectations, score, judge } = gradingOf(scenario, journal, clock.now);
  // Asked for by the control API at the earliest, so it is there by then.
  const view = (): StateView =>
    stateView(platforms.core, scenario.id, { ...windows.connections(), control: control.connections() });
  const parse = (verb: string, args: unknown): ScenarioAction => parseAction(verb, args, { scenario });
  const act = (action: ScenarioAction): ReturnType<typeof perform> =>
    together(() => {
      journal.record({ kind: 'control.injected', source: 'control', verb: action.do });
      return perform(stage, action);
    });
  const faultsNow = faultsOf({ live: faults, parse, act });
  const inject = async (verb: string, args: unknown = {}): Promise<Injected> => {
    const rejection = await act(parse(verb, args));
    if (!rejection) return { refused: undefined };
    const { code, ...facts } = rejection;
    return { refused: { code, facts } };
  };

  const token = options.sameAs?.control.token ?? toToken(options.controlToken ?? environment.ownControlToken);
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
        state: view,
        books: (code) => dcassBooks(platforms.core, code),
        fallback: () => platforms.view(),
        mails: mail.outbox.sent,
        discrepancies: () => announced.discrepancies ?? [],
        expectations: () => expectations(),
        score: () => score(),
        judge,
        gates,
        decide,
        inject,
        faults: faultsNow,
        confirm: mail.confirm,
        checkpoints,
      },
    }),
  );

  if (rebuilt || options.from !== undefined) await setGateways(windows, rebuilt?.changes ?? chronicle.within(EVER));
  else begin();
  resources.use(startPacer(clock, wallClock, onBug));
  // What the day had come to when it was cut off: things that were begun are done to their end.
  if (past) await clock.advanceTo(past.seenUntil === undefined ? clock.now() : instantOf({ simTime: past.seenUntil }));
  if (options.at !== undefined) await simTime.advanceTo(options.at);

  const books = await writeBooks({ scenario, run, core });
  announced.discrepancies = books.discrepancies;
  const ready = await writeReady({
    scenario,
    trust,
    run,
    core,
    windows,
    keys: () => state.sftpKeys.files(),
    books: books.files,
    simTime: simTime.now(),
    control: { url: control.url, token },
  });
  announced.ready = ready;
  journal.record({
    kind: 'simulator.ready',
    source: 'simulator',
    scenario: scenario.id,
    plan,
    sftpCrypto: sftpCrypto(),
  });
  if (options.prewarm === true) {
    const { pages, oapi, ssh } = windows.prewarm;
    resources.use(prewarm([pages, control.prewarm, oapi, ssh], wallClock));
  }
  if ((options.clock ?? 'paused') === 'running')
    simTime.resume(options.speed === undefined ? {} : { speed: options.speed });

  const observed = {
    journal,
    now: simTime.now,
    toTime: (text: string) => toIso(parseInstantOrThrow(text, scenario.date)),
    expected: scenario.expectations,
    results: () => expectations(),
  };
  // Disposed first: whoever waits is told before anything closes.
  const { waitFor } = resources.use(waiting(observed));

  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= resources[Symbol.asyncDispose]());
  return {
    endpoints: ready,
    title: scenario.title,
    clock: simTime,
    journal,
    waitFor,
    verify: verifying(observed),
    unexpected: () => unexpectedOf(journal.entries()),
    inject,
    faults: faultsNow,
    expectations: () => expectations(),
    score: ({ final = false } = {}) => score(final),
    judge(id, verdict, said) {
      const trouble = judge(id, verdict, said);
      if (trouble !== undefined) throw new SimError('SIM_OPTION_INVALID', trouble);
    },
    gates,
    decide,
    fallback: () => platforms.view(),
    mails: mail.outbox.sent,
    state: view,
    snapshot: () => core.snapshot(),
    checkpoint: checkpoints.save,
    checkpoints: checkpoints.list,
    restore: checkpoints.restore,
    kept: kept && toKept(kept),
    credentials: state.credentials,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

const EVER = [{ first: 1, last: Infinity }];

/** Brings a day back that was cut off. @returns what had happened of it */
async function goOn(
  state: DayState,
  { restarts, cutBytes, noted }: KeptPast,
  { stage, begin }: { readonly stage: TaskStage; readonly begin: (past: Rebuilt) => void },
): Promise<Rebuilt> {
  const { journal, agenda, mail, upgraded, old, faults, sftpKeys } = state;
  const all = noted.map(({ change }) => change);
  await sftpKeys.prepare(changesOf(all, 'sftp-key-renewed', 'sftp-key-ended'));
  const rebuilt = rebuild(state, Infinity);
  journal.record({ kind: 'simulator.restarted', source: 'simulator', restarts, cut: cutBytes });
  endSessions(upgraded, old);
  agenda.restore(changesOf(rebuilt.changes, 'task-due', 'task-done'), () => begin(rebuilt));
  await mail.outbox.restore(changesOf(rebuilt.changes, 'mail').map((change) => change.mail));
  // What they show was in the memory of the process.
  await Promise.all(faults.rules().map((rule) => stage.prepareFault(rule)));
  return rebuilt;
}
