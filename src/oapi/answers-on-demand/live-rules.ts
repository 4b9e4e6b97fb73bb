import type { JournalWriter } from '../../journal/entry.ts';
import { isAbout, type AnswerEffect, type AnswerRule, type Call } from '../../faults/answer-rule.ts';

/** What a rule says about one call. */
export interface TakenRule {
  /** 1, 2, 3 … in the order in which rules were made. */
  readonly number: number;
  readonly effect: AnswerEffect;
  readonly carryOut: boolean;
}

interface LiveRule {
  readonly number: number;
  readonly rule: AnswerRule;
  hits: number;
}

/** The rules in force at the gateways of a day. It knows no clock: whoever begins a rule with a duration ends it. */
export class LiveRules {
  readonly #journal: JournalWriter;
  readonly #live = new Set<LiveRule>();
  #made = 0;

  constructor(journal: JournalWriter) {
    this.#journal = journal;
  }

  /** Dispose to end it; one that is used up has ended already. */
  begin(rule: AnswerRule): Disposable {
    const live: LiveRule = { number: ++this.#made, rule, hits: 0 };
    this.#live.add(live);
    this.#record(live, 'begun', toFields(rule));
    return { [Symbol.dispose]: () => this.#end(live, 'over') };
  }

  /** The oldest rule that is about the call; the call counts as one of its times. */
  take(call: Call): TakenRule | undefined {
    for (const live of this.#live) {
      const { number, rule } = live;
      if (!isAbout(rule, call)) continue;
      live.hits++;
      if ('times' in rule.lasts && live.hits >= rule.lasts.times) this.#end(live, 'used-up');
      return { number, effect: rule.effect, carryOut: rule.carryOut };
    }
    return undefined;
  }

  #end(live: LiveRule, why: 'used-up' | 'over'): void {
    if (!this.#live.delete(live)) return;
    this.#record(live, 'ended', { why, hits: live.hits });
  }

  #record({ number }: LiveRule, change: 'begun' | 'ended', fields: Record<string, unknown>): void {
    this.#journal.record({
      kind: 'oapi.answer-rule',
      source: 'oapi',
      outcome: 'ok',
      rule: number,
      change,
      ...fields,
    });
  }
}

/** What was asked for; what was left open is left out. */
function toFields({ effect, lasts, ...about }: AnswerRule): Record<string, unknown> {
  const { do: what, ...how } = effect;
  const fields = { ...about, effect: what, ...how, ...lasts };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
