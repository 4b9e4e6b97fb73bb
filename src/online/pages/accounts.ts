import { POSITION_KEEPING, type Account } from '../../clearing/account.ts';
import { inEveryLanguage } from '../language/languages.ts';
import { textColumn } from './columns.ts';
import type { DataPage } from './data-page.ts';

/** Account enquiry: dcass-facts.md 2.1. */
export const accountsPage: DataPage<Account> = {
  name: 'accounts',
  read: (core, session) => core.accounts(session),
  columns: (_core, { texts: { columns, words } }) => [
    textColumn('participant', columns.participant, (account) => account.participant),
    textColumn('account', columns.account, (account) => account.id),
    textColumn(
      'type',
      columns.type,
      (account) => account.type,
      (account) => words.accountTypes[account.type],
    ),
    textColumn(
      'position keeping',
      columns.positionKeeping,
      (account) => POSITION_KEEPING[account.type],
      (account) => words.positionKeeping[POSITION_KEEPING[account.type]],
    ),
    textColumn(
      'state',
      columns.state,
      (account) => account.state,
      (account) => words.accountStates[account.state],
    ),
    textColumn(
      'access',
      columns.access,
      (account) => account.access,
      (account) => words.accountAccess[account.access],
    ),
  ],
  filters: [
    { name: 'account', of: (account) => account.id },
    { name: 'type', of: ({ type }) => inEveryLanguage(type, ({ words }) => words.accountTypes[type]) },
    { name: 'state', of: ({ state }) => inEveryLanguage(state, ({ words }) => words.accountStates[state]) },
  ],
};
