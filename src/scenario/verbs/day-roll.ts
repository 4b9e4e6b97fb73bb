import * as z from 'zod/mini';
import { parseCalendarDate } from '../../time/instant.ts';
import { date, group } from '../leaf.ts';
import { defineVerb } from './verb.ts';

export const dayRoll = defineVerb({
  name: 'day.roll',
  summary: 'The business date rolls to the next one, over weekend and holiday; its day end has been run before.',
  schema: () => group({ to: z.optional(date) }, 'the date that is expected, or nothing: { to: "2019-05-06" }'),
  example: {},
  toAction({ to }, { refuse }) {
    const parsed = to === undefined ? undefined : parseCalendarDate(to);
    if (to !== undefined && !parsed) {
      refuse(['to'], { message: `"${to}" is not a day of the calendar; write a day such as "2019-05-06"`, found: to });
      return undefined;
    }
    return { do: 'day.roll', to: parsed };
  },
  describe: ({ to }) =>
    to === undefined ? 'The business date rolls to the next one.' : `The business date rolls to ${to}.`,
});
