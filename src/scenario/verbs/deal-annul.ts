import { group } from '../leaf.ts';
import { dealNumber } from './command-shapes.ts';
import { defineVerb } from './verb.ts';

export const dealAnnul = defineVerb({
  name: 'deal.annul',
  summary: 'HKEX annuls a deal of the day: both trades are reversed.',
  schema: () => group({ deal: dealNumber }, 'the deal: { deal: 7 }'),
  example: { deal: 1 },
  toAction: ({ deal }) => ({ do: 'deal.annul', deal }),
  describe: ({ deal }) => `HKEX annuls deal ${deal}.`,
});
