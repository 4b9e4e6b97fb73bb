export const CALL_KINDS = ['enquiry', 'post-trade', 'login'] as const;
export type CallKind = (typeof CALL_KINDS)[number];

/** What happens to a call that a rule is about. */
export type AnswerEffect =
  | {
      readonly do: 'answer';
      /** Undefined: what the status says, or the call's own. */
      readonly completion: number | undefined;
      /** A number, or a name of the dictionary's codes. Undefined: 0 with a completion, or the call's own. */
      readonly status: number | string | undefined;
      /** Transport milliseconds. */
      readonly delayMs: number;
    }
  | { readonly do: 'drop' }
  | { readonly do: 'disconnect' };

/** Answers other than those that the model gives, to the calls that it is about, until it ends. */
export interface AnswerRule {
  /** `CD35`. With neither these nor kinds: every transaction and query, and no login. */
  readonly transactions: readonly string[] | undefined;
  readonly kinds: readonly CallKind[] | undefined;
  /** Undefined: all. */
  readonly users: readonly string[] | undefined;
  /** `oapi-1`; undefined: all. */
  readonly gateways: readonly string[] | undefined;
  readonly effect: AnswerEffect;
  /** Whether the back end is asked all the same. */
  readonly carryOut: boolean;
  /** So many calls, or business milliseconds. */
  readonly lasts: { readonly times: number } | { readonly forMs: number };
}

export interface Call {
  readonly kind: CallKind;
  readonly transaction: string | undefined;
  readonly user: string;
  readonly gateway: string;
}

export function isAbout(rule: AnswerRule, { kind, transaction, user, gateway }: Call): boolean {
  if (rule.users && !rule.users.includes(user)) return false;
  if (rule.gateways && !rule.gateways.includes(gateway)) return false;
  if (rule.transactions) return transaction !== undefined && rule.transactions.includes(transaction);
  return rule.kinds ? rule.kinds.includes(kind) : kind !== 'login';
}
