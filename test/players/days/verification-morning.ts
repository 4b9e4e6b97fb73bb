import type { Script } from '../play.ts';

/** What the days that extend the verification day ask for beside their own trouble. */
export const confirmsInTime: Script = [
  ['12:10', ({ cabc, cxyz }) => cabc.sendsConfirmation().then(() => cxyz.sendsConfirmation())],
];

/** Both firms log on, verify and mend early, before the day's trouble begins; CABC's Administrator stays logged on. */
export const verifiesEarly: Script = [
  ['09:02', ({ cabc }) => cabc.logsOn('BU_CABC101', { gateway: 1 })],
  ['09:03', ({ cabc }) => cabc.reads('BU_CABC101', 'trades', 'positions')],
  ['09:04', ({ cabc }) => cabc.logsOn('BU_CABC201', { gateway: 2 })],
  ['09:05', ({ cabc }) => cabc.resets('BU_CABC201', 'BU_CABC102')],
  ['09:06', ({ cxyz }) => cxyz.logsOn('BU_CXYZ101', { gateway: 3 })],
  ['09:07', ({ cxyz }) => cxyz.reads('BU_CXYZ101', 'trades', 'positions')],
  ['09:08', ({ cabc }) => cabc.connects('BO_CABC801', 'oapi-1')],
];

/** All of it after the session: nothing is seen in time. */
export const comesTooLate = (gateway: number): Script => [
  ['12:05', ({ cxyz }) => cxyz.isRefused('BU_CXYZ101', 403, { gateway })],
  ['12:06', ({ cabc }) => cabc.isRefused('BU_CABC201', 403, { gateway })],
  ['12:35', ({ cabc, cxyz }) => cabc.sendsConfirmation().then(() => cxyz.sendsConfirmation())],
  ['12:36', ({ cabc, cxyz }) => cabc.fetchesReports().then(() => cxyz.fetchesReports())],
];

export const TOO_LATE = {
  'cxyz-logs-on': 'missed',
  'cabc-verifies-trades': 'missed',
  'cabc-verifies-positions': 'missed',
  'cxyz-verifies-trades': 'missed',
  'cxyz-verifies-positions': 'missed',
  'cabc-mends-a-password': 'missed',
  'cabc-retrieves-reports': 'late',
  'cxyz-retrieves-reports': 'late',
  'cabc-confirms': 'late',
  'cxyz-confirms': 'late',
} as const;
