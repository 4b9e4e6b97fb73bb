import { group } from '../leaf.ts';
import { defineVerb } from './verb.ts';

export const platformSave = defineVerb({
  name: 'platform.save',
  summary:
    'The state of DCASS as it is now, passwords and access profiles with it, becomes what a fallback goes back to; left out, that is the state of the start of the day.',
  schema: () => group({}, 'nothing: {}'),
  example: {},
  toAction(_args, { names, refuse }) {
    if (!names.gateways.has('ng-1')) {
      refuse([], { message: 'there is no platform to save for; write under world: platforms: { geniumInet: {} }' });
      return undefined;
    }
    return { do: 'platform.save' };
  },
  describe: () => 'The state of now, with its passwords, is what a fallback goes back to.',
});
