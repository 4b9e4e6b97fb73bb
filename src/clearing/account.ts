import type { CustomerCode } from './participant.ts';

/** Identifier of an account inside its participant, at most 10 characters: the shorter of the family's two account fields. */
export type AccountId = string & { readonly __unit: 'account id' };

/**
 * The eight account types of dcass-facts.md 6.1 (B), and the transitory account, which exists in the
 * API only (CD5: trades wait there until they are transferred to the right account; C).
 */
export type AccountType =
  | 'house'
  | 'market-maker'
  | 'omnibus-client'
  | 'individual-client'
  | 'client-offset-claim'
  | 'daily'
  | 'sink'
  | 'apt'
  | 'transitory';

/** Net keeping holds one side, gross keeping both. */
export type PositionKeeping = 'net' | 'gross';

/** ASSUMED: HKEX's account states are not public (oapi-facts.md section 9); an inactive one takes no post-trade input. */
export type AccountState = 'active' | 'inactive';

/** What a participant's users may do with an account. ASSUMED values (the family has read, write and exercise access). */
export type AccountAccess = 'full' | 'no-exercise' | 'read-only';

export interface Account {
  readonly participant: CustomerCode;
  readonly id: AccountId;
  readonly type: AccountType;
  readonly state: AccountState;
  readonly access: AccountAccess;
}

/**
 * dcass-facts.md 6.1 (UG2, B). Daily is "system": ASSUMED gross until it is emptied, as is the
 * transitory account; APT holds nothing.
 */
export const POSITION_KEEPING: Readonly<Record<AccountType, PositionKeeping>> = {
  house: 'net',
  'market-maker': 'net',
  'omnibus-client': 'gross',
  'individual-client': 'net',
  'client-offset-claim': 'gross',
  daily: 'gross',
  sink: 'gross',
  apt: 'net',
  transitory: 'gross',
};

export const ACCOUNT_TYPES = Object.keys(POSITION_KEEPING) as readonly AccountType[];
