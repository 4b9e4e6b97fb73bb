import type { PlayedDay } from '../play.ts';

export const verificationDay: PlayedDay = {
  scenario: 'verification-day',
  well: [
    ['09:02', ({ cabc }) => cabc.logsOn('BU_CABC101')],
    ['09:05', ({ cabc }) => cabc.reads('BU_CABC101', 'trades', 'positions')],
    // BU_CABC102 has an expired password: the Administrator, who stands by, resets it.
    ['09:10', ({ cabc }) => cabc.logsOn('BU_CABC201', { gateway: 2 })],
    ['09:11', ({ cabc }) => cabc.resets('BU_CABC201', 'BU_CABC102')],
    ['09:15', ({ cabc }) => cabc.logsOnAndChanges('BU_CABC102', 'Springtime#102', { gateway: 3 })],
    ['09:20', ({ cxyz }) => cxyz.logsOn('BU_CXYZ101', { gateway: 4 })],
    ['09:25', ({ cxyz }) => cxyz.reads('BU_CXYZ101', 'trades', 'positions')],
    ['09:30', ({ cabc }) => cabc.connects('BO_CABC801', 'oapi-1')],
    ['10:05', ({ cabc }) => cabc.fetchesReports()],
    ['10:06', ({ cxyz }) => cxyz.fetchesReports()],
    ['11:50', ({ cabc }) => cabc.leaves('BO_CABC801')],
    ['11:55', ({ cabc }) => cabc.logsOut('BU_CABC101')],
    ['12:10', ({ cabc }) => cabc.sendsConfirmation()],
    ['12:30', ({ cxyz }) => cxyz.sendsConfirmation()],
  ],
  badly: [
    // The last try is the fifth: from then on the right password does not help either.
    ...['09:10', '09:11', '09:12', '09:13', '09:14'].map(
      (time) =>
        [
          time,
          ({ cabc }) => cabc.isRefused('BU_CABC101', 401, { password: 'not-the-password' }),
        ] satisfies PlayedDay['badly'][number],
    ),
    ['09:15', ({ cabc }) => cabc.isRefused('BU_CABC101', 423)],
    ['09:40', ({ cxyz }) => cxyz.isRefused('BU_CXYZ102', 423)],
    ['12:05', ({ cxyz }) => cxyz.isRefused('BU_CXYZ101', 403)],
    ['12:35', ({ cabc }) => cabc.fetchesReports()],
    ['12:40', ({ cabc }) => cabc.sendsConfirmation()],
  ],
  badScore: {
    'cabc-logs-on': 'missed',
    'cxyz-logs-on': 'missed',
    'cabc-verifies-trades': 'missed',
    'cabc-verifies-positions': 'missed',
    'cxyz-verifies-trades': 'missed',
    'cxyz-verifies-positions': 'missed',
    'cabc-mends-a-password': 'missed',
    'cabc-retrieves-reports': 'late',
    'cxyz-retrieves-reports': 'missed',
    'cabc-confirms': 'late',
    'cxyz-confirms': 'missed',
  },
};
