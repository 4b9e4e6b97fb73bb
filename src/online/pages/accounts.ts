import { POSITION_KEEPING, type Account, type AccountType } from '../../clearing/account.ts';
import type { DataPage } from './data-page.ts';

// dcass-facts.md 6.1 (UG2, B): the eight account types.
const TYPE_TEXT: Readonly<Record<AccountType, string>> = {
  house: 'House',
  'market-maker': 'Market maker',
  'omnibus-client': 'Omnibus client',
  'individual-client': 'Individual client',
  'client-offset-claim': 'Client offset claim (COCA)',
  daily: 'Daily',
  sink: 'Sink',
  apt: 'Average price trade (APT)',
  transitory: 'Transitory',
};

/** Account enquiry: dcass-facts.md 2.1. */
export const accountsPage: DataPage<Account> = {
  name: 'accounts',
  title: 'Accounts',
  emptyText: 'There are no accounts.',
  read: (core, session) => core.accounts(session),
  columns: () => [
    { name: 'participant', title: 'Participant', kind: 'text', value: (account) => account.participant },
    { name: 'account', title: 'Account', kind: 'text', value: (account) => account.id },
    {
      name: 'type',
      title: 'Type',
      kind: 'text',
      value: (account) => account.type,
      shown: (account) => TYPE_TEXT[account.type],
    },
    {
      name: 'position keeping',
      title: 'Position keeping',
      kind: 'text',
      value: (account) => POSITION_KEEPING[account.type],
    },
    { name: 'state', title: 'State', kind: 'text', value: (account) => account.state },
    { name: 'access', title: 'Access', kind: 'text', value: (account) => account.access },
  ],
};
