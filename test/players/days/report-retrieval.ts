import type { PlayedDay } from '../play.ts';

export const reportRetrieval: PlayedDay = {
  scenario: 'report-retrieval',
  well: [
    ['10:05', ({ cabc }) => cabc.fetchesReports()],
    ['11:05', ({ cabc }) => cabc.fetchesReports()],
    ['11:30', ({ cabc }) => cabc.fetchesReports()],
    ['13:05', ({ cabc }) => cabc.fetchesReports()],
    ['13:35', ({ cabc }) => cabc.fetchesReports()],
    ['15:30', ({ cabc }) => cabc.fetchesReports()],
    ['16:05', ({ cabc }) => cabc.readsMail('Renewal of the SFTP key')],
    // From here on with the new key: the client reads its file each time.
    ['17:05', ({ cabc }) => cabc.looksForReports()],
    ['20:45', ({ cabc }) => cabc.fetchesReports()],
    ['23:40', ({ cabc }) => cabc.fetchesReports()],
    ['+1d 00:10', ({ confirms }) => confirms('damage-was-noticed')],
  ],
  badly: [
    ['10:45', ({ cabc }) => cabc.looksForReports()],
    // Whoever looks twice a day has everything, and too late.
    ['14:30', ({ cabc }) => cabc.fetchesReports()],
    ['17:30', ({ cabc }) => cabc.isRefusedWithFirstKey()],
    ['21:30', ({ cabc }) => cabc.fetchesReports()],
    ['+1d 00:10', ({ denies }) => denies('damage-was-noticed')],
  ],
  badScore: {
    'program-is-set-up': 'late',
    'intra-day-report': 'late',
    'late-report': 'late',
    'cut-report-again': 'late',
    'positions-again': 'late',
    'new-key-is-used': 'late',
    'former-key-is-gone': 'missed',
    'withheld-report': 'late',
    'day-end-reports': 'missed',
    'damage-was-noticed': 'missed',
  },
};
