import { group } from '../leaf.ts';
import { checkGateways } from '../names.ts';
import { gatewayList, sayGateways, toGatewayNames } from './gateways.ts';
import { defineVerb } from './verb.ts';

export const gatewayStart = defineVerb({
  name: 'gateway.start',
  summary: 'Starts gateways again that gateway.stop has stopped.',
  schema: () => group({ which: gatewayList }, 'the gateways: { which: [1] }'),
  example: { which: [1] },
  toAction({ which }, { names, refuse }) {
    const gateways = toGatewayNames(which);
    return checkGateways(names, gateways, ['which'], refuse) ? { do: 'gateway.start', gateways } : undefined;
  },
  describe: ({ gateways }) => `Working again: ${sayGateways(gateways)}.`,
});
