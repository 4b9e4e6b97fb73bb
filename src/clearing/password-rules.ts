import { rejected, type Outcome, accepted, type SessionRejection } from './rejection.ts';
import type { Secret } from './secret.ts';
import type { User, UserKind } from './user.ts';

/** The rules that a new password must follow, by kind of user. Each is a setting of the scenario (`world.passwords`). */
export interface PasswordRules {
  readonly lengthMin: number;
  readonly lengthMax: number;
  /** The special characters that a password may contain. */
  readonly accepted: string;
  /** Days until a password expires; undefined: never. */
  readonly lifetimeDays: number | undefined;
  /** Days before the expiry in which a login warns. */
  readonly warningDays: number;
  /** How many earlier passwords may not come back. */
  readonly remembered: number;
  /** Wrong passwords in a row that lock the user. */
  readonly failedLoginsMax: number;
}

/** The 29 characters of dcass-facts.md 1.2 (FAQ-NEW, sureness B): `%`, `\`, `'` and space are not among them. */
export const ACCEPTED_SPECIAL_CHARACTERS = '!"#$&()*+,-./:;<=>?@[]^_`{|}~';

const COMMON = {
  accepted: ACCEPTED_SPECIAL_CHARACTERS,
  // ASSUMED: 90 days. The row "Password expiry" exists, its values are not public (dcass-facts.md 1.2, X).
  lifetimeDays: 90,
  // ASSUMED: a login warns in the last 14 days (X).
  warningDays: 14,
  // ASSUMED: the last 5 passwords may not come back (X).
  remembered: 5,
  // ASSUMED: 5 wrong passwords in a row lock a user (X).
  failedLoginsMax: 5,
};

/** Lengths: dcass-facts.md 1.2, FAQ-NEW, sureness B; the page is later than May 2019. */
export const DEFAULT_PASSWORD_RULES: Readonly<Record<UserKind, PasswordRules>> = {
  oapi: { ...COMMON, lengthMin: 8, lengthMax: 20 },
  administrator: { ...COMMON, lengthMin: 16, lengthMax: 20 },
  // ASSUMED: 8 to 20. The published table has a merged cell here: 8-20 or 16-20.
  online: { ...COMMON, lengthMin: 8, lengthMax: 20 },
};

/** Whether `next` may become the user's password. Refusals by precedence: length, characters, composition, history. */
export function checkNewPassword(rules: PasswordRules, user: User, next: Secret): Outcome<undefined, SessionRejection> {
  const text = next.reveal();
  if (text.length < rules.lengthMin || text.length > rules.lengthMax) {
    return rejected({
      code: 'new-password-length',
      length: text.length,
      lengthMin: rules.lengthMin,
      lengthMax: rules.lengthMax,
    });
  }
  const foreign = [...text].findIndex((c) => !/[A-Za-z0-9]/.test(c) && !rules.accepted.includes(c));
  if (foreign >= 0)
    return rejected({ code: 'new-password-character', position: foreign + 1, accepted: rules.accepted });

  const missing: ('letter' | 'digit' | 'special')[] = [];
  if (!/[A-Za-z]/.test(text)) missing.push('letter');
  if (!/[0-9]/.test(text)) missing.push('digit');
  if (!/[^A-Za-z0-9]/.test(text)) missing.push('special');
  if (missing.length > 0) return rejected({ code: 'new-password-composition', missing });

  const before = [user.password, ...user.earlierPasswords].slice(0, Math.max(1, rules.remembered));
  if (before.some((earlier) => earlier.matches(next))) {
    return rejected({ code: 'new-password-used-before', remembered: rules.remembered });
  }
  return accepted(undefined);
}
