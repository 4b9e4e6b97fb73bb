import { parseDuration, parseWallTime } from '../time/duration.ts';
import { plusMs, type Instant } from '../time/instant.ts';
import { checkSeen } from './check-seen.ts';
import type { Checker } from './checker.ts';
import { toWallText, type Day } from './day.ts';
import { unknownName, type Names } from './names.ts';

import type { ConditionSection, StepSection } from './step-schema.ts';
import type { Condition, Trigger } from './trigger.ts';

/** The steps above this one, as far as they have been read. */
export interface StepsAbove {
  /** Every id of the timeline and where it stands. */
  readonly ids: ReadonlyMap<string, number>;
  readonly times: ReadonlyMap<string, KnownTime>;
  readonly day: Day;
  readonly names: Names;
}

/** When a step happens; where nobody knows that beforehand, the earliest at which it can. */
export interface KnownTime {
  readonly at: Instant;
  readonly isKnown: boolean;
}

export interface PlacedTrigger {
  readonly at: Instant;
  readonly trigger: Trigger;
}

const TRIGGERS = ['at', 'after', 'when', 'gate'] as const;

/** When a step happens; undefined where that is wrong, which has been refused. */
export function toTrigger(
  item: StepSection,
  index: number,
  above: StepsAbove,
  check: Checker,
): PlacedTrigger | undefined {
  const found = TRIGGERS.filter((key) => item[key] !== undefined);
  const [first, second] = found;
  if (first === undefined) {
    check.refuse([], {
      message: 'nothing says when this step happens; write at: "HH:MM", after: { id: …, by: 30m }, when: or gate:',
    });
    return undefined;
  }
  if (second !== undefined) {
    check.refuse([], { message: `this step has two triggers; keep ${first}: or ${second}:, not both` });
    return undefined;
  }
  for (const key of ['between', 'else'] as const) {
    if (item[key] !== undefined && first !== 'when') {
      check.refuse([key], { message: `${key} belongs to a step with when:, and this one has ${first}:; remove it` });
    }
  }
  if (item.repeat !== undefined && first !== 'at') {
    check.refuse(['repeat'], { message: `only a step with at: repeats, and this one has ${first}:; remove it` });
  }
  if (item.when) return whenSeen(item, item.when, above, check);
  if (item.gate) return atGate(item.gate, above, check.under('gate'));
  if (item.after) return afterAnother(item.after, index, above, check);
  const at = parseWallTime(item.at ?? '', above.day.date);
  return at === undefined ? undefined : { at: insideDay(at, 'at', above.day, check), trigger: { kind: 'clock' } };
}

function whenSeen(
  { between, else: otherwise }: StepSection,
  when: ConditionSection,
  { names, day }: StepsAbove,
  check: Checker,
): PlacedTrigger | undefined {
  const condition = toCondition(when, names, check.under('when'));
  const span = check.under('between');
  const from = between?.from === undefined ? undefined : parseWallTime(between.from, day.date);
  const to = between === undefined ? undefined : parseWallTime(between.to, day.date);
  if (from !== undefined) insideDay(from, 'from', day, span);
  if (to !== undefined) insideDay(to, 'to', day, span);
  if (to !== undefined && to <= (from ?? day.start)) {
    span.refuse(['to'], {
      message: `the span ends at ${toWallText(to, day)}, but it begins at ${toWallText(from ?? day.start, day)}; write a later end`,
    });
  }
  if (otherwise !== undefined && between === undefined) {
    check.refuse(['else'], {
      message: 'else happens when the span is over, and this step has none; write between: { to: "12:00" }',
    });
  }
  return condition && { at: from ?? day.start, trigger: { kind: 'when', condition, from, to } };
}

function toCondition({ seen, all, any }: ConditionSection, names: Names, check: Checker): Condition | undefined {
  const written = { seen, all, any };
  const keys = (['seen', 'all', 'any'] as const).filter((key) => written[key] !== undefined);
  const [key] = keys;
  if (key === undefined || keys.length > 1) {
    check.refuse([], { message: 'a condition is one of seen: { kind: … }, all: [{ seen: … }] and any: [{ seen: … }]' });
    return undefined;
  }
  if (key === 'seen') {
    if (seen) checkSeen(seen, names, check.under('seen'));
    return seen && { need: 'all', seen: [seen] };
  }
  const list = written[key] ?? [];
  list.forEach((each, i) => checkSeen(each.seen, names, check.under(key, i, 'seen')));
  return { need: key, seen: list.map((each) => each.seen) };
}

function atGate(
  { says, from: text, timeout, default: byDefault }: NonNullable<StepSection['gate']>,
  { day }: StepsAbove,
  check: Checker,
): PlacedTrigger | undefined {
  const from = parseWallTime(text, day.date);
  const length = parseDuration(timeout);
  if (from === undefined || length === undefined) return undefined;
  if (length === 0) {
    check.refuse(['timeout'], { message: 'nobody can decide in no time; write a duration, for example 15m' });
  }
  insideDay(from, 'from', day, check);
  const until = insideDay(plusMs(from, length), 'timeout', day, check);
  return { at: from, trigger: { kind: 'gate', says, from, until, byDefault } };
}

function afterAnother(
  after: { id: string; by: string },
  index: number,
  { ids, times, day }: StepsAbove,
  check: Checker,
): PlacedTrigger | undefined {
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
  if (from === undefined || by === undefined) return undefined;
  const at = insideDay(plusMs(from.at, by), 'after', day, check);
  return { at, trigger: from.isKnown ? { kind: 'clock' } : { kind: 'after', id: after.id, byMs: by } };
}

export function insideDay(at: Instant, key: string, day: Day, check: Checker): Instant {
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
