import type { Instant } from '../time/instant.ts';

/** A decision that waits for the instructor, or was made. */
export interface GateView {
  /** The id of its step. */
  readonly gate: string;
  readonly says: string;
  /** When the default decides. */
  readonly until: Instant;
  readonly byDefault: 'open' | 'skip';
  /** Undefined while it waits. */
  readonly decision: 'open' | 'skip' | undefined;
}

type Asked = Omit<GateView, 'decision'>;

interface Gate extends Asked {
  decision: GateView['decision'];
  /** True from the instructor's answer on, until it is carried out. */
  isAnswered: boolean;
  readonly onAnswer: (decision: 'open' | 'skip') => void;
}

/** The decisions of a day. */
export class Gates {
  readonly #gates = new Map<string, Gate>();

  ask(asked: Asked, onAnswer: (decision: 'open' | 'skip') => void): void {
    this.#gates.set(asked.gate, { ...asked, decision: undefined, isAnswered: false, onAnswer });
  }

  /** The instructor decides. @returns false when no such gate waits */
  answer(gate: string, decision: 'open' | 'skip'): boolean {
    const waiting = this.#gates.get(gate);
    if (!waiting || waiting.isAnswered || waiting.decision !== undefined) return false;
    waiting.isAnswered = true;
    waiting.onAnswer(decision);
    return true;
  }

  /** A decision is carried out. @returns false when there was one before */
  decide(gate: string, decision: 'open' | 'skip'): boolean {
    const waiting = this.#gates.get(gate);
    if (!waiting || waiting.decision !== undefined) return false;
    waiting.decision = decision;
    return true;
  }

  views(): readonly GateView[] {
    return [...this.#gates.values()].map(({ gate, says, until, byDefault, decision }) => ({
      gate,
      says,
      until,
      byDefault,
      decision,
    }));
  }
}
