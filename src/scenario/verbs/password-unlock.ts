import type { UserId } from '../../clearing/user.ts';
import { group, userId } from '../leaf.ts';
import { checkUser } from '../names.ts';
import { defineVerb } from './verb.ts';

export const passwordUnlock = defineVerb({
  name: 'password.unlock',
  summary: 'Unlocks the user; the password stays as it is.',
  schema: () => group({ user: userId }, 'the user: { user: "BU_CABC101" }'),
  example: { user: 'BU_CABC101' },
  toAction: ({ user }, { names, refuse }) =>
    checkUser(names, user, ['user'], refuse) ? { do: 'password.unlock', user: user as UserId } : undefined,
  describe: ({ user }) => `${user} is unlocked.`,
});
