import type { PlayedDay } from '../play.ts';
import { comesTooLate, confirmsInTime, TOO_LATE } from './verification-morning.ts';

export const everythingGoesWrong: PlayedDay = {
  scenario: 'everything-goes-wrong',
  well: [
    ['06:59', ({ cabc }) => cabc.readsMail('takes place')],
    ['09:01', ({ cabc }) => cabc.isRefused('BU_CABC101', 403)],
    ['09:02', ({ cabc }) => cabc.logsOn('BU_CABC201', { gateway: 3 })],
    ['09:03', ({ cabc }) => cabc.resets('BU_CABC201', 'BU_CABC101')],
    ['09:04', ({ cabc }) => cabc.resets('BU_CABC201', 'BU_CABC102')],
    ['09:11', ({ cabc }) => cabc.logsOnAndChanges('BU_CABC101', 'Springtime#101', { gateway: 3 })],
    ['09:13', ({ cabc }) => cabc.reads('BU_CABC101', 'trades', 'positions')],
    ['09:14', ({ cxyz }) => cxyz.logsOn('BU_CXYZ101', { gateway: 4 })],
    ['09:15', ({ cxyz }) => cxyz.reads('BU_CXYZ101', 'trades', 'positions')],
    ['09:31', ({ cabc }) => cabc.cannotLogIn('BO_CABC801', 'oapi-1')],
    ['09:32', ({ cabc }) => cabc.connects('BO_CABC801', 'oapi-2')],
    ['09:50', ({ cabc }) => cabc.losesConnection('BO_CABC801')],
    ['10:01', ({ cabc }) => cabc.logsOn('BU_CABC101', { gateway: 6 })],
    ['10:02', ({ cabc }) => cabc.connects('BO_CABC801', 'oapi-4')],
    ['10:10', ({ cabc, cxyz }) => cabc.fetchesReports().then(() => cxyz.fetchesReports())],
    ['11:30', ({ cabc }) => cabc.leaves('BO_CABC801')],
    ...confirmsInTime,
  ],
  badly: [
    ['09:55', ({ cabc }) => cabc.cannotConnect(3)],
    ['10:25', ({ cabc }) => cabc.logsOn('BU_CABC201', { gateway: 5 })],
    ['10:26', ({ cabc }) => cabc.resets('BU_CABC201', 'BU_CABC101')],
    ...comesTooLate(5),
  ],
  badScore: {
    ...TOO_LATE,
    // The Administrator was there, but nobody verified anything.
    'cabc-logs-on': 'met',
    'cabc-at-the-other-site': 'late',
    'program-at-the-other-site': 'missed',
    'cabc-mends-the-password': 'late',
  },
};
