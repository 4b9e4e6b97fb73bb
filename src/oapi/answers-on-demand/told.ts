import { COMPLETION } from '../completion.ts';
import type { GatewayContext } from '../gateway-context.ts';
import type { Given } from '../reply.ts';
import type { TakenRule } from './live-rules.ts';

/** What a client is told of a call, and how. */
export interface Told {
  readonly completion: number;
  readonly status: number;
  readonly given: Given | undefined;
  /** What the journal's entry has besides. */
  readonly fields: Readonly<Record<string, unknown>> | undefined;
}

type Codes = Pick<Told, 'completion' | 'status'>;

/** The call's own answer, as the rule has it: changed, late, or not given. */
export function toldBy(
  taken: TakenRule,
  own: Codes,
  { settings, protocol }: Pick<GatewayContext, 'settings' | 'protocol'>,
): Told {
  const { number: rule, effect } = taken;
  const timeoutMs = settings.transactionTimeoutMs;
  // oapi-facts.md 1.5, C: the outcome is unknown, the client must query. ASSUMED: the gateway says so after the time
  // that get info 14 tells, and a later answer of the back end is lost.
  const timedOut: Told = {
    completion: COMPLETION.TRANSACTION_TIMEOUT,
    status: 0,
    given: { afterMs: timeoutMs },
    fields: { rule, answered: 'timed-out' },
  };
  switch (effect.do) {
    case 'drop':
      return timedOut;
    case 'disconnect':
      return { ...own, given: 'never', fields: { rule, answered: 'never' } };
    case 'answer': {
      const { delayMs } = effect;
      if (delayMs > timeoutMs) return timedOut;
      const codes = changed(effect, own, (name) => protocol.dictionary.codes.get(name));
      if (delayMs === 0) return { ...codes, given: undefined, fields: { rule } };
      return { ...codes, given: { afterMs: delayMs }, fields: { rule, answered: 'late', delayMs } };
    }
  }
}

function changed(
  { completion, status: wanted }: Extract<TakenRule['effect'], { do: 'answer' }>,
  own: Codes,
  codeOf: (name: string) => number | undefined,
): Codes {
  if (completion === undefined && wanted === undefined) return own;
  const status = typeof wanted === 'string' ? codeOf(wanted) : (wanted ?? 0);
  if (status === undefined) throw new Error(`the dictionary has no code ${wanted}`);
  return { completion: completion ?? (status < 0 ? COMPLETION.TRANSACTION_ABORTED : COMPLETION.NORMAL), status };
}
