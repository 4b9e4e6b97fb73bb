import type { PasswordRules } from '../clearing/password-rules.ts';
import { Secret } from '../clearing/secret.ts';
import { parseUserId, type UserId, type UserKind } from '../clearing/user.ts';
import type { UserDefinition } from '../clearing/world.ts';
import { seededRandom } from '../time/random.ts';
import { requireUnique, type Checker } from './checker.ts';
import { unknownName, type KnownParticipant } from './names.ts';
import { makePassword, passwordTrouble } from './password.ts';
import type { WorldSection } from './schema.ts';

interface UserWorld {
  readonly known: ReadonlyMap<string, KnownParticipant>;
  readonly passwords: Readonly<Record<UserKind, PasswordRules>>;
  readonly seed: number | string;
  /** A participant's code cannot be read: it may be the one that a user belongs to. */
  readonly doubtful: boolean;
}

/** The users of the file, and every id that it names, right or wrong. */
export function toUsers(
  list: NonNullable<WorldSection['users']>,
  world: UserWorld,
  check: Checker,
): { readonly users: readonly UserDefinition[]; readonly ids: ReadonlySet<string> } {
  const ids = new Set<string>();
  for (const user of Array.isArray(list) ? (list as unknown[]) : []) {
    const id = (user as { id?: unknown } | null)?.id;
    if (typeof id === 'string') ids.add(id);
  }
  requireUnique(list, 'id', 'user', check);
  const users = check.items(list).flatMap(({ item, check: here }) => toUser(item, world, here) ?? []);
  return { users, ids };
}

function toUser(
  user: NonNullable<WorldSection['users']>[number],
  world: UserWorld,
  check: Checker,
): UserDefinition | undefined {
  const parts = parseUserId(user.id);
  if (!parts) return undefined;
  if (!world.known.has(parts.participant)) {
    if (world.doubtful) return undefined;
    const { message, ...rest } = unknownName('participant', parts.participant, world.known.keys());
    check.refuse(['id'], {
      message: `${user.id} belongs to a participant by its letters 4 to 7, and ${message}`,
      ...rest,
    });
    return undefined;
  }
  const rules = world.passwords[parts.kind];
  const state = user.state ?? 'active';
  if ((state === 'expired' || state === 'expiring') && rules.lifetimeDays === undefined) {
    check.refuse(['state'], {
      message: `passwords of this kind of user never expire (world.passwords.${parts.kind}.lifetimeDays: never); write another state, or a number of days there`,
      found: state,
    });
  } else if (state === 'expiring' && rules.warningDays < 2) {
    check.refuse(['state'], {
      message: `nobody is warned before the last two days (world.passwords.${parts.kind}.warningDays: ${rules.warningDays}); write warningDays: 2 or more there`,
      found: state,
    });
  }
  const password =
    user.password === undefined
      ? makePassword(seededRandom(world.seed).fork('password').fork(user.id), rules)
      : new Secret(user.password);
  const trouble = user.password === undefined ? undefined : passwordTrouble(password, parts.kind, rules);
  if (trouble) check.refuse(['password'], trouble);
  if (user.functions && parts.kind === 'administrator') {
    check.refuse(['functions'], { message: 'an Administrator has no post-trade functions; leave the key out' });
  }
  return { id: user.id as UserId, kind: parts.kind, password, state, functions: user.functions };
}
