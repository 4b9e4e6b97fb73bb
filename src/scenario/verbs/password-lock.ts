import type { UserId } from '../../clearing/user.ts';
import { group, userId } from '../leaf.ts';
import { checkUser } from '../names.ts';
import { defineVerb } from './verb.ts';

export const passwordLock = defineVerb({
  name: 'password.lock',
  summary: 'Locks the user, as too many wrong passwords would; its sessions end.',
  schema: () => group({ user: userId }, 'the user: { user: "BU_CABC101" }'),
  example: { user: 'BU_CABC101' },
  toAction: ({ user }, { names, refuse }) =>
    checkUser(names, user, ['user'], refuse) ? { do: 'password.lock', user: user as UserId } : undefined,
  describe: ({ user }) => `${user} is locked.`,
});
