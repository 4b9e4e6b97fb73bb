import { describe, expect, test } from 'vitest';
import type { AccountId } from '../../../src/clearing/account.ts';
import type { CustomerCode } from '../../../src/clearing/participant.ts';
import { openProtocol } from '../../../src/oapi/protocol.ts';
import { seriesFields } from '../../../src/oapi/transactions/series-fields.ts';
import { at, deal, series } from '../../support/world.ts';
import { ANY, downloadTrades, type EventFrame } from '../client.ts';
import { bytesOf, click, genium, read, readNamed, type ClTradeBase, type ClTradeSecurPart } from '../messages.ts';
import { oapiWorld } from '../world.ts';
import { listening, loggedIn, settled, start, typeOf, typesOf } from './listening.ts';

const CABC = 'CABC' as CustomerCode;
const CXYZ = 'CXYZ' as CustomerCode;
const HSI = seriesFields(series('HSIK9').key);
const giveUp = { do: 'request-give-up', trade: 1, to: CXYZ, quantity: 4, commission: 0, text: 'REF' } as const;

describe('what is broadcast', () => {
  test.each([genium, click])(
    'a match comes as BD6, and CQ10 lists the same trade with the same number; in $name',
    async (dictionary) => {
      await using sim = await start({ dictionary });
      const client = await listening(sim);
      sim.core.matchDeal(deal({ quantity: 7 }));
      const [bd6, bd40] = await client.eventsUntil(2);
      const { message: bytes } = bd6 as EventFrame;
      const header = bytesOf('BD6', dictionary);
      expect(read('BD6', bytes.subarray(0, header), dictionary)).toMatchObject({ items: 2, size: bytes.length - 4 });
      const size = bytes.readUInt16LE(header + 2);
      expect(bytes.readUInt16LE(header)).toBe(3);
      const base = readNamed<ClTradeBase>(3, bytes.subarray(header + 4, header + size), dictionary);
      const part = readNamed<ClTradeSecurPart>(20, bytes.subarray(header + size + 4), dictionary);
      expect(base).toMatchObject({
        trade_number: 3,
        sequence_number: 2,
        bought_or_sold: 1,
        series: HSI,
        account: { ex_customer: 'CABC' },
      });
      expect(Number(part.rem_quantity)).toBe(7);
      if (dictionary === genium) {
        const listed = await downloadTrades(client, { ...ANY, country: 7, market: 1, instrument_group: 4 });
        expect(listed.at(-1)).toEqual({ base, securityPart: part });
      }
      expect(typeOf(bd40 as EventFrame)).toBe('BD40');
      expect(read('BD40', (bd40 as EventFrame).message, dictionary)).toMatchObject({
        pos_info_update_api: {
          series: HSI,
          account: { ex_customer: 'CABC', account_id: 'HOUSE' },
          modified_date: '20190505',
        },
      });
      expect(typesOf(client)).toEqual(['BD6', 'BD40']);
    },
  );

  test.each([genium, click])(
    'a give-up comes to both parties as BD29, each with its own view, and as BD39 to the giver; in $name',
    async (dictionary) => {
      await using sim = await start({ dictionary });
      const giver = await listening(sim);
      const taker = await listening(sim, 'BO_CXYZ801', 2);
      sim.core.commandFor(CABC, giveUp);
      const [gave, changed] = await giver.eventsUntil(2);
      const [received] = await taker.eventsUntil(1);
      const fields = (event: EventFrame | undefined) =>
        read<Record<string, Record<string, unknown>>>('BD29', event?.message ?? Buffer.alloc(0), dictionary)[
          'cl_give_up_api'
        ];
      expect(fields(gave)).toMatchObject({
        give_up_number: 1,
        sequence_number: 1,
        state: 1,
        trade_number: 1,
        account: { account_id: 'HOUSE' },
        party: { ex_customer: 'CXYZ' },
      });
      expect(fields(received)).toMatchObject({ give_up_number: 1, trade_number: 0, party: { ex_customer: 'CABC' } });
      expect(read('BD39', changed?.message ?? Buffer.alloc(0), dictionary)).toMatchObject({
        cl_trade_change_api: { trade_number: 1, sequence_number: 1, give_up_state: 1, trade_state: 1 },
      });
      await settled(taker);
      expect(typesOf(taker)).toEqual(['BD29']);
    },
  );

  test('the day end brings deliveries as BD18 and its signal as BI7; a clearing message comes as BI27', async () => {
    const option = series('HKB65.00E9').name;
    const book = (participant: CustomerCode, held: number, written: number) => ({
      participant,
      account: 'HOUSE' as AccountId,
      series: option,
      held,
      written,
    });
    await using sim = await start({ world: { positions: [book(CABC, 3, 0), book(CXYZ, 0, 3)] } });
    sim.core.commandFor(CABC, { do: 'request-exercise', account: 'HOUSE' as AccountId, series: option, quantity: 3 });
    const client = await listening(sim);
    sim.clock.now = at('23:00');
    sim.core.endDay();
    sim.core.sendMessage(undefined, 'To all');
    sim.core.sendMessage(CXYZ, 'Not to CABC');
    await settled(client);
    const one = (type: string) => client.events.find((each) => typeOf(each) === type)?.message ?? Buffer.alloc(0);
    expect(read('BD18', one('BD18'))).toMatchObject({
      cl_delivery_api: { delivery_quantity: 3n, event_type: 1, sequence_number: 1 },
    });
    expect(read('BI7', one('BI7'))).toMatchObject({
      info_type: 102,
      business_date: '20190506',
      sent_time: '230000',
      seq_num: 1,
    });
    expect(read('BI27', one('BI27'))).toMatchObject({
      broadcast_number: 1,
      yyyymmdd: '20190505',
      item: [{ text_line: 'To all' }],
    });
    expect(typesOf(client).filter((each) => each === 'BI27')).toHaveLength(1);
  });

  test('to both gateways, in enquiry-only mode too, and journalled once a gateway with how many heard', async () => {
    await using sim = await oapiWorld();
    const [first, second] = [await listening(sim), await listening(sim, 'BO_CABC901', 2)];
    await loggedIn(sim, 'BO_CXYZ801');
    sim.core.sendMessage(undefined, 'Hello');
    for (const client of [first, second]) expect(typeOf((await client.eventsUntil(1))[0] as EventFrame)).toBe('BI27');
    expect(sim.journal.of('oapi.broadcast')).toMatchObject([
      { gateway: 'oapi-1', broadcast: 'BI27', receivers: 1 },
      { gateway: 'oapi-2', broadcast: 'BI27', receivers: 1 },
    ]);
  });
});

test('what a dictionary has no layout for is not sent, cannot be asked for, and is listed', async () => {
  const { messages, ...rest } = genium;
  const dictionary = { ...rest, messages: new Map([...messages].filter(([type]) => type !== 'BD40')) };
  expect(openProtocol(dictionary).unbound.get('BD40')).toEqual(['genium has no message BD40']);
  await using sim = await start({ dictionary });
  const client = await listening(sim);
  sim.core.matchDeal(deal());
  await settled(client);
  expect(typesOf(client)).toEqual(['BD6']);
});
