import { group, identifier } from '../leaf.ts';
import { defineVerb } from './verb.ts';

export const faultStop = defineVerb({
  name: 'fault.stop',
  summary: 'Ends a fault that fault.start has begun, by its id: the one that was given, or the id of its step.',
  schema: () => group({ id: identifier }, 'the fault: { id: slow-positions }'),
  example: { id: 'slow-positions' },
  toAction: ({ id }) => ({ do: 'fault.stop', id }),
  describe: ({ id }) => `The fault ${id} is over.`,
});
