import { parseDuration, parseWallTime } from '../time/duration.ts';
import { plusMs, type Instant } from '../time/instant.ts';
import type { PlannedSession } from '../clearing/phase.ts';
import type { ScenarioAction } from './action.ts';
import { checkDayLogic } from './check-day-logic.ts';
import { requireUnique, type Checker } from './checker.ts';
import { toWallText, type Day } from './day.ts';
import { unknownName, type Names } from './names.ts';
import { quoteFound } from './nearest.ts';
import type { TimelineStep } from './scenario.ts';
import type { StepSection } from './schema.ts';
import { unknownVerb } from './unknown-verb.ts';
import { findVerb } from './verbs/catalogue.ts';

/** The timeline with every trigger resolved to an instant. What is wrong has been refused. */
export function buildTimeline(
  list: readonly StepSection[] | undefined,
  names: Names,
  day: Day,
  check: Checker,
): { readonly steps: readonly TimelineStep[]; readonly sessions: readonly PlannedSession[] } {
  requireUnique(list, 'id', 'step', check);
  const ids = idsOf(list);
  const times = new Map<string, Instant>();
  const steps: { step: TimelineStep; index: number }[] = [];
  let before: { readonly at: Instant; readonly index: number } | undefined;
  for (const { item, index, check: here } of check.items(list)) {
    const at = toInstant(item, index, { ids, times, day }, here);
    const action = toAction(item, names, here);
    if (item.id !== undefined && /^step-\d+$/.test(item.id)) {
      here.refuse(['id'], {
        message: `"${item.id}" is how steps without an id are called; write another id`,
        found: item.id,
      });
    }
    if (at === undefined) continue;
    if (item.id !== undefined) times.set(item.id, at);
    if (before && at < before.at) {
      here.refuse([item.at === undefined ? 'after' : 'at'], {
        message:
          `this step is at ${toWallText(at, day)}, but the one above it (line ${check.lineOf(before.index)}) is at ${toWallText(before.at, day)}; ` +
          'a day is told in time order: move this step up, or write a later time',
      });
    } else before = { at, index };
    if (!action) continue;
    const step: TimelineStep = {
      id: item.id ?? `step-${index + 1}`,
      at,
      action,
      note: item.note?.trim(),
      line: check.lineOf(index),
    };
    steps.push({ step, index });
  }
  // With a step that cannot be read nobody knows what is open or stopped after it.
  const sessions = steps.length === (list?.length ?? 0) ? checkDayLogic(steps, day, check) : [];
  return { steps: steps.map(({ step }) => step).toSorted((a, b) => a.at - b.at), sessions };
}

interface Times {
  /** Every id of the timeline and where it stands. */
  readonly ids: ReadonlyMap<string, number>;
  readonly times: ReadonlyMap<string, Instant>;
  readonly day: Day;
}

function toInstant(item: StepSection, index: number, { ids, times, day }: Times, check: Checker): Instant | undefined {
  if ('gate' in item || 'when' in item) return undefined;
  if ((item.at === undefined) === (item.after === undefined)) {
    check.refuse([], {
      message:
        item.at === undefined
          ? 'nothing says when this step happens; write at: "HH:MM", or after: { id: …, by: 30m }'
          : 'this step has two triggers; keep at: or after:, not both',
    });
    return undefined;
  }
  if (item.after) return afterAnother(item.after, index, { ids, times, day }, check);
  const at = parseWallTime(item.at ?? '', day.date);
  return at === undefined ? undefined : insideDay(at, 'at', day, check);
}

function afterAnother(
  after: { id: string; by: string },
  index: number,
  { ids, times, day }: Times,
  check: Checker,
): Instant | undefined {
  const where = ids.get(after.id);
  if (where === undefined) {
    check.refuse(['after', 'id'], unknownName('step', after.id, ids.keys()));
    return undefined;
  }
  if (where === index) {
    check.refuse(['after', 'id'], {
      message: `"${after.id}" is this step itself; write the id of an earlier one`,
      found: after.id,
    });
    return undefined;
  }
  if (where > index) {
    check.refuse(['after', 'id'], {
      message: `"${after.id}" stands further down; a step can only come after one that stands above it: move this step down`,
      found: after.id,
    });
    return undefined;
  }
  const from = times.get(after.id);
  const by = parseDuration(after.by);
  // Where the other step's time is broken, that has been said there.
  return from === undefined || by === undefined ? undefined : insideDay(plusMs(from, by), 'after', day, check);
}

function insideDay(at: Instant, key: string, day: Day, check: Checker): Instant {
  if (at < day.start) {
    check.refuse([key], {
      message: `${toWallText(at, day)} is before the day starts (${toWallText(day.start, day)}); write a later time, or an earlier start under day`,
    });
  }
  if (day.end !== undefined && at > day.end) {
    check.refuse([key], {
      message: `${toWallText(at, day)} is after the day ends (${toWallText(day.end, day)}); write an earlier time, or a later end under day`,
    });
  }
  return at;
}

function toAction(item: StepSection, names: Names, check: Checker): ScenarioAction | undefined {
  const verb = findVerb(item.do);
  if (!verb) {
    check.refuse(['do'], unknownVerb(item.do));
    return undefined;
  }
  if (item.with === undefined && !verb.schema.safeParse({}).success) {
    check.refuse(['do'], { message: `${verb.name} needs to know more; write with: ${toFlow(verb.example)}` });
    return undefined;
  }
  const args = item.with ?? {};
  if (!check.fits(verb.schema, args, 'with')) return undefined;
  return verb.toAction(args, { names, refuse: check.under('with').refuse, inTimeline: true });
}

function idsOf(list: unknown): ReadonlyMap<string, number> {
  const ids = new Map<string, number>();
  for (const [i, step] of (Array.isArray(list) ? (list as unknown[]) : []).entries()) {
    const id = (step as { id?: unknown } | null)?.id;
    if (typeof id === 'string' && !ids.has(id)) ids.set(id, i);
  }
  return ids;
}

/** A value as a scenario file writes it on one line. */
export function toFlow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toFlow).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).map(([key, item]) => `${key}: ${toFlow(item)}`);
    return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
  }
  return typeof value === 'string' && !/^[a-z][a-z-]*$|^\d+[smhd]$/.test(value) ? quoteFound(value) : String(value);
}
