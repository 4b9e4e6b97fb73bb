import type { PlayedDay, Script } from '../play.ts';
import { cutoverWeekend } from './cutover-weekend.ts';

/** The business days of the Stabilisation Period, counted from Friday, 3 May: Monday, 13 May is a holiday. */
const BUSINESS_DAYS = [3, 4, 5, 6, 7, 11, 12, 13, 14] as const;

const sunday: Script = [
  ['+2d 09:02', ({ cabc }) => cabc.logsOn('BU_CABC101')],
  ['+2d 09:05', ({ cabc }) => cabc.reads('BU_CABC101', 'trades', 'positions')],
  ['+2d 09:10', ({ cabc }) => cabc.logsOn('BU_CABC201', { gateway: 2 })],
  ['+2d 09:11', ({ cabc }) => cabc.resets('BU_CABC201', 'BU_CABC102')],
  ['+2d 09:15', ({ cabc }) => cabc.logsOnAndChanges('BU_CABC102', 'Springtime#102', { gateway: 3 })],
  ['+2d 09:20', ({ cabc }) => cabc.connects('BO_CABC801', 'oapi-1')],
  ['+2d 09:21', ({ cabc }) => cabc.leaves('BO_CABC801')],
  ['+2d 09:40', ({ cabc }) => cabc.sendsPasswordReset('BO_CABC901')],
  ['+2d 10:00', ({ cabc }) => cabc.readsPasswords()],
  ['+2d 10:05', ({ cabc }) => cabc.renewsProgramPassword('BO_CABC901', 'Springtime#901', { at: 'oapi-2' })],
  ['+2d 11:55', ({ cabc }) => cabc.logsOut('BU_CABC101')],
  ['+2d 12:10', ({ cabc }) => cabc.sendsConfirmation()],
];

const launch: Script = [
  ['+3d 08:35', ({ cabc }) => cabc.logsOn('BU_CABC102')],
  ['+3d 08:40', ({ cabc }) => cabc.connects('BO_CABC901', 'oapi-2')],
  ['+3d 08:41', ({ cabc }) => cabc.leaves('BO_CABC901')],
  ['+3d 08:45', ({ cabc }) => cabc.connects('BO_CABC801', 'oapi-1')],
  ['+3d 08:46', ({ cxyz }) => cxyz.connects('BO_CXYZ801', 'oapi-2')],
  ['+3d 09:30', ({ cabc }) => cabc.givesUp('BO_CABC801', 5)],
  ['+3d 09:40', ({ cxyz }) => cxyz.takesUp('BO_CXYZ801')],
  ['+3d 09:45', ({ cxyz }) => cxyz.leaves('BO_CXYZ801')],
  ['+3d 13:05', ({ cabc }) => cabc.fetchesReports()],
  ['+3d 17:00', ({ cabc }) => cabc.leaves('BO_CABC801')],
  ['+3d 19:00', ({ confirms }) => confirms('give-up-is-on-record')],
];

const night = (day: number): Script[number] => [`+${day}d 23:40`, ({ cabc }) => cabc.fetchesReports()];

export const threeWeeks: PlayedDay = {
  scenario: 'three-weeks',
  well: [
    ...cutoverWeekend.well,
    ...sunday,
    ...launch,
    ...BUSINESS_DAYS.slice(0, -1).map(night),
    ['+14d 12:00', ({ confirms }) => confirms('genium-stays')],
    ...BUSINESS_DAYS.slice(-1).map(night),
  ],
  badly: [
    ...cutoverWeekend.badly,
    ['+2d 09:30', ({ cabc }) => cabc.isRefused('BU_CABC101', 401, { password: 'not-the-password' })],
    ['+2d 12:40', ({ cabc }) => cabc.sendsConfirmation()],
    ['+3d 09:30', ({ cabc }) => cabc.logsOn('BU_CABC201')],
    // What should have been mended on Sunday is mended now, when passwords are to be left alone.
    ['+3d 09:35', ({ cabc }) => cabc.resets('BU_CABC201', 'BU_CABC102')],
    ['+3d 09:40', ({ cabc }) => cabc.logsOnAndChanges('BU_CABC102', 'Springtime#102')],
    ['+3d 09:41', ({ cabc }) => cabc.reads('BU_CABC102', 'trades', 'positions')],
    ['+3d 09:45', ({ cabc }) => cabc.changesProfile('BU_CABC201', 'BU_CABC102')],
    ['+3d 10:30', ({ cabc }) => cabc.connects('BO_CABC801')],
    ['+3d 18:30', ({ cabc }) => cabc.givesUp('BO_CABC801', 5)],
    ['+3d 18:31', ({ cabc }) => cabc.leaves('BO_CABC801')],
    ['+3d 19:00', ({ cabc }) => cabc.fetchesReports(1)],
    ['+4d 09:00', ({ denies }) => denies('give-up-is-on-record')],
    ['+4d 11:00', ({ cxyz }) => cxyz.serverConnects('SUSPENDED')],
    // The nightly job fails from the first night on, and is found on the holiday.
    ['+10d 15:00', ({ cabc }) => cabc.fetchesReports(1)],
    ['+15d 01:00', ({ confirms }) => confirms('genium-stays')],
  ],
  badScore: {
    ...cutoverWeekend.badScore,
    'oapi-programs-set-up': 'missed',
    'cabc-logs-on': 'late',
    'administrator-resets': 'late',
    'hkex-resets': 'missed',
    'cabc-verifies-trades': 'late',
    'cabc-verifies-positions': 'late',
    'cabc-confirms': 'late',
    'online-works': 'late',
    'reset-is-carried-forward': 'missed',
    'programs-work': 'late',
    'sftp-works': 'late',
    'intra-day-reports': 'late',
    'give-up-is-taken': 'missed',
    'give-up-is-on-record': 'missed',
    'reports-of-6-may': 'late',
    'reports-of-7-may': 'late',
    'reports-of-8-may': 'late',
    'reports-of-9-may': 'late',
    'reports-of-10-may': 'late',
    'reports-of-14-may': 'missed',
    'reports-of-15-may': 'missed',
    'reports-of-16-may': 'missed',
    'reports-of-17-may': 'missed',
    'passwords-unchanged': 'missed',
    'profiles-unchanged': 'missed',
    'servers-stay-disabled': 'missed',
    'genium-stays': 'late',
  },
};
