import * as z from 'zod/mini';
import { OLD_GATEWAYS, PRIMARY_GATEWAYS, SECONDARY_GATEWAYS, type GatewayName } from './action.ts';
import { requireUnique, type Checker } from './checker.ts';
import * as l from './leaf.ts';
import type { GatewaySettings } from './scenario.ts';

export const privateAddress = l.leaf(z.string().check(z.regex(/^10(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/)), {
  expects: 'an address of the private network in quotes, 10.… like those of Appendix C, for example "10.152.14.155"',
});

const host = l.leaf(z.string().check(z.regex(/^([a-z0-9-]{1,63}\.)+hkex\.com\.hk$/)), {
  expects: 'a host name under hkex.com.hk in quotes, for example "pgencdw101.hkex.com.hk"',
});

/** `world.gateways.secondary`: the addresses of the secondary data centre are not public (dcass-facts.md section 2, X). */
export const secondSite = () =>
  l.group(
    {
      online: z.optional(
        l.listOf(l.group({ host, address: privateAddress }, 'a gateway: { host: …, address: … }'), 'Online gateways'),
      ),
      oapi: z.optional(l.listOf(privateAddress, 'addresses of OAPI gateways: ["10.152.5.81"]')),
    },
    'the secondary data centre: { online: [{ host: …, address: … }], oapi: ["10.152.5.81"] }',
  );

const ONLINE_MAX = 4;
const OAPI_MAX = 2;

export function toSecondSite(
  section: z.infer<ReturnType<typeof secondSite>> | undefined,
  check: Checker,
): GatewaySettings['secondary'] {
  const { online = [], oapi = [] } = section ?? {};
  requireUnique(online, 'host', 'host', check.under('online'));
  tooMany(online.length, ONLINE_MAX, 'online', check);
  tooMany(oapi.length, OAPI_MAX, 'oapi', check);
  return {
    online: check
      .under('online')
      .items(online)
      .map(({ item }) => item),
    oapi,
  };
}

function tooMany(found: number, max: number, key: string, check: Checker): void {
  if (found <= max) return;
  check.refuse([key], { message: `a secondary data centre has at most ${max} of these here; remove ${found - max}` });
}

/** The gateways of the day: those of Appendix C and 3.2, and those of a second site, which may be a broken part of a file. */
export function gatewayNames(
  second: { readonly online?: unknown; readonly oapi?: unknown } | undefined,
  hasOldPlatform: boolean,
): ReadonlySet<GatewayName> {
  const count = (list: unknown): number => (Array.isArray(list) ? list.length : 0);
  const of = (window: string, names: readonly GatewayName[]): readonly GatewayName[] =>
    names.filter((name) => name.startsWith(window));
  return new Set([
    ...PRIMARY_GATEWAYS,
    ...of('online', SECONDARY_GATEWAYS).slice(0, count(second?.online)),
    ...of('oapi', SECONDARY_GATEWAYS).slice(0, count(second?.oapi)),
    ...(hasOldPlatform ? OLD_GATEWAYS : []),
  ]);
}
