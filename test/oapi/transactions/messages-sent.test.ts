import { expect, test } from 'vitest';
import type { CustomerCode } from '../../../src/clearing/participant.ts';
import { at, PASSWORD } from '../../support/world.ts';
import type { OapiClient } from '../client.ts';
import { bytesOf, click, genium, message, read } from '../messages.ts';
import { oapiWorld, type OapiWorld } from '../world.ts';

interface SentMessage {
  readonly broadcast_number: number;
  readonly country: number;
  readonly market: number;
  readonly yyyymmdd: string;
  readonly hhmmss: string;
  readonly items: number;
  readonly item2: readonly { readonly free_text_80: string }[];
}

interface Answer {
  readonly segment_number: number;
  readonly item1: readonly SentMessage[];
}

async function loggedIn(sim: OapiWorld): Promise<OapiClient> {
  const client = await sim.client();
  await client.login('BO_CABC801', PASSWORD);
  return client;
}

const CABC = 'CABC' as CustomerCode;
const CXYZ = 'CXYZ' as CustomerCode;

test.each([genium, click])(
  'UQ13 gives the messages of a day to all and to the own participant in lines, in $name',
  async (dictionary) => {
    await using sim = await oapiWorld({ dictionary });
    sim.core.sendMessage(undefined, 'System is ready');
    sim.core.sendMessage(CXYZ, 'for CXYZ alone');
    sim.clock.now = at('10:30');
    sim.core.sendMessage(CABC, `${'margin '.repeat(12)}\nsecond`);
    const client = await loggedIn(sim);
    const reply = await client.query(message('UQ13', { segment_number: 1, sent_date: '20190505' }, dictionary));
    expect(reply).toMatchObject({ completion: 0, status: 704_003 });
    const { segment_number, item1 } = read<Answer>('UA13', reply.answer, dictionary);
    expect(segment_number).toBe(0);
    expect(
      item1.map(({ items, item2, ...sent }) => ({ ...sent, text: item2.slice(0, items).map((l) => l.free_text_80) })),
    ).toEqual([
      { broadcast_number: 1, country: 0, market: 0, yyyymmdd: '20190505', hhmmss: '100000', text: ['System is ready'] },
      {
        broadcast_number: 3,
        country: 0,
        market: 0,
        yyyymmdd: '20190505',
        hhmmss: '103000',
        text: ['margin '.repeat(11).trimEnd(), 'margin', 'second'],
      },
    ]);
    expect(reply.answer.length).toBe(8 + 2 * 822);
  },
);

test('a blank date asks for today, another day has nothing, and what is no date is refused', async () => {
  await using sim = await oapiWorld();
  sim.core.sendMessage(undefined, 'on Sunday');
  sim.clock.now = at('+1d 08:00');
  const client = await loggedIn(sim);
  const asked = (sent_date: string) => client.query(message('UQ13', { segment_number: 1, sent_date }));
  expect(await asked('')).toMatchObject({ completion: 0, status: 704_009 });
  expect(await asked('20190505')).toMatchObject({ completion: 0, status: 704_003 });
  expect(await asked('2019-5-5')).toMatchObject({ completion: -12, status: -705_716 });
  sim.core.sendMessage(undefined, 'on Monday');
  expect(await asked('')).toMatchObject({ completion: 0, status: 704_003 });
});

test('pages of one are numbered, and 0 marks the last; a segment beyond is refused', async () => {
  await using sim = await oapiWorld({ settings: { pageSize: 1 } });
  for (const text of ['one', 'two', 'three']) sim.core.sendMessage(undefined, text);
  const client = await loggedIn(sim);
  const ask = (segment_number: number) => client.query(message('UQ13', { segment_number }));
  const answers = [];
  for (const each of [1, 2, 3]) answers.push(read<Answer>('UA13', (await ask(each)).answer));
  expect(answers.map((each) => [each.segment_number, each.item1[0]?.broadcast_number])).toEqual([
    [1, 1],
    [2, 2],
    [0, 3],
  ]);
  expect(await ask(4)).toMatchObject({ completion: -12, status: -704_038 });
  expect(await ask(0)).toMatchObject({ completion: -12, status: -704_038 });
});

test('a UQ13 of the wrong size gets -2031', async () => {
  await using sim = await oapiWorld();
  const client = await loggedIn(sim);
  const whole = message('UQ13', { segment_number: 1 });
  expect(whole.length).toBe(bytesOf('UQ13'));
  expect((await client.query(whole.subarray(0, 15))).completion).toBe(-2031);
});
