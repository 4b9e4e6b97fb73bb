import type { PlayedDay, Script } from '../play.ts';
import { launchDay } from './launch-day.ts';

/** The days from Monday, 6 May on which reports come: Tuesday to Friday, and after the holiday again. */
const DAYS = [1, 2, 3, 4, 8, 9, 10, 11] as const;

const nightlyRetrieval: Script = DAYS.map((day) => [`+${day}d 23:40`, ({ cabc }) => cabc.fetchesReports()]);

export const stabilisationTwoWeeks: PlayedDay = {
  scenario: 'stabilisation-two-weeks',
  well: [
    ...launchDay.well,
    ...nightlyRetrieval.slice(0, -1),
    ['+11d 12:00', ({ confirms }) => confirms('network-gateway-stays-on')],
    ...nightlyRetrieval.slice(-1),
  ],
  badly: [
    ...launchDay.badly,
    // The retrieval job was set up for one night.
    ['+12d 02:04', ({ confirms }) => confirms('network-gateway-stays-on')],
  ],
  badScore: {
    ...launchDay.badScore,
    'reports-of-7-may': 'missed',
    'reports-of-8-may': 'missed',
    'reports-of-9-may': 'missed',
    'reports-of-10-may': 'missed',
    'reports-of-14-may': 'missed',
    'reports-of-15-may': 'missed',
    'reports-of-16-may': 'missed',
    'reports-of-17-may': 'missed',
    'network-gateway-stays-on': 'late',
  },
};
