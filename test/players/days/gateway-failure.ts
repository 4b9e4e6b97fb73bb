import type { PlayedDay } from '../play.ts';
import { comesTooLate, confirmsInTime, TOO_LATE, verifiesEarly } from './verification-morning.ts';

export const gatewayFailure: PlayedDay = {
  scenario: 'gateway-failure',
  well: [
    ...verifiesEarly,
    ['09:21', ({ cabc }) => cabc.cannotConnect(1)],
    ['09:22', ({ cabc }) => cabc.logsOn('BU_CABC101', { gateway: 2 })],
    ['10:05', ({ cabc }) => cabc.losesConnection('BO_CABC801')],
    ['10:06', ({ cabc }) => cabc.connects('BO_CABC801', 'oapi-2')],
    ['10:10', ({ cabc, cxyz }) => cabc.fetchesReports().then(() => cxyz.fetchesReports())],
    ['11:30', ({ cabc }) => cabc.leaves('BO_CABC801')],
    ...confirmsInTime,
  ],
  badly: [
    ['09:10', ({ cabc }) => cabc.isRefused('BU_CABC101', 401, { password: 'not-the-password' })],
    ['09:21', ({ cabc }) => cabc.cannotConnect(1)],
    // Whoever waits for the first gateway loses 40 minutes; and the program knows one Central Gateway only.
    ['10:06', ({ cabc }) => cabc.cannotLogIn('BO_CABC801', 'oapi-1')],
    ['10:36', ({ cabc }) => cabc.connects('BO_CABC801', 'oapi-1')],
    ['10:37', ({ cabc }) => cabc.leaves('BO_CABC801')],
    ...comesTooLate(1),
  ],
  badScore: {
    ...TOO_LATE,
    'cabc-logs-on': 'missed',
    'cabc-changes-gateway': 'missed',
    'program-changes-gateway': 'missed',
  },
};
