import { checkNewPassword, type PasswordRules } from '../clearing/password-rules.ts';
import type { CustomerCode } from '../clearing/participant.ts';
import { Secret } from '../clearing/secret.ts';
import type { User, UserId, UserKind } from '../clearing/user.ts';
import type { Instant } from '../time/instant.ts';
import type { Random } from '../time/random.ts';
import type { ProblemText } from './problem.ts';

// No 0, O, 1, l, I: people read these passwords from a screen.
const LETTERS = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ';
const DIGITS = '23456789';
const LENGTH_WANTED = 12;

/** A password that its kind's rules accept, the same for the same stream of random numbers. */
export function makePassword(random: Random, rules: PasswordRules): Secret {
  const length = Math.min(Math.max(rules.lengthMin, LENGTH_WANTED), rules.lengthMax);
  const specials = [...rules.accepted];
  const characters = [random.pick([...DIGITS]), random.pick(specials)];
  while (characters.length < length - 1) characters.push(random.pick([...(LETTERS + DIGITS)]));
  for (let i = characters.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [characters[i], characters[j]] = [characters[j] as string, characters[i] as string];
  }
  // A letter first: it survives shells, forms and address bars best.
  return new Secret(random.pick([...LETTERS]) + characters.join(''));
}

/** Why a password of the file breaks its kind's rules; undefined when it follows them. The password itself is never told. */
export function passwordTrouble(password: Secret, kind: UserKind, rules: PasswordRules): ProblemText | undefined {
  const outcome = checkNewPassword(rules, NOBODY, password);
  if (outcome.ok) return undefined;
  const { rejection } = outcome;
  const who = { online: 'an Online user', administrator: 'an Administrator', oapi: 'an OAPI user' }[kind];
  switch (rejection.code) {
    case 'new-password-length':
      return {
        message: `this password has ${rejection.length} characters; write one of ${rejection.lengthMin} to ${rejection.lengthMax} characters, as ${who} needs`,
      };
    case 'new-password-character':
      return {
        message: `character ${rejection.position} of this password is not accepted for ${who}; write letters, digits and ${rejection.accepted}`,
      };
    case 'new-password-composition':
      return {
        message: `this password has no ${rejection.missing.join(' and no ')}; write one with a letter, a digit and a special character, as ${who} needs`,
      };
    default:
      return { message: `this password breaks the rules of ${who} (${rejection.code}); write another` };
  }
}

// The rules ask for the user's earlier passwords; a file has none. No password that a file can hold is empty.
const NOBODY: User = {
  id: 'BU_C000100' as UserId,
  kind: 'online',
  participant: 'C000' as CustomerCode,
  password: new Secret(''),
  passwordSetAt: 0 as Instant,
  passwordExpiresAt: undefined,
  mustChangePassword: false,
  earlierPasswords: [],
  failedLogins: 0,
  locked: false,
  suspended: false,
  functions: undefined,
  lastLogin: undefined,
  lastFailedLogin: undefined,
};
