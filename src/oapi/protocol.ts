import { bindBroadcasts, type BoundBroadcasts } from './broadcasts/catalogue.ts';
import type { Dictionary } from './dictionary/dictionary.ts';
import { numbersOf, type Numbers } from './dictionary/numbers.ts';
import { statusesOf, statusMeanings, type TransactionStatuses } from './statuses.ts';
import { TRANSACTIONS } from './transactions/catalogue.ts';
import type { BoundTransaction } from './transactions/transaction.ts';

/** What the gateways of a day speak: one dictionary with the behaviour that is bound to it. */
export interface Protocol {
  readonly dictionary: Dictionary;
  readonly numbers: Numbers;
  readonly statuses: TransactionStatuses;
  /** What a transaction status is called and means, by its number. */
  readonly statusMeanings: ReadonlyMap<number, string>;
  /** By `CQ3`. */
  readonly transactions: ReadonlyMap<string, BoundTransaction>;
  readonly broadcasts: BoundBroadcasts;
  /** What is simulated, but not in this dictionary, and why: refused as unsimulated, and listed at the start. */
  readonly unbound: ReadonlyMap<string, readonly string[]>;
}

export function openProtocol(dictionary: Dictionary, statuses: Partial<TransactionStatuses> = {}): Protocol {
  const transactions = new Map<string, BoundTransaction>();
  const unbound = new Map<string, readonly string[]>();
  for (const each of TRANSACTIONS) {
    const bound = each.bindTo(dictionary);
    if ('missing' in bound) unbound.set(each.type, bound.missing);
    else transactions.set(each.type, bound);
  }
  const broadcasts = bindBroadcasts(dictionary);
  for (const [type, missing] of broadcasts.unbound) unbound.set(type, missing);
  return {
    dictionary,
    numbers: numbersOf(dictionary.enumerations),
    statuses: statusesOf(dictionary.codes, statuses),
    statusMeanings: statusMeanings(dictionary.codes),
    transactions,
    broadcasts,
    unbound,
  };
}
