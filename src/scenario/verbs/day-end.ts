import { group } from '../leaf.ts';
import { defineVerb } from './verb.ts';

export const dayEnd = defineVerb({
  name: 'day.end',
  summary: 'The day end of the business date: exercise, assignment, expiry; Daily accounts are emptied into Sink.',
  schema: () => group({}, 'no arguments: {}'),
  example: {},
  toAction: () => ({ do: 'day.end' }),
  describe: () => 'The day end is run.',
});
