import type { UserId } from '../../clearing/user.ts';
import { group, userId } from '../leaf.ts';
import { checkUser } from '../names.ts';
import { defineVerb } from './verb.ts';

export const passwordExpire = defineVerb({
  name: 'password.expire',
  summary: "The user's password expires now; the next login must change it.",
  schema: () => group({ user: userId }, 'the user: { user: "BU_CABC101" }'),
  example: { user: 'BU_CABC101' },
  toAction: ({ user }, { names, refuse }) =>
    checkUser(names, user, ['user'], refuse) ? { do: 'password.expire', user: user as UserId } : undefined,
  describe: ({ user }) => `The password of ${user} expires.`,
});
