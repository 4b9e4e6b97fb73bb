import type { UserKind } from '../clearing/user.ts';
import { toDurationText } from '../time/duration.ts';
import { toIso } from '../time/instant.ts';
import { toWallText } from './day.ts';
import { describeGrown } from './grow/describe.ts';
import { toCsv, toMarkdown, toText } from './rundown-formats.ts';
import { describeStep, timeOf } from './describe-step.ts';
import type { Parameter } from './parameters.ts';
import type { Expectation, Looked } from './expectation.ts';
import type { Scenario } from './scenario.ts';
import { describeSeen } from './seen.ts';
import { writeStep, type WrittenStep } from './written-step.ts';

export type ExplainFormat = 'text' | 'md' | 'csv' | 'json';

/** The day as a rundown: what a person with a finger on the line reads. All of it is text. */
export interface Rundown {
  readonly id: string;
  readonly title: string;
  readonly level: string;
  readonly minutes: number | undefined;
  readonly date: string;
  readonly businessDate: string;
  readonly start: string;
  readonly end: string | undefined;
  readonly sources: readonly string[];
  readonly participants: readonly {
    readonly code: string;
    readonly name: string;
    readonly clearingHouses: readonly string[];
    readonly users: readonly { readonly id: string; readonly kind: string; readonly state: string }[];
  }[];
  /** What the world holds, and how much of it was grown, in a sentence or two. */
  readonly book: string;
  readonly params: readonly Parameter[];
  readonly steps: readonly RundownStep[];
  readonly expectations: readonly RundownExpectation[];
  readonly objectives: readonly string[];
  readonly debrief: readonly string[];
}

export interface RundownStep {
  readonly time: string;
  readonly at: string;
  readonly id: string;
  readonly line: number;
  readonly what: string;
  readonly note: string | undefined;
  /** As a scenario file writes it. */
  readonly written: WrittenStep;
}

export interface RundownExpectation {
  readonly id: string;
  readonly checklist: number | undefined;
  readonly when: string;
  readonly says: string;
  readonly evidence: string;
}

const KINDS: Readonly<Record<UserKind, string>> = { online: 'Online', administrator: 'Administrator', oapi: 'OAPI' };

/**
 * Prints the day: `text` fits 80 columns, `md` and `csv` are for documents and spreadsheets, `json`
 * is a {@link Rundown}. It ends with a newline. No password is in it.
 */
export function explainScenario(scenario: Scenario, format: ExplainFormat = 'text'): string {
  const rundown = toRundown(scenario);
  switch (format) {
    case 'text':
      return toText(rundown);
    case 'md':
      return toMarkdown(rundown);
    case 'csv':
      return toCsv(rundown);
    case 'json':
      return `${JSON.stringify(rundown, null, 2)}\n`;
  }
}

function toRundown(scenario: Scenario): Rundown {
  const { world } = scenario;
  const count = (n: number, what: string): string => `${n} ${what}${n === 1 || what === 'series' ? '' : 's'}`;
  return {
    id: scenario.id,
    title: scenario.title,
    level: scenario.level,
    minutes: scenario.minutes,
    date: scenario.date,
    businessDate: scenario.businessDate,
    start: toWallText(scenario.start, scenario),
    end: scenario.end === undefined ? undefined : toWallText(scenario.end, scenario),
    sources: scenario.sources,
    participants: world.participants.map(({ code, name, clearingHouses, users }) => ({
      code,
      name,
      clearingHouses,
      users: users.map((user) => ({ id: user.id, kind: KINDS[user.kind], state: user.state })),
    })),
    book: [
      `${count(world.series.length, 'series')}, ${count(world.positions.length, 'position')} and ${count(world.deals.length, 'deal')} before the day starts.`,
      describeGrown(scenario),
    ]
      .filter((sentence) => sentence !== undefined)
      .join(' '),
    params: scenario.params,
    steps: scenario.steps.map((step) => ({
      time: timeOf(step, scenario),
      at: toIso(step.at),
      id: step.id,
      line: step.line,
      what: describeStep(step, scenario),
      note: step.note,
      written: writeStep(step, scenario),
    })),
    expectations: scenario.expectations.map((each) => ({
      id: each.id,
      checklist: each.checklist,
      when: whenOf(each, scenario),
      says: each.says,
      evidence: evidenceOf(each.what),
    })),
    objectives: scenario.training.objectives,
    debrief: scenario.training.debrief,
  };
}

function evidenceOf(what: Looked): string {
  switch (what.kind) {
    case 'seen': {
      const { min, max } = what;
      const often =
        min === 1 && max === undefined
          ? ''
          : `, ${max === undefined ? `at least ${min}` : min === max ? min : `${min} to ${max}`} times`;
      return `${describeSeen(what.seen)}${often}`;
    }
    case 'order':
      return what.seen.map(describeSeen).join(', then ');
    case 'confirm':
      return 'the instructor confirms it';
  }
}

function whenOf({ from, to, after, never }: Expectation, scenario: Scenario): string {
  if (after) return `within ${toDurationText(after.byMs)} after ${after.step}`;
  const span =
    from === undefined
      ? to === undefined
        ? ''
        : `until ${toWallText(to, scenario)}`
      : `${toWallText(from, scenario)} to ${to === undefined ? 'the end' : toWallText(to, scenario)}`;
  return never ? `never${span && `, ${span}`}` : span || 'whenever';
}
