import { MINUTE_MS } from '../time/instant.ts';

/** What HKEX's desk does with mails; HKEX's own procedure is not public. */
export interface MailSettings {
  /** Who may send a participant's form: its contacts, or anyone. A participant without contacts takes anyone's. */
  readonly senders: 'contacts' | 'anyone';
  /** Business milliseconds from a good Password Reset Form to the reset. */
  readonly resetTakesMs: number;
  /** When a Password Reset Form is good. */
  readonly resets: 'verification-session' | 'always';
  /** A time of the scenario's day at or before which a Confirmation Form is in time. */
  readonly confirmationDue: string;
  /** A mail's size in bytes. */
  readonly bytesMax: number;
}

/**
 * ASSUMED: that HKEX looks at the sender, and how long a reset takes, is not public (X). The session is the form's own note
 * (rollout package, Appendix B, A).
 */
export const DEFAULT_MAIL_SETTINGS: MailSettings = {
  senders: 'contacts',
  resetTakesMs: 15 * MINUTE_MS,
  resets: 'verification-session',
  // Rollout package 3.1 and Appendix E (A).
  confirmationDue: '12:30',
  bytesMax: 5 * 1024 * 1024,
};
