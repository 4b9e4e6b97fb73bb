import type { PlayedDay } from '../play.ts';

export const fallbackInTPlusOne: PlayedDay = {
  scenario: 'fallback-in-t-plus-one',
  well: [
    ['08:40', ({ cabc }) => cabc.connects('BO_CABC801', 'oapi-1')],
    ['09:30', ({ cabc }) => cabc.givesUp('BO_CABC801', 1)],
    ['18:00', ({ cabc }) => cabc.leaves('BO_CABC801')],
    ['20:35', ({ cabc }) => cabc.readsMail('falls back')],
    ['21:05', ({ cabc }) => cabc.connects('BO_CABC801', 'ng-1')],
    ['21:10', ({ cabc }) => cabc.givesUp('BO_CABC801', 1)],
    ['21:15', ({ cxyz }) => cxyz.connects('BO_CXYZ801', 'ng-1')],
    ['21:20', ({ cxyz }) => cxyz.rectifies('BO_CXYZ801', 3, 'HHIK9', 'HOUSE', 6)],
    ['23:00', ({ cabc }) => cabc.leaves('BO_CABC801')],
    ['23:01', ({ cxyz }) => cxyz.leaves('BO_CXYZ801')],
  ],
  badly: [
    ['08:40', ({ cabc }) => cabc.connects('BO_CABC801', 'oapi-1')],
    ['09:30', ({ cabc }) => cabc.givesUp('BO_CABC801', 1)],
    ['09:40', ({ cabc }) => cabc.changesProgramPassword('BO_CABC801', 'Springtime#801')],
    ['09:41', ({ cabc }) => cabc.leaves('BO_CABC801')],
    ['19:00', ({ happens }) => happens('gateway.stop', { which: ['ng-1'] })],
    ['19:30', ({ cxyz }) => cxyz.serverConnects('SUSPENDED')],
    // The night crew finds the switch, and then nobody knows the password of 3 May until the morning staff is called.
    ['22:30', ({ happens }) => happens('gateway.start', { which: ['ng-1'] })],
    ['22:40', ({ cabc }) => cabc.cannotLogIn('BO_CABC801', 'ng-1')],
    ['+1d 00:10', ({ cabc }) => cabc.connects('BO_CABC801', 'ng-1', { password: 'Backoffice#801' })],
    ['+1d 00:12', ({ cabc }) => cabc.givesUp('BO_CABC801', 1)],
    ['+1d 00:13', ({ cabc }) => cabc.leaves('BO_CABC801')],
  ],
  badScore: {
    'cabc-re-inputs': 'late',
    'cxyz-re-inputs': 'missed',
    'cabc-program-is-back': 'late',
    'network-gateway-on': 'missed',
    'passwords-unchanged': 'missed',
    'servers-disabled': 'missed',
  },
};
