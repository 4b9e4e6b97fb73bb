import { POSITION_KEEPING, type Account } from '../account.ts';
import { defineReport, type Field } from './definition.ts';
import { ownBook } from './rows.ts';
import { csvLayout } from './shipped-layout.ts';

// The same columns in the same order as the accounts page's CSV.
const fields: readonly Field<Account>[] = [
  { name: 'participant', title: 'Participant', kind: 'text', docs: 'customer code', value: (row) => row.participant },
  { name: 'account', title: 'Account', kind: 'text', docs: 'account', value: (row) => row.id },
  { name: 'type', title: 'Type', kind: 'text', docs: 'house, omnibus-client, daily …', value: (row) => row.type },
  {
    name: 'position keeping',
    title: 'Keeping',
    kind: 'text',
    docs: 'net or gross',
    value: (row) => POSITION_KEEPING[row.type],
  },
  { name: 'state', title: 'State', kind: 'text', docs: 'active or inactive', value: (row) => row.state },
  { name: 'access', title: 'Access', kind: 'text', docs: 'full, no-exercise or read-only', value: (row) => row.access },
];

export const accountsReport = defineReport<Account>({
  code: 'accounts',
  name: 'Account list',
  clearingHouse: 'both',
  scope: 'participant',
  made: ['intra-day', 'after-cutoff', 'day-end'],
  contents: 'The accounts, with their types and states.',
  fields,
  rows: (at) => [...ownBook(at).accounts.values()],
  template: csvLayout('accounts', fields),
});
