import { fieldsOfKind } from '../journal/fields.ts';
import { JOURNAL_KINDS } from '../journal/kinds.ts';
import type { Checker } from './checker.ts';
import { checkParticipant, checkSeries, checkUser, unknownName, type Names } from './names.ts';
import { listNames, nearest, quoteFound } from './nearest.ts';
import type { ProblemText } from './problem.ts';
import type { Seen, Value } from './seen.ts';
import type { Path, Refuse } from './source-node.ts';
import { VERBS } from './verbs/catalogue.ts';

/**
 * Refuses what no journal entry can be: a kind that there is not, a field that the kind does not have, a name that the
 * world does not have. @param steps the ids of the timeline, where all are known
 */
export function checkSeen(seen: Seen, names: Names, check: Checker, steps?: readonly string[]): void {
  const trouble = kindTrouble(seen.kind);
  if (trouble) {
    check.refuse(['kind'], trouble);
    return;
  }
  const fields = fieldsOfKind(seen.kind);
  for (const [field, found] of Object.entries(seen)) {
    if (field === 'kind') continue;
    if (!fields.includes(field)) {
      check.refuseKey([field], fieldTrouble(seen.kind, field, fields));
      continue;
    }
    const each = (given: Value, path: Path): void =>
      checkValue(field, given, { names, steps, kind: seen.kind }, path, check.refuse);
    if (Array.isArray(found)) (found as readonly Value[]).forEach((one, i) => each(one, [field, i]));
    else each(found as Value, [field]);
  }
}

interface World {
  readonly names: Names;
  readonly steps: readonly string[] | undefined;
  readonly kind: string;
}

/** Fields whose values are numbers, whatever the kind. */
const NUMBERS = ['rows', 'bytes', 'completion', 'quantity', 'failedLogins', 'deal', 'giveUp', 'exercise', 'closeOut'];
const OUTCOMES = ['ok', 'refused', 'invalid', 'unsimulated'];

function checkValue(field: string, found: Value, world: World, path: Path, refuse: Refuse): void {
  if (NUMBERS.includes(field)) {
    if (typeof found === 'number') return;
    refuse(path, { message: `found ${quoteFound(String(found))}; ${field} is a whole number, without quotes` });
    return;
  }
  const known = knownIn(field, world);
  if (!known) return;
  if (typeof found === 'string') known(found, path, refuse);
  else {
    const text = String(found);
    refuse(path, { message: `${text} is a ${typeof found} without quotes; quote it: write "${text}"`, found: text });
  }
}

type Look = (found: string, path: Path, refuse: Refuse) => void;

/** Who knows the names that a field can have; undefined where it can have any. */
function knownIn(field: string, { names, steps, kind: of }: World): Look | undefined {
  const listed =
    (what: string, known: Iterable<string>): Look =>
    (found, path, refuse) => {
      const all = [...known];
      if (!all.includes(found)) refuse(path, unknownName(what, found, all));
    };
  switch (field) {
    case 'participant':
    case 'giver':
    case 'taker':
      return (found, path, refuse) => void checkParticipant(names, found, path, refuse);
    case 'user':
      return (found, path, refuse) => void checkUser(names, found, path, refuse);
    case 'series':
      return (found, path, refuse) => void checkSeries(names, found, path, refuse);
    case 'gateway':
      return listed('gateway', names.gateways);
    case 'outcome':
      return listed('outcome', OUTCOMES);
    case 'verb':
      return listed(
        'verb',
        VERBS.map(({ name }) => name),
      );
    case 'step':
    case 'gate':
      return of.startsWith('scenario.') && steps ? listed('step', steps) : undefined;
    default:
      return undefined;
  }
}

function fieldTrouble(of: string, field: string, allowed: readonly string[]): ProblemText {
  const near = nearest(field, allowed);
  return {
    message: `an entry of ${of} has no field ${quoteFound(field)}; write ${near ?? 'another one'} (fields: ${listNames(allowed)})`,
    found: field,
    allowed,
    ...(near === undefined ? {} : { nearest: near }),
  };
}

const KINDS = Object.keys(JOURNAL_KINDS);

function kindTrouble(found: string): ProblemText | undefined {
  if (KINDS.includes(found)) return undefined;
  const near = nearest(found, KINDS);
  // The kinds of the same source are what was meant; all sixty would hide it.
  const [source = ''] = (near ?? found).split('.');
  const siblings = KINDS.filter((each) => each.startsWith(`${source}.`) || each.endsWith(`.${found}`));
  const allowed = siblings.length > 0 ? siblings : KINDS;
  const list = siblings.length > 0 ? siblings.join(', ') : 'docs/reference/journal.md lists them';
  return {
    message: `there is no kind of journal entry ${quoteFound(found)}; write ${near ?? 'one of these'} (${list})`,
    found,
    allowed,
    ...(near === undefined ? {} : { nearest: near }),
  };
}
