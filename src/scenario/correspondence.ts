import type { CustomerCode } from '../clearing/participant.ts';

/** Whom HKEX writes to, and what its desk does; only what the file sets. */
export interface Correspondence {
  readonly contacts: ReadonlyMap<
    CustomerCode,
    readonly { readonly name: string; readonly phone: string; readonly email: string }[]
  >;
  readonly settings: {
    readonly senders?: 'contacts' | 'anyone';
    readonly resetTakesMs?: number;
    readonly resets?: 'verification-session' | 'always';
    readonly bytesMax?: number;
    /** A time of the day: `12:30`, `+7d 12:30`. */
    readonly confirmationDue?: string;
  };
}
