import * as z from 'zod/mini';
import { Secret } from '../../clearing/secret.ts';
import type { UserId } from '../../clearing/user.ts';
import { group, password, userId } from '../leaf.ts';
import { checkUser, kindOfUser } from '../names.ts';
import { passwordTrouble } from '../password.ts';
import { defineVerb } from './verb.ts';

export const passwordReset = defineVerb({
  name: 'password.reset',
  summary: "HKEX resets the user's password; without one in the file a temporary password is made.",
  schema: () => group({ user: userId, password: z.optional(password) }, 'the user: { user: "BU_CABC101" }'),
  example: { user: 'BU_CABC101', password: 'Fresh-Start-2019' },
  toAction({ user, password: text }, { names, refuse }) {
    if (!checkUser(names, user, ['user'], refuse)) return undefined;
    const kind = kindOfUser(user);
    const secret = text === undefined ? undefined : new Secret(text);
    const trouble = secret && kind && passwordTrouble(secret, kind, names.passwords[kind]);
    if (trouble) {
      refuse(['password'], trouble);
      return undefined;
    }
    return { do: 'password.reset', user: user as UserId, password: secret };
  },
  describe: ({ user }) => `HKEX resets the password of ${user}.`,
});
