import { expect, test } from 'vitest';
import { PASSWORD } from '../../support/world.ts';
import { click, genium, message, offsetOf } from '../messages.ts';
import { oapiWorld, type OapiWorld } from '../world.ts';

async function loggedIn(sim: OapiWorld) {
  const client = await sim.client();
  await client.login('BO_CABC801', PASSWORD);
  return client;
}

test.each([genium, click])(
  'UI1 is taken in enquiry-only mode, and the journal has the status and the user, in $name',
  async (dictionary) => {
    await using sim = await oapiWorld({ dictionary });
    const client = await loggedIn(sim);
    expect(await client.tx(message('UI1', { application_status: 1 }, dictionary))).toMatchObject({
      completion: 0,
      status: 704_003,
    });
    expect(sim.journal.of('oapi.transaction')).toMatchObject([
      { outcome: 'ok', transaction: 'UI1', user: 'BO_CABC801', participant: 'CABC', applicationStatus: 1 },
    ]);
  },
);

test('a status below 0 gets -18 with the offset of its field, and is told in words', async () => {
  await using sim = await oapiWorld();
  const client = await loggedIn(sim);
  expect(await client.tx(message('UI1', { application_status: -1 }))).toMatchObject({
    completion: -18,
    status: offsetOf('UI1', 'application_status'),
  });
  expect(sim.journal.of('oapi.invalid')).toMatchObject([
    { transaction: 'UI1', problem: 'application_status is -1; a status is 0 or more' },
  ]);
});

test('a UI1 of the wrong size gets -2031, and one through the query call -32', async () => {
  await using sim = await oapiWorld();
  const client = await loggedIn(sim);
  const whole = message('UI1', { application_status: 1 });
  expect((await client.tx(whole.subarray(0, 16))).completion).toBe(-2031);
  expect((await client.query(whole)).completion).toBe(-32);
});
