import { restoreState } from '../../src/clearing/snapshot.ts';
import type { JournalEntry, Simulator } from '../../src/index.ts';
import { survivingEntries } from '../../src/journal/surviving.ts';
import { wholeState } from '../clearing/histories/whole-state.ts';
import { smallDay } from '../support/simulator.ts';

const side = (participant: string) => ({ participant, account: 'HOUSE' });
const DEAL = {
  do: 'deal.match',
  with: { series: 'HSIK9', quantity: 3, price: '30000', buyer: side('CABC'), seller: side('CXYZ') },
};

/** A day in which all happens that has to go on after a restore: stops, mails, reports, gates, whens, rules. */
export const DAY = {
  ...smallDay({}, [
    { id: 'first', at: '09:10', ...DEAL },
    { id: 'asked', gate: { says: 'Another deal?', from: '09:15', timeout: '2h', default: 'skip' }, ...DEAL },
    { id: 'after-it', after: { id: 'asked', by: '10m' }, do: 'note', with: { text: 'it was asked' } },
    { id: 'second', at: '09:40', ...DEAL },
    { id: 'seen', when: { seen: { kind: 'online.login', participant: 'CABC' } }, ...DEAL },
    { id: 'stop', at: '09:50', do: 'gateway.stop', with: { which: [2], how: 'refuse', for: '30m' } },
    { id: 'reset', at: '09:51', do: 'password.reset', with: { user: 'BU_CXYZ102' } },
    { id: 'late', at: '09:52', do: 'oapi.answer', with: { transactions: ['CQ3'], completion: -21, for: '30m' } },
    { id: 'told', at: '10:00', do: 'mail.send', with: { subject: 'A notice', text: 'Read this.' } },
    { id: 'reports', at: '10:10', do: 'report.publish', with: { which: ['trades', 'positions'] } },
  ]),
  expect: [
    {
      id: 'in',
      says: 'CABC logs in',
      seen: { kind: 'online.login', participant: 'CABC' },
      within: { from: '09:00', to: '09:30' },
    },
    {
      id: 'in-late',
      says: 'CABC logs in later',
      seen: { kind: 'online.login', participant: 'CABC' },
      within: { from: '09:31', to: '11:00' },
    },
  ],
};

/** The whole clearing state, to compare. */
export function stateOf(sim: Simulator): unknown {
  return wholeState(restoreState(sim.snapshot()));
}

const OF_THE_RUN = [
  'checkpoint.saved',
  'checkpoint.restored',
  'simulator.restarted',
  'simulator.ready',
  'oapi.dictionary',
];

/** What has happened by the journal, without what tells of the run itself, and without numbers and real times. */
export function told(entries: readonly JournalEntry[]): readonly unknown[] {
  return survivingEntries(entries)
    .filter(({ kind }) => !OF_THE_RUN.includes(kind) && !kind.startsWith('clock.'))
    .map(({ seq: _seq, wallTime: _wallTime, ...entry }) => JSON.parse(JSON.stringify(entry)) as unknown);
}
