import { expect } from 'vitest';
import { deal, PASSWORD } from '../../support/world.ts';
import type { EventFrame, OapiClient } from '../client.ts';
import { oapiWorld, type OapiWorld } from '../world.ts';

type Options = NonNullable<Parameters<typeof oapiWorld>[0]>;

/** A normal day with one deal: trade 1 of CABC, trade 2 of CXYZ. */
export const start = (options: Options = {}) => oapiWorld({ phase: 'normal', world: { deals: [deal()] }, ...options });

export async function loggedIn(sim: OapiWorld, user = 'BO_CABC801', gateway: 1 | 2 = 1): Promise<OapiClient> {
  const client = await sim.client(gateway);
  expect((await client.login(user, PASSWORD)).completion).toBe(0);
  return client;
}

/** Logged in and subscribed to everything of an event type. */
export async function listening(sim: OapiWorld, user?: string, gateway?: 1 | 2, eventType = 1): Promise<OapiClient> {
  const client = await loggedIn(sim, user, gateway);
  expect(await client.request({ op: 'set-event', eventType })).toMatchObject({ completion: 0 });
  return client;
}

export const typeOf = ({ message: bytes }: EventFrame): string =>
  `${bytes.toString('latin1', 0, 2)}${bytes.readUInt16LE(2)}`;
export const typesOf = (client: OapiClient): string[] => client.events.map(typeOf);

/** What happened so far has been sent: a reply comes after it. */
export const settled = async (client: OapiClient): Promise<void> => void (await client.request({ op: 'heartbeat' }));
