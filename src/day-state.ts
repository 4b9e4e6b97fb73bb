import { join } from 'node:path';
import { ClearingCore } from './clearing/core.ts';
import type { Together } from './clearing/core-state.ts';
import { CredentialVault } from './clearing/secret.ts';
import { FaultMaterial } from './fault-material.ts';
import { LiveFaults } from './faults/live-faults.ts';
import type { Disposables } from './host/disposables.ts';
import type { RunDirectory } from './host/run-directory.ts';
import { openSftpKey, type SftpKey } from './host/ssh-key.ts';
import type { TrustMaterial } from './host/trust-material.ts';
import { wallClock } from './host/wall-clock.ts';
import { allStores } from './journal/all-stores.ts';
import { fileStore } from './journal/file-store.ts';
import { startJournal, type Journal } from './journal/journal.ts';
import { entryOf } from './journal/record-clearing.ts';
import { LiveRules } from './oapi/answers-on-demand/live-rules.ts';
import { openMail, type Mail } from './open-mail.ts';
import { performTask, type TaskStage } from './perform-task.ts';
import { Agenda } from './persistence/agenda.ts';
import { Chronicle, type Change } from './persistence/chronicle.ts';
import type { KeptDay } from './persistence/kept-day.ts';
import type { RebuiltParts } from './persistence/rebuild.ts';
import { OLD_PLATFORM, Platforms } from './platforms/platforms.ts';
import { ReportDesk } from './report-desk.ts';
import { instantOf } from './journal/entry-instant.ts';
import type { Scenario } from './scenario/scenario.ts';
import { SftpKeys } from './sftp-keys.ts';
import { simulatedClock, type BusinessClock } from './time/clock.ts';
import { seededRandom } from './time/random.ts';

// ASSUMED: how long DCASS takes to write a report is not public (dcass-facts.md section 4, X); `world.reports.writing` sets it.
const REPORT_WRITING_MS = 2_000;

export interface DayStateOptions {
  readonly scenario: Scenario;
  readonly trust: TrustMaterial;
  readonly run: RunDirectory;
  readonly kept: KeptDay | undefined;
  readonly journalFile: string | undefined;
  /** On which tasks of the agenda are performed; it is there before the clock moves. */
  readonly stage: () => TaskStage;
}

/** What a day knows, without its windows: all that outlives a restore, or a process that was killed. */
export interface DayState extends RebuiltParts {
  readonly clock: BusinessClock;
  readonly journal: Journal;
  readonly together: Together;
  readonly note: (change: Change) => void;
  readonly agenda: Agenda;
  readonly mail: Mail;
  readonly faults: LiveFaults;
  readonly faultMaterial: FaultMaterial;
  readonly reports: ReportDesk;
  readonly sftpKeys: SftpKeys;
}

/** Opens the state of a day: a new one, or one that has the journal of a day that goes on, and is to be rebuilt from it. */
export function openDayState(options: DayStateOptions, resources: Disposables): DayState {
  const { scenario, trust, run, kept, journalFile, stage } = options;
  const { world, seed } = scenario;
  const past = kept?.past;
  const last = past?.entries.at(-1);
  const clock = simulatedClock(last ? instantOf(last) : scenario.start, wallClock.transportNow);
  const { now } = clock;
  const stores = [...(kept ? [kept.log] : []), ...(journalFile === undefined ? [] : [fileStore(journalFile)])];
  const journal = resources.use(
    startJournal({ now, wall: wallClock, store: allStores(stores), past: past?.entries ?? [] }),
  );
  const together: Together = kept ? kept.log.together : (work) => work();
  const chronicle = new Chronicle(() => journal.count(), kept?.log.note, past?.noted);
  const note = chronicle.note.bind(chronicle);
  const credentials = CredentialVault.of(past?.passwords ?? [], kept?.log.credential);

  const upgraded = new ClearingCore(world, now);
  upgraded.tellTogether(together);
  upgraded.onEvent((event) => journal.record(entryOf(event, credentials)));
  const oldPlatform = scenario.oldPlatform && {
    core: new ClearingCore(world, now),
    deals: scenario.oldPlatform.deals,
  };
  const old = oldPlatform?.core;
  old?.tellTogether(together);
  old?.onEvent((event) => journal.record({ ...entryOf(event, credentials), platform: OLD_PLATFORM }));
  const platforms = new Platforms({ upgraded, old: oldPlatform, journal, note });

  const agenda = new Agenda({
    clock,
    note,
    together,
    perform: (task, settle) => performTask(stage(), task, settle),
  });
  const faults = new LiveFaults({
    journal,
    wall: wallClock,
    random: seededRandom(seed).fork('faults'),
    note,
    together,
  });
  resources.defer(() => faults[Symbol.dispose]());
  return {
    world,
    clock,
    journal,
    together,
    chronicle,
    note,
    credentials,
    upgraded,
    old,
    platforms,
    answers: new LiveRules(journal, note),
    agenda,
    mail: openMail({ scenario, run, clock, journal, platforms, core: upgraded, agenda, together, note }),
    faults,
    faultMaterial: new FaultMaterial(trust),
    reports: new ReportDesk({
      clock,
      agenda,
      core: upgraded,
      platforms,
      writingMs: scenario.reports.writingMs ?? REPORT_WRITING_MS,
      republished: scenario.reports.republished ?? 'version',
      seed,
      note,
    }),
    sftpKeys: new SftpKeys({
      // A first start makes these keys while the gateways come up.
      keys: firstKeys(trust, upgraded),
      // A renewed key is this day's: the next day begins with the first one again.
      make: (user, number) => openSftpKey(join(kept?.folder ?? run.path, 'keys', String(number)), user),
      clock,
      journal,
      agenda,
      together,
      note,
    }),
  };
}

// One SFTP user per participant, named by its customer code. ASSUMED: the form of SFTP user names came with the
// guide's version of May 2020 and is not public (dcass-facts.md section 4).
async function firstKeys(trust: TrustMaterial, core: ClearingCore): Promise<ReadonlyMap<string, SftpKey>> {
  const codes = core.participants().map((each) => each.code);
  return new Map(await Promise.all(codes.map(async (code) => [code as string, await trust.sftpKey(code)] as const)));
}
