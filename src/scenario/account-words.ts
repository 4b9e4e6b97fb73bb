import type { AccountAccess, AccountState } from '../clearing/account.ts';

export const ACCOUNT_STATES = ['active', 'inactive'] as const satisfies readonly AccountState[];
export const ACCOUNT_ACCESS = ['full', 'no-exercise', 'read-only'] as const satisfies readonly AccountAccess[];
