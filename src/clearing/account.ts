import type { CustomerCode } from './participant.ts';

/** Identifier of an account inside its participant, at most 10 characters: the shorter of the family's two account fields. */
export type AccountId = string & { readonly __unit: 'account id' };

/** The eight account types: dcass-facts.md 6.1, sureness B. */
export type AccountType =
  | 'house'
  | 'market-maker'
  | 'omnibus-client'
  | 'individual-client'
  | 'client-offset-claim'
  | 'daily'
  | 'sink'
  | 'apt';

/** Net keeping holds one side, gross keeping both. */
export type PositionKeeping = 'net' | 'gross';

export interface Account {
  readonly participant: CustomerCode;
  readonly id: AccountId;
  readonly type: AccountType;
}

/** dcass-facts.md 6.1 (UG2, B). Daily is "system": ASSUMED gross until it is emptied; APT holds nothing. */
export const POSITION_KEEPING: Readonly<Record<AccountType, PositionKeeping>> = {
  house: 'net',
  'market-maker': 'net',
  'omnibus-client': 'gross',
  'individual-client': 'net',
  'client-offset-claim': 'gross',
  daily: 'gross',
  sink: 'gross',
  apt: 'net',
};

export const ACCOUNT_TYPES = Object.keys(POSITION_KEEPING) as readonly AccountType[];
