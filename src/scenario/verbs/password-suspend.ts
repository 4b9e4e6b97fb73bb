import type { UserId } from '../../clearing/user.ts';
import { group, userId } from '../leaf.ts';
import { checkUser } from '../names.ts';
import { defineVerb } from './verb.ts';

export const passwordSuspend = defineVerb({
  name: 'password.suspend',
  summary: 'Suspends the user: it cannot log on, and its sessions end.',
  schema: () => group({ user: userId }, 'the user: { user: "BU_CABC101" }'),
  example: { user: 'BU_CABC101' },
  toAction: ({ user }, { names, refuse }) =>
    checkUser(names, user, ['user'], refuse) ? { do: 'password.suspend', user: user as UserId } : undefined,
  describe: ({ user }) => `${user} is suspended.`,
});
