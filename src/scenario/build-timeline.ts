import { parseDuration, parseWallTime } from '../time/duration.ts';
import { plusMs, type Instant } from '../time/instant.ts';
import type { PlannedSession } from '../clearing/phase.ts';
import type { ScenarioAction } from './action.ts';
import { insideDay, toTrigger, type KnownTime, type PlacedTrigger } from './build-trigger.ts';
import { checkDayLogic } from './check-day-logic.ts';
import { requireUnique, type Checker } from './checker.ts';
import { toWallText, type Day } from './day.ts';
import type { Names } from './names.ts';
import { quoteFound } from './nearest.ts';
import type { TimelineStep } from './scenario.ts';
import type { StepSection } from './step-schema.ts';
import { unknownVerb } from './unknown-verb.ts';
import { findVerb } from './verbs/catalogue.ts';

/** More of one step than any day needs. */
const REPEATED_MAX = 500;

/** The timeline with every trigger resolved, as far as the file tells its instant. What is wrong has been refused. */
export function buildTimeline(
  list: readonly StepSection[] | undefined,
  names: Names,
  day: Day,
  check: Checker,
): { readonly steps: readonly TimelineStep[]; readonly sessions: readonly PlannedSession[] } {
  requireUnique(list, 'id', 'step', check);
  const ids = idsOf(list);
  const times = new Map<string, KnownTime>();
  const steps: { step: TimelineStep; index: number; written: string }[] = [];
  /** Of each file, the latest step so far. */
  const last = new Map<string, { readonly at: Instant; readonly index: number }>();
  let broken = 0;
  let isOrdered = true;
  for (const { item, index, check: here } of check.items(list)) {
    const placed = toTrigger(item, index, { ids, times, day, names }, here);
    const stepId = item.id ?? `step-${index + 1}`;
    const action = toAction(item, names, here, stepId);
    const otherwise = item.else && toAction(item.else, names, here.under('else'), stepId);
    if (item.id !== undefined && isTaken(item.id, index, list ?? [])) {
      here.refuse(['id'], {
        message: `"${item.id}" is what the step without an id further down or up is called; write another id`,
        found: item.id,
      });
    }
    if (!placed) {
      broken += 1;
      continue;
    }
    const { at, trigger } = placed;
    if (item.id !== undefined) times.set(item.id, { at, isKnown: trigger.kind === 'clock' });
    const isTimed = trigger.kind !== 'after' && !(trigger.kind === 'when' && trigger.from === undefined);
    const file = check.fileOf(index);
    // A step of the day that this one extends stays where it is told when its time is written anew here.
    if (isTimed && here.fileOf(keyOf(item)) === file) {
      const before = last.get(file);
      if (before && at < before.at) {
        isOrdered = false;
        here.refuse([keyOf(item)], {
          message:
            `this step is at ${toWallText(at, day)}, but the one above it (${check.spotOf(before.index)}) is at ${toWallText(before.at, day)}; ` +
            'a day is told in time order: move this step up, or write a later time',
        });
      } else last.set(file, { at, index });
    }
    if (!action) {
      broken += 1;
      continue;
    }
    const step = {
      action,
      otherwise,
      note: item.note?.trim(),
      line: check.lineOf(index),
      written: asWritten(item),
    };
    for (const each of repeated(item, stepId, placed, day, here))
      steps.push({ step: { ...each, ...step }, index, written: stepId });
  }
  refuseSameIds(steps, check);
  // With a step that cannot be read nobody knows what is open or stopped after it.
  const sorted = steps.toSorted((a, b) => a.step.at - b.step.at);
  const sessions =
    isOrdered && broken === 0 && steps.length >= (list?.length ?? 0) ? checkDayLogic(sorted, day, check) : [];
  return { steps: sorted.map(({ step }) => step), sessions };
}

/** A step that repeats has ids of its own making, which another may have been given. */
function refuseSameIds(
  steps: readonly { readonly step: TimelineStep; readonly index: number; readonly written: string }[],
  check: Checker,
): void {
  const first = new Map<string, { readonly index: number; readonly written: string }>();
  for (const { step, index, written } of steps) {
    const other = first.get(step.id);
    if (other === undefined) first.set(step.id, { index, written });
    else if (other.written !== written) {
      const message = `"${step.id}" is also what a repetition of another step is called (${check.spotOf(Math.min(index, other.index))}); write another id`;
      check.refuse([Math.max(index, other.index), 'id'], { message, found: step.id });
    }
  }
}

/** `step-3` is the name of the third step where that has no id. */
function isTaken(id: string, index: number, list: readonly StepSection[]): boolean {
  const number = /^step-(\d{1,6})$/.exec(id)?.[1];
  if (number === undefined || Number(number) === index + 1) return false;
  const other = list[Number(number) - 1];
  return other !== undefined && other.id === undefined;
}

/** What a rundown shows of the arguments. A password is in no print. */
function asWritten(item: StepSection): TimelineStep['written'] {
  const args = (of: unknown): Readonly<Record<string, unknown>> | undefined => {
    const { password: _password, ...shown } = (of ?? {}) as Readonly<Record<string, unknown>>;
    return Object.keys(shown).length === 0 ? undefined : shown;
  };
  return { with: args(item.with), else: item.else && { do: item.else.do, with: args(item.else.with) } };
}

function keyOf({ when, gate, after }: StepSection): string {
  return when ? 'between' : gate ? 'gate' : after ? 'after' : 'at';
}

/** The step itself, or each of its repetitions: `reminder-1`, `reminder-2`. */
function repeated(
  { repeat }: StepSection,
  id: string,
  placed: PlacedTrigger,
  day: Day,
  check: Checker,
): readonly (PlacedTrigger & { readonly id: string })[] {
  if (!repeat) return [{ ...placed, id }];
  const every = parseDuration(repeat.every);
  const until = parseWallTime(repeat.until, day.date);
  if (every === undefined || until === undefined) return [];
  const here = check.under('repeat');
  if (every === 0) {
    here.refuse(['every'], { message: 'a step cannot be repeated every 0s; write a duration, for example 15m' });
    return [];
  }
  if (until <= placed.at) {
    here.refuse(['until'], {
      message: `${toWallText(until, day)} is not after the first time (${toWallText(placed.at, day)}); write a later time, or remove repeat`,
    });
    return [];
  }
  insideDay(until, 'until', day, here);
  const times = Math.floor((until - placed.at) / every) + 1;
  if (times > REPEATED_MAX) {
    here.refuse(['every'], {
      message: `this step would happen ${times} times, and ${REPEATED_MAX} are the most; write a longer duration, or an earlier end`,
    });
    return [];
  }
  return Array.from({ length: times }, (_, i) => ({
    ...placed,
    at: plusMs(placed.at, i * every),
    id: `${id}-${i + 1}`,
  }));
}

function toAction(
  item: Pick<StepSection, 'do' | 'with'>,
  names: Names,
  check: Checker,
  stepId: string,
): ScenarioAction | undefined {
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
  return verb.toAction(args, { names, refuse: check.under('with').refuse, inTimeline: true, stepId });
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
