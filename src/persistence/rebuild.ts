import type { ClearingCore } from '../clearing/core.ts';
import type { CredentialVault } from '../clearing/secret.ts';
import type { WorldDefinition } from '../clearing/world.ts';
import type { JournalEntry } from '../journal/entry.ts';
import type { Journal } from '../journal/journal.ts';
import { replay } from '../journal/replay.ts';
import { survivingSpans } from '../journal/surviving.ts';
import type { LiveRules } from '../oapi/answers-on-demand/live-rules.ts';
import { OLD_PLATFORM, type Platforms } from '../platforms/platforms.ts';
import type { GatewayName, StopHow } from '../scenario/action.ts';
import { changesOf, type Change, type Chronicle } from './chronicle.ts';

export interface RebuiltParts {
  readonly world: WorldDefinition;
  readonly journal: Pick<Journal, 'entries'>;
  readonly credentials: CredentialVault;
  readonly chronicle: Chronicle;
  readonly upgraded: ClearingCore;
  readonly old: ClearingCore | undefined;
  readonly platforms: Platforms;
  readonly answers: LiveRules;
}

/** What had happened until an entry. */
export interface Rebuilt {
  readonly entries: readonly JournalEntry[];
  readonly changes: readonly Change[];
}

/**
 * Brings both clearing states, the platforms and the rules to what they were at the journal's entry `position`, or with
 * Infinity to what its last entry left. Nobody is told.
 */
export function rebuild(parts: RebuiltParts, position: number): Rebuilt {
  const { world, credentials, chronicle, upgraded, old, platforms, answers } = parts;
  const all = parts.journal.entries();
  const until = all.slice(0, position);
  const spans = survivingSpans(until, position);
  const changes = chronicle.within(spans);
  upgraded.goOnFrom(replay(world, until, credentials));
  old?.goOnFrom(replay(world, until, credentials, { platform: OLD_PLATFORM }));
  platforms.restore(changesOf(changes, 'exchange-work', 'command', 'command-matched', 'fell-back', 'linked'));
  answers.restore(changesOf(changes, 'rule-begun', 'rule-hit', 'rule-ended'));
  const entries = until.filter(({ seq }) => spans.some(({ first, last }) => seq >= first && seq <= last));
  return { entries, changes };
}

/** How each gateway of which something was said is to be. */
export function gatewaysAfter(changes: readonly Change[]): ReadonlyMap<GatewayName, 'running' | StopHow> {
  return new Map(
    changesOf(changes, 'gateways').flatMap(({ gateways, are }) => gateways.map((name) => [name, are] as const)),
  );
}
