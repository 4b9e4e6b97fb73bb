import type { AccountId, AccountType } from '../../clearing/account.ts';
import type { ClearingHouse, CustomerCode } from '../../clearing/participant.ts';
import { chooser, type Chooser } from './choice.ts';

/** What growing needs to know of a participant; the order is the order of size, the largest first. */
export interface MarketParticipant {
  readonly code: string;
  readonly clearingHouses: readonly ClearingHouse[];
  readonly accounts: readonly { readonly id: string; readonly type: AccountType }[];
}

/** An account that deals or holds. */
export interface MarketAccount {
  readonly participant: CustomerCode;
  readonly account: AccountId;
  readonly type: AccountType;
  /** The size of its participant beside the others. */
  readonly size: number;
}

type Weights = Readonly<Record<AccountType, number>>;

/** In which accounts deals are done. Daily is emptied at day end, so old trades are in other accounts. */
export const DEALING: Weights = {
  house: 30,
  'market-maker': 35,
  'omnibus-client': 25,
  'individual-client': 6,
  'client-offset-claim': 0,
  daily: 0,
  sink: 0,
  apt: 0,
  transitory: 0,
};
export const DEALING_TODAY: Weights = { ...DEALING, daily: 6 };

/** Which accounts hold positions overnight: dcass-facts.md 6.1 (Daily and APT end the day empty; Sink has what was left). */
export const HOLDING: Weights = {
  ...DEALING,
  house: 20,
  'market-maker': 15,
  'individual-client': 15,
  'client-offset-claim': 5,
  sink: 2,
};

/** The accounts with a weight, of the participants that clear in `house`. */
export function accountsOf(
  participants: readonly MarketParticipant[],
  house: ClearingHouse,
  weights: Weights,
): readonly MarketAccount[] {
  return participants.flatMap(({ code, clearingHouses, accounts }, rank) =>
    clearingHouses.includes(house)
      ? accounts
          .filter(({ type }) => weights[type] > 0)
          .map(({ id, type }): MarketAccount => ({
            participant: code as CustomerCode,
            account: id as AccountId,
            type,
            size: Math.floor(3_000 / (rank + 3)) + 1,
          }))
      : [],
  );
}

/** Draws accounts: those of large participants, and of heavy types, more often. */
export function accountChooser(accounts: readonly MarketAccount[], weights: Weights): Chooser {
  return chooser(accounts.map(({ type, size }) => weights[type] * size));
}
