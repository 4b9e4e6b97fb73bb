import type { BusinessDate, Instant } from '../time/instant.ts';
import type { AccountId } from './account.ts';
import type { Deal, DealReason, OpenClose, Side, Trade, TradeType } from './deal.ts';
import type { ClearingEvent } from './event.ts';
import type { CustomerCode } from './participant.ts';
import { instrumentTypeOf, type SeriesName } from './series.ts';
import { bookOf, seriesOf, type ClearingState, type Counters } from './state.ts';
import type { UserId } from './user.ts';

/** One of the two trades of a deal that is being made. */
export interface TradeTerms {
  readonly participant: CustomerCode;
  readonly account: AccountId;
  readonly type: TradeType;
  readonly openClose: OpenClose;
  readonly customerInfo: string;
  readonly originalTrade?: number | undefined;
  readonly giveUpMember?: CustomerCode | undefined;
  /** Who asked for this trade, where it was not the one who asked for the deal. */
  readonly askedBy?: { readonly user: UserId | undefined };
  /** False: the trade is history the moment it is made (a reversing one), and nothing remains of it to give up or rectify. */
  readonly remains: boolean;
}

export interface DealTermsOfPlan {
  readonly reason: DealReason;
  readonly series: SeriesName;
  /** Contracts. */
  readonly quantity: number;
  /** Integer in price decimals. */
  readonly price: number;
  readonly original?: number | undefined;
  readonly clearingDate: BusinessDate;
  /** When the original match was made; default now. */
  readonly asOfAt?: Instant | undefined;
  readonly buy: TradeTerms;
  readonly sell: TradeTerms;
}

/**
 * What a decision will do: collects its events and hands out the numbers that they will have, while the state
 * stays as it is. A decision throws its plan away when it finds a reason to refuse.
 */
export class Plan {
  readonly events: ClearingEvent[] = [];
  readonly #state: ClearingState;
  readonly #now: Instant;
  readonly #user: UserId | undefined;
  readonly #next: Counters;
  readonly #sequences = new Map<string, number>();

  /** `user`: who asked for it; undefined for HKEX and the day end. */
  constructor(state: ClearingState, now: Instant, user: UserId | undefined) {
    this.#state = state;
    this.#now = now;
    this.#user = user;
    this.#next = { ...state.next };
  }

  /** The next number of this kind. */
  number(kind: keyof Counters): number {
    return this.#next[kind]++;
  }

  add(...events: readonly ClearingEvent[]): void {
    this.events.push(...events);
  }

  /** Adds a deal with its two trades; a match of the trading system is `deal-matched`, all others `deal-made`. */
  deal(terms: DealTermsOfPlan): { readonly deal: Deal; readonly buy: Trade; readonly sell: Trade } {
    const number = this.number('deal');
    const buy = this.#trade(terms, 'buy', number);
    const sell = this.#trade(terms, 'sell', number);
    const deal: Deal = {
      number,
      reason: terms.reason,
      series: terms.series,
      quantity: terms.quantity,
      price: terms.price,
      original: terms.original,
      buy: { participant: buy.participant, trade: buy.number },
      sell: { participant: sell.participant, trade: sell.number },
      annulled: false,
    };
    this.add({ type: terms.reason === 'match' ? 'deal-matched' : 'deal-made', deal, trades: [buy, sell] });
    return { deal, buy, sell };
  }

  #trade(terms: DealTermsOfPlan, side: Side, deal: number): Trade {
    const of = terms[side];
    return {
      number: this.number('trade'),
      deal,
      sequence: this.#sequence(of.participant, terms.series, terms.clearingDate),
      series: terms.series,
      participant: of.participant,
      account: of.account,
      side,
      quantity: terms.quantity,
      remainingQuantity: of.remains ? terms.quantity : 0,
      heldQuantity: 0,
      heldBy: undefined,
      price: terms.price,
      type: of.type,
      state: 'active',
      openClose: of.openClose,
      customerInfo: of.customerInfo,
      giveUpMember: of.giveUpMember,
      giveUpState: 'none',
      originalTrade: of.originalTrade,
      user: of.askedBy ? of.askedBy.user : this.#user,
      createdAt: this.#now,
      asOfAt: terms.asOfAt ?? this.#now,
      modifiedAt: this.#now,
      clearingDate: terms.clearingDate,
    };
  }

  #sequence(participant: CustomerCode, series: SeriesName, date: BusinessDate): number {
    const instrumentType = instrumentTypeOf(seriesOf(this.#state, series));
    const key = `${participant}|${instrumentType}|${date}`;
    const last = this.#sequences.get(key) ?? bookOf(this.#state, participant).trades.lastSequence(instrumentType, date);
    this.#sequences.set(key, last + 1);
    return last + 1;
  }
}
