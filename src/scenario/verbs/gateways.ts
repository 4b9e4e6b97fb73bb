import * as z from 'zod/mini';
import { GATEWAY_NAMES, PRIMARY_GATEWAYS, type GatewayName } from '../action.ts';
import { leaf, someOf } from '../leaf.ts';

/** Gateways as people say them: 1 to 4 are the Online gateways of Appendix C. */
export const gatewayList = someOf(
  leaf(z.union([z.int().check(z.minimum(1), z.maximum(4)), z.enum(GATEWAY_NAMES)]), {
    expects: `an Online gateway 1 to 4, or one of: ${PRIMARY_GATEWAYS.join(', ')}`,
  }),
  'gateways: [1, 2] for Online, ["oapi-1"] for OAPI',
);

export function toGatewayNames(which: readonly (number | GatewayName)[]): readonly GatewayName[] {
  const names = which.map((each) => (typeof each === 'number' ? (`online-${each}` as GatewayName) : each));
  return GATEWAY_NAMES.filter((name) => names.includes(name));
}

/** `Online gateways 1 and 2; OAPI gateway 1`. */
export function sayGateways(gateways: readonly GatewayName[]): string {
  const numbers = (window: string): string[] =>
    gateways.filter((name) => name.startsWith(window)).map((name) => name.slice(-1));
  const say = (window: string, title: string): string[] => {
    const which = numbers(window);
    if (which.length === 0) return [];
    return [`${title} gateway${which.length > 1 ? 's' : ''} ${which.join(', ').replace(/, (\d)$/, ' and $1')}`];
  };
  const old = [
    ...(gateways.includes('ng-1') ? ['the Network Gateway'] : []),
    ...(gateways.includes('dcass-server') ? ['what DCASS Servers connect to'] : []),
  ];
  return [...say('online', 'Online'), ...say('oapi', 'OAPI'), ...old].join('; ');
}
