import * as z from 'zod/mini';
import { JOURNAL_KINDS } from '../journal/kinds.ts';
import type { Checker } from './checker.ts';
import * as l from './leaf.ts';
import { checkParticipant, checkSeries, checkUser, type Names } from './names.ts';
import { nearest, quoteFound } from './nearest.ts';
import type { ProblemText } from './problem.ts';
import type { Seen, Value } from './seen.ts';

const value = z.union([z.string(), z.number(), z.boolean()]);

/** `seen` of an expectation, and of a `when`. */
export const seenShape = l.leaf(z.catchall(z.object({ kind: z.string() }), z.union([value, z.array(value)])), {
  expects: 'the kind of a journal entry and values of its fields: { kind: sftp.download, participant: "CABC" }',
});

/** Refuses kinds that the journal does not have, and names that the world does not have. */
export function checkSeen(seen: Seen, names: Names, check: Checker): void {
  const trouble = kindTrouble(seen.kind);
  if (trouble) check.refuse(['kind'], trouble);
  for (const [field, found] of Object.entries(seen)) {
    const known = KNOWN_FIELDS[field];
    if (!known) continue;
    const values = Array.isArray(found) ? (found as readonly Value[]) : [found as Value];
    values.forEach((each, i) => {
      if (typeof each === 'string') known(names, each, Array.isArray(found) ? [field, i] : [field], check.refuse);
    });
  }
}

const KNOWN_FIELDS: Readonly<Record<string, typeof checkParticipant | typeof checkSeries>> = {
  participant: checkParticipant,
  user: checkUser,
  series: checkSeries,
};

const KINDS = Object.keys(JOURNAL_KINDS);

function kindTrouble(kind: string): ProblemText | undefined {
  if (KINDS.includes(kind)) return undefined;
  const near = nearest(kind, KINDS);
  // The kinds of the same source are what was meant; all sixty would hide it.
  const [source = ''] = (near ?? kind).split('.');
  const siblings = KINDS.filter((each) => each.startsWith(`${source}.`) || each.endsWith(`.${kind}`));
  const allowed = siblings.length > 0 ? siblings : KINDS;
  const list = siblings.length > 0 ? siblings.join(', ') : 'docs/reference/journal.md lists them';
  return {
    message: `there is no kind of journal entry ${quoteFound(kind)}; write ${near ?? 'one of these'} (${list})`,
    found: kind,
    allowed,
    ...(near === undefined ? {} : { nearest: near }),
  };
}
