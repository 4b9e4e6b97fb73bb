import type { PlayedDay } from '../play.ts';

export const cutoverWeekend: PlayedDay = {
  scenario: 'cutover-weekend',
  well: [
    ['17:45', ({ cabc }) => cabc.readsMail('the Cutover Period begins tonight')],
    ['18:00', ({ confirms }) => confirms('package-read', 'contacts-told', 'package-passed-on', 'resources-reserved')],
    // Before the close of business a DCASS Server still works, and its reports are there.
    ['18:50', ({ cabc }) => cabc.serverConnects('CONNECTED')],
    ['19:30', ({ confirms }) => confirms('reports-downloaded')],
    ['21:00', ({ confirms }) => confirms('reports-backed-up', 'data-backed-up', 'records-kept')],
    ['+1d 16:00', ({ confirms }) => confirms('programs-upgraded', 'oapi-programs-set-up', 'sftp-programs-set-up')],
    ['+1d 16:30', ({ confirms }) => confirms('online-installed')],
    ['+2d 06:45', ({ cabc }) => cabc.readsMail('Post-Release Verification Session today')],
    ['+2d 06:50', ({ confirms }) => confirms('administrator-stands-by')],
  ],
  badly: [
    ['18:30', ({ denies }) => denies('package-read')],
    ['19:30', ({ confirms }) => confirms('contacts-told', 'package-passed-on', 'resources-reserved')],
    ['+1d 09:00', ({ denies }) => denies('reports-downloaded', 'data-backed-up')],
    // The watchdog starts the service that was stopped first.
    ['+1d 11:00', ({ cabc }) => cabc.serverConnects('SUSPENDED')],
    ['+1d 14:00', ({ confirms }) => confirms('reports-backed-up')],
    ['+2d 06:50', ({ denies }) => denies('administrator-stands-by', 'online-installed')],
  ],
  badScore: {
    'package-read': 'missed',
    'contacts-told': 'late',
    'package-passed-on': 'late',
    'oapi-programs-set-up': 'missed',
    'sftp-programs-set-up': 'missed',
    'reports-backed-up': 'late',
    'resources-reserved': 'late',
    'administrator-stands-by': 'missed',
    'online-installed': 'missed',
    'data-backed-up': 'missed',
    'reports-downloaded': 'missed',
    'programs-upgraded': 'missed',
    'records-kept': 'missed',
    'servers-disabled': 'missed',
  },
};
