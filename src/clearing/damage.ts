import type { Random } from '../time/random.ts';
import { seededRandom } from '../time/random.ts';

/**
 * What can be wrong with a report file: it ends in the middle of a line, says more rows than it has, is empty, or has
 * other bytes in some places. Ours: how HKEX's files were ever wrong is not public.
 */
export const DAMAGES = ['cut', 'rows', 'empty', 'bytes'] as const;

export type Damage = (typeof DAMAGES)[number];

/** The same report and the same seed are damaged in the same way. */
export interface ReportDamage {
  readonly how: Damage;
  readonly seed: string;
}

/**
 * Which row is left out of a file that says more rows than it has; -1 where there is none: then one is counted all the
 * same. Undefined where the damage is another.
 */
export function rowLeftOut({ how, seed }: ReportDamage, rows: number): number | undefined {
  if (how !== 'rows') return undefined;
  return rows === 0 ? -1 : seededRandom(seed).integer(rows);
}

/** The text of a file after the damage; where a row is left out it has been left out before. ASCII stays ASCII. */
export function damageText(text: string, { how, seed }: ReportDamage): string {
  switch (how) {
    case 'empty':
      return '';
    case 'rows':
      return text;
    case 'cut':
      return cutInLine(text, seededRandom(seed));
    case 'bytes':
      return otherBytes(text, seededRandom(seed));
  }
}

/** At least the first half stays, and the last line that stays is not whole. */
function cutInLine(text: string, random: Random): string {
  const half = Math.floor(text.length / 2);
  let length = half + random.integer(Math.max(1, text.length - half));
  while (length > 0 && '\r\n'.includes(text.charAt(length - 1))) length -= 1;
  // At the end of a line nothing would look wrong.
  if (length > 0 && '\r\n'.includes(text.charAt(length))) length -= 1;
  return text.slice(0, length);
}

const BYTES_DAMAGED_MAX = 16;

function otherBytes(text: string, random: Random): string {
  if (text.length === 0) return text;
  const places = new Set(Array.from({ length: BYTES_DAMAGED_MAX }, () => random.integer(text.length)));
  let damaged = '';
  let from = 0;
  for (const place of [...places].toSorted((a, b) => a - b)) {
    // Never the same: what is not 0 changes a bit.
    damaged += text.slice(from, place) + String.fromCharCode(text.charCodeAt(place) ^ (1 + random.integer(0x7f)));
    from = place + 1;
  }
  return damaged + text.slice(from);
}
