import { scheduleLogoutWarnings } from './logout-warnings.ts';
import { DEFAULT_OAPI_SETTINGS } from './oapi/settings.ts';
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { ClearingCore } from './clearing/core.ts';
import { CredentialVault } from './clearing/secret.ts';
import type { StateSnapshot } from './clearing/snapshot.ts';
import { PACKAGE_ROOT, readEnvironment, VERSION } from './config.ts';
import type { Decision, Gate, Injected, StateView, Verdict } from './control/port.ts';
import { startControl } from './control/start.ts';
import { dictionaryForGateways } from './dictionaries.ts';
import { defaultPlan, planAddresses, type AddressPlan, type PortOverrides } from './host/address-plan.ts';
import { Disposables } from './host/disposables.ts';
import { startPacer } from './host/pacer.ts';
import { defaultStateDir, openRunDirectory } from './host/run-directory.ts';
import { wallClock } from './host/wall-clock.ts';
import { loadDay } from './load-day.ts';
import { fileStore } from './journal/file-store.ts';
import { startJournal, type Journal } from './journal/journal.ts';
import { entryOf } from './journal/record-clearing.ts';
import type { SentMail } from './mail/outbox.ts';
import { openMail } from './open-mail.ts';
import { perform, type Stage } from './perform.ts';
import { OLD_PLATFORM, Platforms } from './platforms/platforms.ts';
import type { FallbackView } from './platforms/platforms.ts';
import { faultsOf, type Faults } from './simulator-faults.ts';

