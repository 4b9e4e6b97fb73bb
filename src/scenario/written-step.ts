import { toDurationText } from '../time/duration.ts';
import { toWallText } from './day.ts';
import { withReferences, writeFlow } from './flow.ts';
import type { Scenario, TimelineStep } from './scenario.ts';
import type { Seen } from './seen.ts';
import type { Condition } from './trigger.ts';

/** A step as a scenario file writes it, with everything in it resolved: the keys are those of the language. */
export interface WrittenStep {
  readonly id: string;
  readonly at?: string;
  readonly after?: { readonly id: string; readonly by: string };
  readonly when?: Readonly<Record<string, unknown>>;
  readonly between?: { readonly from?: string; readonly to: string };
  readonly gate?: Readonly<Record<string, unknown>>;
  readonly do: string;
  readonly with?: unknown;
  readonly else?: unknown;
  readonly note?: string;
}

/** Repetitions are steps of their own, and a step after one whose time is known has that time. */
export function writeStep(step: TimelineStep, day: Pick<Scenario, 'date'>): WrittenStep {
  const { id, action, written, note } = step;
  return {
    id,
    ...triggerOf(step, day),
    do: action.do,
    ...(written.with === undefined ? {} : { with: written.with }),
    ...(written.else === undefined ? {} : { else: written.else }),
    ...(note === undefined ? {} : { note }),
  };
}

function triggerOf(
  { at, trigger }: TimelineStep,
  day: Pick<Scenario, 'date'>,
): Pick<WrittenStep, 'at' | 'after' | 'when' | 'between' | 'gate'> {
  switch (trigger.kind) {
    case 'clock':
      return { at: toWallText(at, day) };
    case 'after':
      return { after: { id: trigger.id, by: toDurationText(trigger.byMs) } };
    case 'when': {
      const { condition, from, to } = trigger;
      const span = to && { ...(from === undefined ? {} : { from: toWallText(from, day) }), to: toWallText(to, day) };
      return { when: conditionOf(condition), ...(span ? { between: span } : {}) };
    }
    case 'gate': {
      const { says, from, until, byDefault } = trigger;
      const timeout = toDurationText(until - from);
      return { gate: { says, from: toWallText(from, day), timeout, default: byDefault } };
    }
  }
}

function conditionOf({ need, seen }: Condition): Readonly<Record<string, unknown>> {
  const [only, ...others] = seen;
  if (only && others.length === 0) return { seen: only };
  return { [need]: seen.map((each: Seen) => ({ seen: each })) };
}

/** The keys of a step that have a column in a rundown's CSV, in their order. */
export const STEP_CELLS = ['at', 'after', 'when', 'between', 'gate', 'do', 'with', 'else'] as const;

/** The cell of a key: groups on one line, as in a scenario file. */
export function cellOf(step: WrittenStep, key: keyof WrittenStep): string {
  const value: unknown = step[key];
  if (value === undefined) return '';
  return withReferences(typeof value === 'string' ? value : writeFlow(value));
}
