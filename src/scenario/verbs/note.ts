import { group, text } from '../leaf.ts';
import { defineVerb } from './verb.ts';

export const note = defineVerb({
  name: 'note',
  summary: 'Writes a line into the journal for the people of the day; nothing else happens.',
  schema: () => group({ text }, 'the line: { text: … }'),
  example: { text: 'The confirmation form is due now.' },
  toAction: (args) => ({ do: 'note', text: args.text }),
  describe: (action) => action.text.trim(),
});
