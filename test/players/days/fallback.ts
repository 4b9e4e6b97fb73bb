import type { PlayedDay } from '../play.ts';

export const fallback: PlayedDay = {
  scenario: 'fallback',
  well: [
    ['08:40', ({ cabc }) => cabc.connects('BO_CABC801', 'oapi-1')],
    ['09:30', ({ cabc }) => cabc.givesUp('BO_CABC801', 1)],
    ['18:00', ({ cabc }) => cabc.leaves('BO_CABC801')],
    ['+1d 10:05', ({ cabc }) => cabc.readsMail('falls back')],
    ['+1d 10:10', ({ cabc }) => cabc.cannotConnect(1)],
    // At 11:00 the old platform takes logins, over the Network Gateway and with the layouts of before.
    ['+1d 11:05', ({ cabc }) => cabc.connects('BO_CABC801', 'ng-1')],
    ['+1d 11:10', ({ cabc }) => cabc.givesUp('BO_CABC801', 1)],
    ['+1d 11:15', ({ cxyz }) => cxyz.connects('BO_CXYZ801', 'ng-1')],
    ['+1d 11:20', ({ cxyz }) => cxyz.rectifies('BO_CXYZ801', 3, 'HHIK9', 'HOUSE', 6)],
    ['+1d 12:00', ({ cabc }) => cabc.serverConnects('CONNECTED')],
    ['+1d 18:00', ({ cabc }) => cabc.leaves('BO_CABC801')],
    ['+1d 18:01', ({ cxyz }) => cxyz.leaves('BO_CXYZ801')],
  ],
  badly: [
    ['08:40', ({ cabc }) => cabc.connects('BO_CABC801', 'oapi-1')],
    ['09:30', ({ cabc }) => cabc.givesUp('BO_CABC801', 1)],
    ['09:40', ({ cabc }) => cabc.changesProgramPassword('BO_CABC801', 'Springtime#801')],
    ['09:41', ({ cabc }) => cabc.leaves('BO_CABC801')],
    ['10:00', ({ cabc }) => cabc.serverConnects('SUSPENDED')],
    ['+1d 09:50', ({ happens }) => happens('gateway.stop', { which: ['ng-1'] })],
    ['+1d 12:30', ({ happens }) => happens('gateway.start', { which: ['ng-1'] })],
    // The new password was written down, and the old one thrown away.
    ['+1d 12:40', ({ cabc }) => cabc.cannotLogIn('BO_CABC801', 'ng-1')],
    ['+1d 13:30', ({ cabc }) => cabc.connects('BO_CABC801', 'ng-1', { password: 'Backoffice#801' })],
    ['+1d 13:59', ({ cabc }) => cabc.leaves('BO_CABC801')],
  ],
  badScore: {
    'cabc-re-inputs': 'missed',
    'cxyz-re-inputs': 'missed',
    'cabc-program-is-back': 'late',
    'network-gateway-on': 'missed',
    'passwords-unchanged': 'missed',
    'servers-disabled': 'missed',
  },
};
