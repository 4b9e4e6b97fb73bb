import type { PlayedDay } from '../play.ts';

const ADMINISTRATOR = 'BU_CDEF201';

export const expiredPasswords: PlayedDay = {
  scenario: 'expired-passwords',
  well: [
    ['08:35', ({ cdef }) => cdef.logsOn(ADMINISTRATOR)],
    ['08:40', ({ cdef }) => cdef.resets(ADMINISTRATOR, 'BU_CDEF101')],
    ['08:45', ({ cdef }) => cdef.logsOnAndChanges('BU_CDEF101', 'Evening-101!')],
    ['08:47', ({ cdef }) => cdef.reads('BU_CDEF101', 'positions')],
    ['08:50', ({ cdef }) => cdef.logsOnAndChanges('BU_CDEF102', 'Evening-102!')],
    ['08:55', ({ cdef }) => cdef.unlocks(ADMINISTRATOR, 'BU_CDEF103')],
    ['08:56', ({ cdef }) => cdef.logsOn('BU_CDEF103')],
    ['09:00', ({ cdef }) => cdef.isRefused('BU_CDEF104', 423)],
    ['09:30', ({ cdef }) => cdef.connects('BO_CDEF801')],
    // It is logged on when the password expires, and renews it over the line.
    ['10:05', ({ cdef }) => cdef.changesProgramPassword('BO_CDEF801', 'Daybreak-801')],
    ['10:06', ({ cdef }) => cdef.leaves('BO_CDEF801')],
    ['10:07', ({ cdef }) => cdef.connects('BO_CDEF801')],
    ['11:00', ({ cdef }) => cdef.leaves('BO_CDEF801')],
  ],
  badly: [
    ...['08:35', '08:36', '08:37', '08:38', '08:39'].map(
      (time) =>
        [
          time,
          ({ cdef }) => cdef.isRefused(ADMINISTRATOR, 401, { password: 'Administrator-200' }),
        ] satisfies PlayedDay['badly'][number],
    ),
    ['08:40', ({ cdef }) => cdef.isRefused(ADMINISTRATOR, 423)],
    ['08:45', ({ cdef }) => cdef.isRefused('BU_CDEF103', 423)],
    ['10:10', ({ cdef }) => cdef.logsOnAndChanges('BU_CDEF101', 'Evening-101!')],
    ['10:20', ({ cdef }) => cdef.cannotLogIn('BO_CDEF801', 'oapi-1')],
  ],
  badScore: {
    'expired-user-is-back': 'late',
    'reset-user-is-back': 'missed',
    'locked-user-is-back': 'missed',
    'oapi-password-renewed': 'missed',
    'nobody-locks-the-administrator': 'missed',
  },
};