export type { FallbackView, Faults, SentMail };
import type { Ready } from './ready.ts';
import { ReportDesk } from './report-desk.ts';
import { scheduleReports } from './report-schedule.ts';
import { dcassBooks } from './reconcile/books.ts';
import { evaluateExpectations, type ExpectationResult } from './scenario/expectations.ts';
import type { ScenarioAction } from './scenario/action.ts';
import { unknownName } from './scenario/names.ts';
import { parseAction } from './scenario/parse-action.ts';
import { sameAddresses } from './same-addresses.ts';
import { runTimeline, type RunningTimeline } from './scenario/run-timeline.ts';
import { verifying, type Verify } from './observe/verify.ts';
import { waiting, type WaitFor } from './observe/wait-for.ts';
import { scoreDay, unexpectedOf, type Evidence, type Score } from './score/score.ts';
import { sftpCrypto } from './sftp/ssh2-private.ts';
import { SimError } from './sim-error.ts';
import { parseInstantOrThrow, simClock, type SimClock } from './sim-clock.ts';
import { stateView } from './state-view.ts';
import { simulatedClock } from './time/clock.ts';
import { plusMs, toIso } from './time/instant.ts';
import { openTrust } from './trust.ts';
import { openWindows } from './windows.ts';
import { writeBooks, type Discrepancies } from './write-books.ts';
import { keepReady, writeReady } from './write-ready.ts';

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
  /** Values of the day's parameters, by name. */
  readonly params?: Readonly<Record<string, string | number>>;
  /** Where keys, certificates and run files are kept; nothing is written outside it. */
  readonly stateDir?: string;
  /** Where the files of this run go, which end with it; left out: into the state directory. */
  readonly runsIn?: string;
  readonly ports?: PortOverrides;
  /** Plans `single` and `ephemeral`: an IP address to listen on, in the place of 127.0.0.1; the control API too. */
  readonly listenOn?: string;
  /** Token of the control API, 16 characters or more; `DCASS_SIM_CONTROL_TOKEN`, or a random one, when absent. */
  readonly controlToken?: string;
  /** A folder of report templates, in the place of the one that the scenario names. */
  readonly reportTemplates?: string;
  /** What the OAPI gateways speak, in the place of the scenario's: a name, or a file. */
  readonly dictionary?: string;
  /** Listen where another day did that has been stopped, with its token: its clients go on with this one. */
  readonly sameAs?: Ready;
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
  readonly waitFor: WaitFor;
  readonly verify: Verify;
  /** What clients did that nobody expected: not simulated, not allowed by a protocol or page, refused by the state. Nothing has to be asked for. */
  unexpected(): readonly Evidence[];
  /**
   * Performs a verb of the scenario language now. What the clearing state refuses is in the answer and in the journal.
   * @throws SimError SIM_VERB_INVALID
   */
  inject(verb: string, args?: unknown): Promise<Injected>;
  readonly faults: Faults;
  expectations(): readonly ExpectationResult[];
  /** The day, graded. `final`: nothing more is to come, so that what is due at this very moment is missed, not pending. */
  score(options?: { readonly final?: boolean }): Score;
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
  const loading = loadDay(options);
  const [scenario, trust, run] = await Promise.all([
    loading,
    loading.then(({ gateways }) => openTrust(options.stateDir, environment, gateways.secondary.online)),
    openRunDirectory(options.runsIn ?? stateDir, process.pid),
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
  const old = scenario.oldPlatform && {
    core: new ClearingCore(scenario.world, now),
    deals: scenario.oldPlatform.deals,
  };
  old?.core.onEvent((event) => journal.record({ ...entryOf(event, credentials), platform: OLD_PLATFORM }));
  const platforms = new Platforms({ upgraded: core, old, journal });

  const mail = openMail({ scenario, run, clock, journal, platforms, core });

  const plan = toPlan(options.plan);
  const { secondary } = scenario.gateways;
  const ports = {
    ...(scenario.gateways.oapi.port && plan !== 'ephemeral' ? { oapi: scenario.gateways.oapi.port } : {}),
    ...options.ports,
  };
  const planned = planAddresses(plan, ports, {
    second: secondary,
    old: scenario.oldPlatform,
    listenOn: options.listenOn,
  });
  const addresses = options.sameAs ? sameAddresses(planned, options.sameAs) : planned;
  const dictionary = await (options.dictionary === undefined
    ? dictionaryForGateways(scenario.gateways.oapi.dictionary ?? DEFAULT_DICTIONARY, {
        stateDir,
        folder: dirname(scenario.file),
      })
    : dictionaryForGateways(options.dictionary, { stateDir }));
  const oldDictionary =
    scenario.oldPlatform &&
    (await dictionaryForGateways(scenario.oldPlatform.dictionary, { stateDir, folder: dirname(scenario.file) }));
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
      clock,
      runFolder: run.path,
    },
    resources,
  );

  const reports = new ReportDesk({
    clock,
    core,
    platforms,
    writingMs: scenario.reports.writingMs ?? REPORT_WRITING_MS,
    republished: scenario.reports.republished ?? 'version',
    seed: scenario.seed,
  });
  const stage: Stage = {
    clock,
    get core() {
      return platforms.core;
    },
    platforms,
    mail,
    journal,
    gateways: windows.gateways,
    answers: windows.answers,
    reports,
    sftpKeys: {
      async renew(user, keepOldMs) {
        await windows.sftpKeys.renew(user, keepOldMs);
        // `dcass-sim keys` finds the new file there.
        if (announced.ready) await keepReady(run, announced.ready);
      },
    },
    faults: windows.faults,
    prepareFault: (rule) => windows.faultMaterial.prepare(rule, windows.hostOf),
  };
  const announced: { ready?: Ready; discrepancies?: readonly Discrepancies[]; timeline?: RunningTimeline } = {};
  const simTime = simClock(clock, scenario.date, journal);
  const isOver = (): boolean => scenario.end !== undefined && now() >= scenario.end;
  // Where nothing more is to come, a deadline at this very moment has passed.
  const expectations = (isFinal = false): readonly ExpectationResult[] =>
    evaluateExpectations(scenario.expectations, journal.entries(), plusMs(now(), isFinal ? 1 : 0), isOver());
  const score = (isFinal = false): Score =>
    scoreDay(
      { scenario: scenario.id, title: scenario.title, simTime: toIso(now()) },
      expectations(isFinal),
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
  const parse = (verb: string, args: unknown): ScenarioAction => {
    const action = parseAction(verb, args, { scenario });
    journal.record({ kind: 'control.injected', source: 'control', verb });
    return action;
  };
  const faults = faultsOf({ live: windows.faults, parse, act: (action) => perform(stage, action) });
  const inject = async (verb: string, args: unknown = {}): Promise<Injected> => {
    const rejection = await perform(stage, parse(verb, args));
    if (!rejection) return { refused: undefined };
    const { code, ...facts } = rejection;
    return { refused: { code, facts } };
  };

  const token = options.sameAs?.control.token ?? toToken(options.controlToken ?? environment.ownControlToken);
  const gates = (): readonly Gate[] =>
    (announced.timeline?.gates() ?? []).map((each) => ({ ...each, until: toIso(each.until) }));
  const decide = (gate: string, decision: Decision): boolean => announced.timeline?.decide(gate, decision) ?? false;
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
        expectations: () => expectations(),
        score: () => score(),
        judge,
        gates,
        decide,
        inject,
        faults,
        confirm: mail.confirm,
      },
    }),
  );

  announced.timeline = resources.use(
    runTimeline(scenario, { clock, journal, perform: (action) => perform(stage, action), onTrouble: onBug }),
  );
  const { logoutWarningMs = DEFAULT_OAPI_SETTINGS.logoutWarningMs } = scenario.gateways.oapi;
  resources.use(scheduleLogoutWarnings(clock, scenario.world.sessions, windows.oapi, logoutWarningMs));
  resources.use(scheduleReports({ clock, core, platforms, reports }, scenario));
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
  journal.record({
    kind: 'simulator.ready',
    source: 'simulator',
    scenario: scenario.id,
    plan,
    sftpCrypto: sftpCrypto(),
  });
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
    faults,
    expectations: () => expectations(),
    score: ({ final = false } = {}) => score(final),
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
    credentials,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** @throws SimError SIM_OPTION_INVALID; the message does not repeat the token */
function toToken(chosen: string | undefined): string {
  if (chosen === undefined) return randomBytes(24).toString('base64url');
  if (/^[\w.~+/-]{16,200}=*$/.test(chosen)) return chosen;
  throw new SimError(
    'SIM_OPTION_INVALID',
    `the token of the control API has 16 to 200 letters, digits or -._~+/, and this one has ${chosen.length} characters`,
  );
}

function toPlan(chosen: SimulatorOptions['plan']): AddressPlan {
  return chosen === 'default' ? defaultPlan(process.platform) : (chosen ?? 'ephemeral');
}
