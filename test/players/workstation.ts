import { readFileSync } from 'node:fs';
import type { Simulator } from '../../src/index.ts';
import { Browser } from '../online/site.ts';

/** A browser at an Online gateway of the day, by its real name and the local CA: 1 to 4, 5 and 6 are the secondary data centre's. */
export function workstation({ endpoints }: Simulator, gateway: number): Browser {
  const at = [...endpoints.online, ...(endpoints.secondary?.online ?? [])].find((each) => each.gateway === gateway);
  if (!at) throw new Error(`the day has no Online gateway ${gateway}`);
  return new Browser(at.port, at.host, { address: at.address, ca: readFileSync(endpoints.files.ca, 'utf8') });
}
