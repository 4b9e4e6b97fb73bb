import type { PlayedDay } from '../play.ts';
import { comesTooLate, confirmsInTime, TOO_LATE, verifiesEarly } from './verification-morning.ts';

export const siteFailover: PlayedDay = {
  scenario: 'site-failover',
  well: [
    ...verifiesEarly,
    ['09:50', ({ cabc }) => cabc.losesConnection('BO_CABC801')],
    ['09:53', ({ cabc }) => cabc.readsMail('failover to the secondary data centre')],
    ['09:55', ({ cabc }) => cabc.cannotConnect(5)],
    ['10:01', ({ cabc }) => cabc.logsOn('BU_CABC101', { gateway: 5 })],
    ['10:02', ({ cabc }) => cabc.connects('BO_CABC801', 'oapi-3')],
    ['10:10', ({ cabc, cxyz }) => cabc.fetchesReports().then(() => cxyz.fetchesReports())],
    ['11:30', ({ cabc }) => cabc.leaves('BO_CABC801')],
    ...confirmsInTime,
  ],
  badly: [
    ['09:55', ({ cabc }) => cabc.cannotConnect(1)],
    // The second addresses were not in the host table: found at last, and too late.
    ['10:21', ({ cabc }) => cabc.connects('BO_CABC801', 'oapi-4')],
    ['10:22', ({ cabc }) => cabc.leaves('BO_CABC801')],
    ...comesTooLate(5),
  ],
  badScore: {
    ...TOO_LATE,
    'cabc-logs-on': 'missed',
    'cabc-at-the-other-site': 'missed',
    'program-at-the-other-site': 'late',
  },
};
