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

/** What changed about the rules: the same changes, in order, give the same rules again. */
export type RuleChange =
  | { readonly of: 'rule-begun'; readonly rule: AnswerRule }
  | { readonly of: 'rule-hit'; readonly number: number }
  | { readonly of: 'rule-ended'; readonly number: number };

/** The rules in force at the gateways of a day. It knows no clock: whoever begins a rule with a duration ends it. */
export class LiveRules {
  readonly #journal: JournalWriter;
  readonly #note: (change: RuleChange) => void;
  readonly #live = new Set<LiveRule>();
  #made = 0;

  /** @param note told of each change, before anybody meets it */
  constructor(journal: JournalWriter, note: (change: RuleChange) => void = () => undefined) {
    this.#journal = journal;
    this.#note = note;
  }

  /** @returns its number, for {@link end} */
  begin(rule: AnswerRule): number {
    this.#note({ of: 'rule-begun', rule });
    const live = this.#add(rule);
    this.#record(live, 'begun', toFields(rule));
    return live.number;
  }

  /** Ends a rule; one that is used up has ended already. */
  end(number: number): void {
    const live = this.#find(number);
    if (live) this.#end(live, 'over');
  }

  /** Forgets its rules, and has those again of which it once told. Nothing is journalled. */
  restore(changes: readonly RuleChange[]): void {
    this.#live.clear();
    this.#made = 0;
    for (const change of changes) {
      if (change.of === 'rule-begun') this.#add(change.rule);
      else {
        const live = this.#find(change.number);
        if (live && change.of === 'rule-hit') live.hits++;
        else if (live) this.#live.delete(live);
      }
    }
  }

  #add(rule: AnswerRule): LiveRule {
    const live: LiveRule = { number: ++this.#made, rule, hits: 0 };
    this.#live.add(live);
    return live;
  }

  #find(number: number): LiveRule | undefined {
    return [...this.#live].find((each) => each.number === number);
  }

  /** The oldest rule that is about the call; the call counts as one of its times. */
  take(call: Call): TakenRule | undefined {
    for (const live of this.#live) {
      const { number, rule } = live;
      if (!isAbout(rule, call)) continue;
      this.#note({ of: 'rule-hit', number });
      live.hits++;
      if ('times' in rule.lasts && live.hits >= rule.lasts.times) this.#end(live, 'used-up');
      return { number, effect: rule.effect, carryOut: rule.carryOut };
    }
    return undefined;
  }

  #end(live: LiveRule, why: 'used-up' | 'over'): void {
    if (!this.#live.delete(live)) return;
    this.#note({ of: 'rule-ended', number: live.number });
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
