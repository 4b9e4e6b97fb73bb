import { toDurationText } from '../time/duration.ts';
import { toWallText } from './day.ts';
import type { Scenario, TimelineStep } from './scenario.ts';
import { describeSeen } from './seen.ts';
import { describeAction } from './verbs/catalogue.ts';

/** When a step happens, short: `09:00`, or a dash where nobody knows it beforehand. */
export function timeOf({ at, trigger }: TimelineStep, scenario: Pick<Scenario, 'date'>): string {
  return trigger.kind === 'after' ? '-' : toWallText(at, scenario);
}

/** What happens and, where the clock does not tell, when: a few sentences. */
export function describeStep({ trigger, action, otherwise }: TimelineStep, scenario: Pick<Scenario, 'date'>): string {
  const what = describeAction(action);
  switch (trigger.kind) {
    case 'clock':
      return what;
    case 'after':
      return `${toDurationText(trigger.byMs)} after ${trigger.id}: ${what}`;
    case 'when': {
      const { condition, to } = trigger;
      const seen = condition.seen.map(describeSeen).join(condition.need === 'all' ? '; and ' : '; or ');
      const until = to === undefined ? '' : `, until ${toWallText(to, scenario)}`;
      const not = otherwise === undefined ? '' : ` Otherwise: ${describeAction(otherwise)}`;
      return `When this is seen${until} (${seen}): ${what}${not}`;
    }
    case 'gate': {
      const { says, until, byDefault } = trigger;
      const usual = byDefault === 'open' ? 'it happens' : 'it does not happen';
      return `The instructor decides (${says}; at ${toWallText(until, scenario)} ${usual}): ${what}`;
    }
  }
}
