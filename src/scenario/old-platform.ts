import * as z from 'zod/mini';
import * as l from './leaf.ts';
import { privateAddress } from './second-site.ts';

/** The old platform of a day: its endpoints, and what a fallback to it restores. */
export interface OldPlatformSettings {
  /** Where the participants' Network Gateway is. */
  readonly networkGateway: string;
  /** Where DCASS Servers connect to. */
  readonly dcassServer: string;
  readonly dictionary: string;
  readonly deals: 'restored' | 'lost';
}

// ASSUMED: the participants' addresses of 2019 are their own, HKEX's are not public (dcass-facts.md section 3, X).
const NETWORK_GATEWAY = '10.151.5.91';
const DCASS_SERVER = '10.151.5.92';

/** `world.platforms`. */
export const platforms = () =>
  l.group(
    {
      geniumInet: l.group(
        {
          networkGateway: z.optional(privateAddress),
          dcassServer: z.optional(privateAddress),
          dictionary: z.optional(l.line),
          deals: z.optional(l.oneOf(['restored', 'lost'])),
        },
        'the old platform: { networkGateway: "10.151.5.91", dcassServer: "10.151.5.92", deals: restored }',
      ),
    },
    'the platforms beside the upgraded one: { geniumInet: {} }',
  );

/** ASSUMED: the layouts of before the upgrade are those of the older generation (oapi-facts.md section 3, D). */
export function toOldPlatform(
  section: z.infer<ReturnType<typeof platforms>> | undefined,
): OldPlatformSettings | undefined {
  if (!section) return undefined;
  const { networkGateway = NETWORK_GATEWAY, dcassServer = DCASS_SERVER, dictionary = 'click' } = section.geniumInet;
  return { networkGateway, dcassServer, dictionary, deals: section.geniumInet.deals ?? 'restored' };
}
