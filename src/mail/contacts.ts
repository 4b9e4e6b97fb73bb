import type { CustomerCode } from '../clearing/participant.ts';

/** A designated contact person: rollout package, 3.3 and Appendix A, item 2 (A). */
export interface Contact {
  readonly name: string;
  readonly phone: string;
  readonly email: string;
}

export type Contacts = ReadonlyMap<CustomerCode, readonly Contact[]>;

/** Where a participant's mail goes. One that the scenario gives no contact gets it all the same. */
export function addressesOf(contacts: Contacts, code: CustomerCode): readonly string[] {
  const own = contacts.get(code) ?? [];
  return own.length > 0 ? own.map(({ email }) => email) : [`contact@${code.toLowerCase()}.example`];
}

export function isContact(contacts: Contacts, code: CustomerCode, address: string | undefined): boolean {
  return (contacts.get(code) ?? []).some(({ email }) => email.toLowerCase() === address?.toLowerCase());
}
