import type { PlayedDay } from '../play.ts';

export const verificationCancelled: PlayedDay = {
  scenario: 'verification-cancelled',
  well: [
    ['06:55', ({ cabc }) => cabc.readsMail('is postponed')],
    ['+6d 10:30', ({ cxyz }) => cxyz.readsMail('tomorrow')],
    ['+7d 09:05', ({ cabc }) => cabc.logsOn('BU_CABC101')],
    ['+7d 09:06', ({ cabc }) => cabc.reads('BU_CABC101', 'trades', 'positions')],
    ['+7d 09:10', ({ cabc }) => cabc.logsOn('BU_CABC201')],
    ['+7d 09:11', ({ cabc }) => cabc.resets('BU_CABC201', 'BU_CABC102')],
    ['+7d 09:15', ({ cxyz }) => cxyz.logsOn('BU_CXYZ101')],
    ['+7d 09:16', ({ cxyz }) => cxyz.reads('BU_CXYZ101', 'trades', 'positions')],
    ['+7d 10:05', ({ cabc, cxyz }) => cabc.fetchesReports().then(() => cxyz.fetchesReports())],
    ['+7d 12:10', ({ cabc, cxyz }) => cabc.sendsConfirmation().then(() => cxyz.sendsConfirmation())],
  ],
  badly: [
    // Nobody has read the mail of 6:50: they come on the 5th, and not on the 12th.
    ['09:05', ({ cabc }) => cabc.isRefused('BU_CABC101', 403)],
    ['+7d 12:20', ({ cabc }) => cabc.isRefused('BU_CABC101', 403)],
    ['+7d 12:40', ({ cabc, cxyz }) => cabc.sendsConfirmation().then(() => cxyz.sendsConfirmation())],
    ['+7d 12:45', ({ cxyz }) => cxyz.fetchesReports()],
  ],
  badScore: {
    'nobody-comes': 'missed',
    'cabc-logs-on': 'missed',
    'cxyz-logs-on': 'missed',
    'cabc-verifies-trades': 'missed',
    'cabc-verifies-positions': 'missed',
    'cxyz-verifies-trades': 'missed',
    'cxyz-verifies-positions': 'missed',
    'cabc-mends-a-password': 'missed',
    'cabc-retrieves-reports': 'missed',
    'cxyz-retrieves-reports': 'late',
    'cabc-confirms': 'late',
    'cxyz-confirms': 'late',
  },
};
