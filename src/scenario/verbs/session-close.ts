import { group } from '../leaf.ts';
import { defineVerb } from './verb.ts';

export const sessionClose = defineVerb({
  name: 'session.close',
  summary: 'Closes DCASS: everybody is logged out, and nobody can log on until it opens again.',
  schema: () => group({}, 'nothing: session.close has no arguments'),
  example: {},
  toAction: () => ({ do: 'session.close' }),
  describe: () => 'DCASS closes: everybody is logged out.',
});
