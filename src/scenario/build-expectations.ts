import { JOURNAL_KINDS } from '../journal/kinds.ts';
import { parseWallTime } from '../time/duration.ts';
import { requireUnique, type Checker } from './checker.ts';
import { toWallText, type Day } from './day.ts';
import { checkParticipant, checkSeries, checkUser, type Names } from './names.ts';
import { nearest, quoteFound } from './nearest.ts';
import type { ProblemText } from './problem.ts';
import type { Expectation } from './scenario.ts';
import type { ExpectSection } from './schema.ts';

const KINDS = Object.keys(JOURNAL_KINDS);

/** What the day expects, with its times resolved. What is wrong has been refused. */
export function buildExpectations(
  list: readonly ExpectSection[] | undefined,
  names: Names,
  day: Day,
  check: Checker,
): readonly Expectation[] {
  requireUnique(list, 'id', 'expectation', check);
  return check.items(list).map(({ item, check: here }) => {
    checkSeen(item.seen, names, here.under('seen'));
    const from = item.within && parseWallTime(item.within.from, day.date);
    const to = item.within
      ? parseWallTime(item.within.to, day.date)
      : item.before === undefined
        ? undefined
        : parseWallTime(item.before, day.date);
    if (item.within && item.before !== undefined) {
      here.refuse(['before'], {
        message: 'this expectation has a span and a deadline; keep within: or before:, not both',
      });
    } else if (!item.within && item.before === undefined && item.never === undefined) {
      here.refuse([], {
        message: 'nothing says by when; write before: "12:30", within: { from: "09:00", to: "12:00" }, or never: true',
      });
    } else if (from !== undefined && to !== undefined && to <= from) {
      here.refuse(['within', 'to'], {
        message: `the span ends at ${item.within?.to}, but it begins at ${item.within?.from}; write a later end`,
      });
    } else if (to !== undefined && to < day.start) {
      here.refuse([item.within ? 'within' : 'before'], {
        message: `${toWallText(to, day)} is before the day starts (${toWallText(day.start, day)}), so nobody can meet this; write a later time`,
      });
    }
    return {
      id: item.id,
      checklist: item.checklist,
      says: item.says.trim(),
      seen: item.seen,
      from,
      // What should never happen should not happen until the day ends.
      to: item.never && to === undefined ? day.end : to,
      never: item.never ?? false,
    };
  });
}

function checkSeen(seen: ExpectSection['seen'], names: Names, check: Checker): void {
  const trouble = kindTrouble(seen.kind);
  if (trouble) check.refuse(['kind'], trouble);
  const { participant, user, series } = seen;
  if (typeof participant === 'string') checkParticipant(names, participant, ['participant'], check.refuse);
  if (typeof user === 'string') checkUser(names, user, ['user'], check.refuse);
  if (typeof series === 'string') checkSeries(names, series, ['series'], check.refuse);
}

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
