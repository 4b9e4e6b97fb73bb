import { group, oneOf } from '../leaf.ts';
import { defineVerb } from './verb.ts';

export const sessionOpen = defineVerb({
  name: 'session.open',
  summary: 'Opens DCASS: with enquiry functions only, or with all functions.',
  schema: () => group({ mode: oneOf(['enquiry-only', 'normal']) }, 'the mode: { mode: enquiry-only }'),
  example: { mode: 'enquiry-only' },
  toAction: ({ mode }) => ({ do: 'session.open', mode }),
  // Rollout package 3.2, A: "Only enquiry functions will be available. NO post-trade activities is allowed".
  describe: ({ mode }) =>
    mode === 'enquiry-only' ? 'DCASS opens: enquiry functions only, no post-trade activities.' : 'DCASS opens.',
});
