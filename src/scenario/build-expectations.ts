import { parseDuration, parseWallTime } from '../time/duration.ts';
import type { Instant } from '../time/instant.ts';
import { checkSeen } from './check-seen.ts';
import { requireUnique, type Checker } from './checker.ts';
import { toWallText, type Day } from './day.ts';
import type { ExpectSection } from './expectation-schema.ts';
import type { Expectation, Looked } from './expectation.ts';
import { unknownName, type Names } from './names.ts';

/** What the day expects, with its times resolved. What is wrong has been refused. */
export function buildExpectations(
  list: readonly ExpectSection[] | undefined,
  { names, steps, day }: { readonly names: Names; readonly steps: readonly string[]; readonly day: Day },
  check: Checker,
): readonly Expectation[] {
  requireUnique(list, 'id', 'expectation', check);
  return check.items(list).flatMap(({ item, check: here }) => {
    const what = toLooked(item, names, steps, here);
    const span = toSpan(item, steps, day, here);
    if (!what) return [];
    return [
      {
        id: item.id,
        checklist: item.checklist,
        says: item.says.trim(),
        what,
        ...span,
        // What should never happen should not happen until the day ends.
        to: item.never && span.to === undefined ? day.end : span.to,
        never: item.never ?? false,
        place: { file: here.fileOf(), line: here.lineOf() },
      },
    ];
  });
}

function toLooked(
  { seen, order, confirm, count, never }: ExpectSection,
  names: Names,
  steps: readonly string[],
  check: Checker,
): Looked | undefined {
  const written = { seen, order, confirm };
  const [key, second] = (['seen', 'order', 'confirm'] as const).filter((each) => written[each] !== undefined);
  if (key === undefined || second !== undefined) {
    check.refuse([], {
      message:
        key === undefined
          ? 'nothing says what is looked for; write seen: { kind: … }, order: [ … ], or confirm: { by: instructor }'
          : `this expectation looks for two things; keep ${key}: or ${second}:, not both`,
    });
    return undefined;
  }
  if (count !== undefined && (key !== 'seen' || never)) {
    check.refuse(['count'], {
      message: `count belongs to an expectation with seen: that may happen, and this one has ${never ? 'never:' : `${key}:`}; remove it`,
    });
  }
  if (never && key !== 'seen') {
    check.refuse(['never'], {
      message: `never belongs to an expectation with seen:, and this one has ${key}:; remove it`,
    });
  }
  if (seen) {
    checkSeen(seen, names, check.under('seen'), steps);
    const { min = 1, max } = typeof count === 'object' ? count : { min: count, max: count };
    if (max !== undefined && max < min) {
      check.refuse(['count', 'max'], { message: `at most ${max} cannot be at least ${min}; write a larger number` });
    }
    return { kind: 'seen', seen, min, max };
  }
  if (!order) return { kind: 'confirm' };
  order.forEach((each, i) => checkSeen(each, names, check.under('order', i), steps));
  return { kind: 'order', seen: order };
}

type Span = Pick<Expectation, 'from' | 'to' | 'after'>;

function toSpan(item: ExpectSection, steps: readonly string[], day: Day, check: Checker): Span {
  const { within, before } = item;
  const none = { from: undefined, to: undefined, after: undefined };
  if (within && before !== undefined) {
    check.refuse(['before'], {
      message: 'this expectation has a span and a deadline; keep within: or before:, not both',
    });
    return none;
  }
  if (!within && before === undefined) {
    if (item.never === undefined && item.confirm === undefined) {
      check.refuse([], {
        message: 'nothing says by when; write before: "12:30", within: { from: "09:00", to: "12:00" }, or never: true',
      });
    }
    return none;
  }
  if (!within) return { ...none, to: notBeforeStart(parseWallTime(before ?? '', day.date), 'before', day, check) };
  if (within.after !== undefined || within.by !== undefined) return afterStep(within, steps, check.under('within'));
  const from = within.from === undefined ? undefined : parseWallTime(within.from, day.date);
  const to = within.to === undefined ? undefined : parseWallTime(within.to, day.date);
  if (within.from === undefined || within.to === undefined) {
    check.refuse(['within'], {
      message: 'a span has a beginning and an end; write within: { from: "09:00", to: "12:00" }',
    });
  } else if (from !== undefined && to !== undefined && to <= from) {
    check.refuse(['within', 'to'], {
      message: `the span ends at ${within.to}, but it begins at ${within.from}; write a later end`,
    });
  } else notBeforeStart(to, 'within', day, check);
  return { from, to, after: undefined };
}

function afterStep(
  { from, to, after, by }: NonNullable<ExpectSection['within']>,
  steps: readonly string[],
  check: Checker,
): Span {
  const byMs = by === undefined ? undefined : parseDuration(by);
  if (after === undefined || by === undefined || from !== undefined || to !== undefined) {
    check.refuse([], {
      message: 'a span from a step on has that step and a duration; write within: { after: failover, by: 30m }',
    });
  } else if (!steps.includes(after)) check.refuse(['after'], unknownName('step', after, steps));
  return {
    from: undefined,
    to: undefined,
    after: after === undefined || byMs === undefined ? undefined : { step: after, byMs },
  };
}

function notBeforeStart(to: Instant | undefined, key: string, day: Day, check: Checker): Instant | undefined {
  if (to !== undefined && to < day.start) {
    check.refuse([key], {
      message: `${toWallText(to, day)} is before the day starts (${toWallText(day.start, day)}), so nobody can meet this; write a later time`,
    });
  }
  return to;
}
