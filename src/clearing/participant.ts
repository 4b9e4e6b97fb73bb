/** The DCASS Customer Code: the letter C and three characters. dcass-facts.md 1.1, sureness A. */
export type CustomerCode = string & { readonly __unit: 'customer code' };

/** HKFE Clearing Corporation and the SEHK Options Clearing House. */
export type ClearingHouse = 'HKCC' | 'SEOCH';

/** A clearing participant of HKCC, SEOCH or both. */
export interface Participant {
  readonly code: CustomerCode;
  readonly name: string;
  readonly clearingHouses: readonly ClearingHouse[];
  /** IPv4 ranges (`a.b.c.d/n`) from which its users may log on to DCASS Online; undefined: any. */
  readonly authorisedRanges: readonly string[] | undefined;
}

export function isCustomerCode(text: string): text is CustomerCode {
  return /^C[A-Z0-9]{3}$/.test(text);
}
