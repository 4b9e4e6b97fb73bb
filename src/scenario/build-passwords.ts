import { DEFAULT_PASSWORD_RULES, type PasswordRules } from '../clearing/password-rules.ts';
import type { UserKind } from '../clearing/user.ts';
import type { Checker } from './checker.ts';
import type { PasswordsSection } from './schema.ts';

const KINDS: readonly UserKind[] = ['online', 'administrator', 'oapi'];

/** The password rules of the day: the defaults, with what the file changes. */
export function toPasswordRules(
  section: PasswordsSection | undefined,
  check: Checker,
): Readonly<Record<UserKind, PasswordRules>> {
  const rules = { ...DEFAULT_PASSWORD_RULES };
  for (const kind of KINDS) {
    const changes = check.usable(kind) ? section?.[kind] : undefined;
    if (!changes) continue;
    const { lifetimeDays, ...rest } = changes;
    const merged: PasswordRules = {
      ...rules[kind],
      ...withoutUndefined(rest),
      ...(lifetimeDays === undefined ? {} : { lifetimeDays: lifetimeDays === 'never' ? undefined : lifetimeDays }),
    };
    if (merged.lengthMin > merged.lengthMax) {
      check.refuse([kind, changes.lengthMin === undefined ? 'lengthMax' : 'lengthMin'], {
        message: `a password of at least ${merged.lengthMin} and at most ${merged.lengthMax} characters cannot be; write a lengthMin that is not above lengthMax`,
      });
      continue;
    }
    if (merged.lifetimeDays !== undefined && merged.warningDays >= merged.lifetimeDays) {
      check.refuse([kind, changes.warningDays === undefined ? 'lifetimeDays' : 'warningDays'], {
        message: `a password that lives ${merged.lifetimeDays} days cannot warn ${merged.warningDays} days before; write fewer warningDays`,
      });
      continue;
    }
    rules[kind] = merged;
  }
  return rules;
}

function withoutUndefined<T extends object>(changes: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
