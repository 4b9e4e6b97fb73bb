import { expect, test } from 'vitest';
import type { AccountId } from '../../../src/clearing/account.ts';
import type { CustomerCode } from '../../../src/clearing/participant.ts';
import type { PositionDefinition } from '../../../src/clearing/world.ts';
import { seriesFields } from '../../../src/oapi/transactions/series-fields.ts';
import type { SeriesFields } from '../../../src/oapi/transactions/shapes.ts';
import { at, deal, participant, PASSWORD, series } from '../../support/world.ts';
import { ANY, type OapiClient } from '../client.ts';
import { click, genium, message, read } from '../messages.ts';
import { oapiWorld, type OapiWorld } from '../world.ts';

interface Answer {
  readonly segment_number: number;
  readonly partition_low: SeriesFields;
  readonly item: readonly (Readonly<Record<string, unknown>> & { readonly series: SeriesFields })[];
}

function position(
  participant: string,
  account: string,
  name: string,
  held: number,
  written: number,
): PositionDefinition {
  return {
    participant: participant as CustomerCode,
    account: account as AccountId,
    series: series(name).name,
    held,
    written,
  };
}

// OMNI1 keeps both sides: CABC's net in HSIK9 is 10 - 4 held in OMNI1 and 1 written in HOUSE.
const POSITIONS = [
  position('CABC', 'OMNI1', 'HSIK9', 10, 4),
  position('CABC', 'HOUSE', 'HSIK9', 0, 1),
  position('CXYZ', 'HOUSE', 'HSIK9', 0, 2),
  position('CDEF', 'HOUSE', 'HSIK9', 0, 3),
  position('CXYZ', 'HOUSE', 'HKB65.00E9', 7, 0),
  position('CABC', 'HOUSE', 'HKB65.00E9', 0, 7),
];

const WORLD = { participants: ['CABC', 'CXYZ', 'CDEF'].map((code) => participant(code)), positions: POSITIONS };

async function loggedIn(sim: OapiWorld): Promise<OapiClient> {
  const client = await sim.client();
  await client.login('BO_CABC801', PASSWORD);
  return client;
}

async function rows(
  client: OapiClient,
  type: 'CQ20' | 'CQ72',
  fields: Record<string, unknown> = {},
  dictionary = genium,
) {
  const reply = await client.query(message(type, { segment_number: 1, ...fields }, dictionary));
  expect(reply.completion).toBe(0);
  return read<Answer>(type.replace('Q', 'A'), reply.answer, dictionary).item;
}

test.each([genium, click])('CQ20 gives what is held in the whole market, by series, in $name', async (dictionary) => {
  await using sim = await oapiWorld({ dictionary, world: WORLD });
  expect(await rows(await loggedIn(sim), 'CQ20', {}, dictionary)).toEqual([
    { series: seriesFields(series('HSIK9').key), final_open_interest: 10n },
    { series: seriesFields(series('HKB65.00E9').key), final_open_interest: 7n },
  ]);
});

test.each([genium, click])("CQ72 gives it gross, net, and the own participant's net, in $name", async (dictionary) => {
  await using sim = await oapiWorld({ dictionary, world: WORLD });
  const net = { gross_open_interest: 10n, net_open_interest: 5n, member_net_open_interest: 5n };
  const all = { gross_open_interest: 7n, net_open_interest: 7n, member_net_open_interest: 7n };
  expect(await rows(await loggedIn(sim), 'CQ72', {}, dictionary)).toEqual([
    { series: seriesFields(series('HSIK9').key), ...net },
    { series: seriesFields(series('HKB65.00E9').key), ...all },
  ]);
});

test.each(['CQ20', 'CQ72'] as const)('%s pages, filters, and refuses what is not there', async (type) => {
  await using sim = await oapiWorld({ world: WORLD, settings: { pageSize: 1 } });
  const client = await loggedIn(sim);
  const answer = type.replace('Q', 'A');
  const ask = (fields: Record<string, unknown>) => client.query(message(type, { segment_number: 1, ...fields }));
  const first = read<Answer>(answer, (await ask({})).answer);
  const second = read<Answer>(answer, (await ask({ segment_number: 2 })).answer);
  expect([first, second].map((each) => [each.segment_number, each.item[0]?.series.market])).toEqual([
    [1, 1],
    [0, 2],
  ]);
  expect(first.partition_low).toEqual(ANY);
  expect(await ask({ segment_number: 3 })).toMatchObject({ completion: -12, status: -704_038 });
  expect(await rows(client, type, { search_series: { ...ANY, commodity: 5005 } })).toHaveLength(1);
  const ofMarket = await rows(client, type, { series: { ...ANY, market: 2, commodity: 1 } });
  expect(ofMarket.map((each) => each.series.commodity)).toEqual([5005]);
  expect(await ask({ search_series: { ...ANY, commodity: 9 } })).toMatchObject({ completion: 0, status: 704_009 });
  expect(await ask({ date: '20190430' })).toMatchObject({ completion: -12, status: -705_716 });
  expect((await client.query(message(type).subarray(0, 36))).completion).toBe(-2031);
});

test('an earlier business date has its closing open interest, whatever has happened since', async () => {
  await using sim = await oapiWorld({ world: WORLD });
  const client = await loggedIn(sim);
  sim.clock.now = at('+1d 23:00');
  expect(sim.core.endDay().ok && sim.core.rollBusinessDate().ok).toBe(true);
  sim.core.matchDeal({ ...deal({ quantity: 90 }), clearingDate: sim.core.businessDate() });
  const market = { search_series: { ...ANY, market: 1 } };
  const of = async (date: string) => (await rows(client, 'CQ20', { ...market, date }))[0]?.['final_open_interest'];
  expect(await of('20190506')).toBe(10n);
  // CABC's HOUSE had written 1, which 90 bought close first.
  expect(await of('20190507')).toBe(99n);
  expect(await of('')).toBe(99n);
});
