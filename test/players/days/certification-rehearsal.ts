import { playRehearsal } from '../../rehearsal/play.ts';
import type { PlayedDay } from '../play.ts';
import { dictionaryOf } from '../team.ts';

const MISSED = [
  'r1-cxyz-logs-on',
  'r1-cxyz-subscribes',
  'r2-trade-query',
  'r2-trade-broadcast',
  'r3-position-query',
  'r3-position-broadcast',
  'r4-transfer',
  'r5-rectify',
  'r6-give-up-heard',
  'r7-take-up',
  'r7-take-up-listed',
  'r8-reject',
  'r9-cancel',
  'r10-exercise',
  'r11-annul',
  'r11-exercises-listed',
  'r12-deny',
  'r13-cabc-second-gateway',
  'r13-cxyz-second-gateway',
  'r14-gap',
  'r14-gap-give-ups',
  'r14-logs-off',
  'no-invalid-cabc',
];

/** Here the two programs move the clock themselves, from step to step. */
export const certificationRehearsal: PlayedDay = {
  scenario: 'certification-rehearsal',
  well: [['09:00', ({ sim }) => playRehearsal(sim, dictionaryOf('genium'))]],
  badly: [
    // One program comes, late, and never finds the second gateway.
    ['09:40', ({ cabc }) => cabc.connects('BO_CABC801', 'oapi-1')],
    ['09:41', ({ cabc }) => cabc.givesUp('BO_CABC801', 9)],
    ['10:00', ({ cabc }) => cabc.sendsNonsense('BO_CABC801')],
    ['11:00', ({ cabc }) => cabc.losesConnection('BO_CABC801')],
    ['12:01', ({ cxyz }) => cxyz.cannotLogIn('BO_CXYZ801', 'oapi-2')],
  ],
  badScore: {
    ...Object.fromEntries(MISSED.map((id) => [id, 'missed'])),
    'r1-cabc-logs-on': 'met',
    'r1-cabc-subscribes': 'met',
    'r6-give-up': 'met',
    // Whoever does not come does nothing wrong.
    'no-invalid-cxyz': 'met',
  },
};
