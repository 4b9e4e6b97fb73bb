import type { ClearingCore } from '../clearing/core.ts';
import type { CredentialVault } from '../clearing/secret.ts';
import { takeSnapshot } from '../clearing/snapshot.ts';
import type { ClearingState } from '../clearing/state.ts';
import type { WorldDefinition } from '../clearing/world.ts';
import type { JournalEntry } from '../journal/entry.ts';
import type { Journal } from '../journal/journal.ts';
import { replay } from '../journal/replay.ts';
import { survivingSpans } from '../journal/surviving.ts';
import type { LiveRules } from '../oapi/answers-on-demand/live-rules.ts';
import type { LiveFaults } from '../faults/live-faults.ts';
import { OLD_PLATFORM, type Platforms } from '../platforms/platforms.ts';
import type { GatewayName, StopHow } from '../scenario/action.ts';
import type { ReportDesk } from '../report-desk.ts';
import type { SftpKeys } from '../sftp-keys.ts';
import { changesOf, type Change, type Chronicle, type Noted } from './chronicle.ts';

export interface RebuiltParts {
  readonly world: WorldDefinition;
  readonly journal: Pick<Journal, 'entries'>;
  readonly credentials: CredentialVault;
  readonly chronicle: Chronicle;
  readonly upgraded: ClearingCore;
  readonly old: ClearingCore | undefined;
  readonly platforms: Platforms;
  readonly answers: LiveRules;
  readonly faults: Pick<LiveFaults, 'restore'>;
  readonly reports: Pick<ReportDesk, 'restore'>;
  /** Has made every key pair that the day names. */
  readonly sftpKeys: Pick<SftpKeys, 'restore'>;
}

/** What had happened until an entry. */
export interface Rebuilt {
  readonly entries: readonly JournalEntry[];
  readonly changes: readonly Change[];
}

/**
 * Brings both clearing states, the platforms, the rules, the faults, what is ordered of reports and the SFTP keys to what they were at the journal's entry `position`, or with
 * Infinity to what its last entry left. Nobody is told.
 */
export function rebuild(parts: RebuiltParts, position: number): Rebuilt {
  const { world, credentials, chronicle, upgraded, old, platforms, answers, faults, reports, sftpKeys } = parts;
  const all = parts.journal.entries();
  const until = all.slice(0, position);
  const spans = survivingSpans(until, position);
  const noted = chronicle.notedWithin(spans);
  const changes = noted.map(({ change }) => change);
  upgraded.goOnFrom(replay(world, until, credentials));
  old?.goOnFrom(oldState(parts, until, noted));
  platforms.restore(
    changesOf(changes, 'exchange-work', 'command', 'command-matched', 'platform-saved', 'fell-back', 'linked'),
  );
  answers.restore(changesOf(changes, 'rule-begun', 'rule-hit', 'rule-ended'));
  faults.restore(changesOf(changes, 'fault-begun', 'fault-hit', 'fault-ended'));
  reports.restore(changesOf(changes, 'report-orders'));
  sftpKeys.restore(changesOf(changes, 'sftp-key-renewed', 'sftp-key-ended'));
  const entries = until.filter(({ seq }) => spans.some(({ first, last }) => seq >= first && seq <= last));
  return { entries, changes };
}

/** The old platform goes on from the world, or from what the upgraded one was when it was saved last. */
function oldState(
  { world, credentials }: RebuiltParts,
  until: readonly JournalEntry[],
  noted: readonly Noted[],
): ClearingState {
  const platform = OLD_PLATFORM;
  const saved = noted.findLast(({ change }) => change.of === 'platform-saved')?.after;
  if (saved === undefined) return replay(world, until, credentials, { platform });
  const start = takeSnapshot(replay(world, until.slice(0, saved), credentials));
  return replay(start, until, credentials, { platform, since: saved });
}

/** How each gateway of which something was said is to be. */
export function gatewaysAfter(changes: readonly Change[]): ReadonlyMap<GatewayName, 'running' | StopHow> {
  return new Map(
    changesOf(changes, 'gateways').flatMap(({ gateways, are }) => gateways.map((name) => [name, are] as const)),
  );
}
