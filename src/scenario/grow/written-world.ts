import { seededRandom } from '../../time/random.ts';
import type { Checker } from '../checker.ts';
import type { ParticipantSection, PositionsSection, TradesSection, WorldSection } from '../schema.ts';
import { grownUserIds, growParticipants } from './participants.ts';

/** A world with its participants and deals written out, or left out, and what it imports from CSV files in its place. */
export interface WrittenWorld extends Omit<WorldSection, 'participants' | 'trades' | 'positions'> {
  readonly participants: readonly ParticipantSection[];
  readonly trades?: TradesSection | undefined;
  readonly positions?: PositionsSection | undefined;
}

/**
 * The world as if its grown participants stood in the file, with their users: all other code reads one form.
 * Users that the file writes for a grown participant stay as they are written.
 */
export function toWritten(section: WorldSection, seed: number | string, check: Checker): WrittenWorld {
  const { participants, users, trades } = section;
  const written = { ...section, ...(typeof trades === 'number' ? { trades: undefined } : {}) } as WrittenWorld;
  if (typeof participants !== 'number' || !check.usable('participants')) return written;
  const grown = growParticipants(participants, seededRandom(seed).fork('grow').fork('participants'));
  // A list of users that cannot be read has been refused as a whole.
  if (users !== undefined && !Array.isArray(users)) return { ...written, participants: grown };
  const known = new Set((users ?? []).map((user) => (user as { id?: string } | null)?.id));
  const ids = grown.flatMap(({ code }) => grownUserIds(code)).filter((id) => !known.has(id));
  return { ...written, participants: grown, users: [...(users ?? []), ...ids.map((id) => ({ id }))] };
}
