import type { AccountId, AccountState, AccountAccess } from '../clearing/account.ts';
import type { ClearingCore } from '../clearing/core.ts';
import type { CustomerCode } from '../clearing/participant.ts';
import type { Outcome } from '../clearing/rejection.ts';
import type { DealDefinition } from '../clearing/world.ts';
import type { CalendarDate } from '../time/instant.ts';

/** What HKEX and the trading system do to the clearing state, and no participant: it can be done again on another system. */
export type ExchangeWork =
  | { readonly what: 'deal'; readonly deal: DealDefinition }
  | { readonly what: 'annul'; readonly deal: number }
  | { readonly what: 'price'; readonly of: string; readonly price: number }
  | {
      readonly what: 'account';
      readonly participant: CustomerCode;
      readonly account: AccountId;
      readonly change: { readonly state: AccountState | undefined; readonly access: AccountAccess | undefined };
    }
  | { readonly what: 'day-end' }
  | { readonly what: 'roll'; readonly to: CalendarDate | undefined };

/** Does it. @returns the outcome, and the deal that was made */
export function doWork(
  core: ClearingCore,
  work: ExchangeWork,
): { readonly outcome: Outcome<unknown>; readonly deal?: number } {
  switch (work.what) {
    case 'deal': {
      const outcome = core.matchDeal(work.deal);
      return outcome.ok && outcome.value.type === 'deal-matched'
        ? { outcome, deal: outcome.value.deal.number }
        : { outcome };
    }
    case 'annul':
      return { outcome: core.annulDeal(work.deal) };
    case 'price':
      return { outcome: core.setPrice(work.of, work.price) };
    case 'account':
      return { outcome: core.changeAccount(work.participant, work.account, work.change) };
    case 'day-end':
      return { outcome: core.endDay() };
    case 'roll':
      return { outcome: core.rollBusinessDate(work.to) };
  }
}
