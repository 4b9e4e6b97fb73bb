import { expect, test } from 'vitest';
import { seriesFields } from '../../../src/oapi/transactions/series-fields.ts';
import type { SeriesFields } from '../../../src/oapi/transactions/shapes.ts';
import { at, PASSWORD, series } from '../../support/world.ts';
import { ANY, type OapiClient } from '../client.ts';
import { bytesOf, click, genium, message, offsetOf, readHeader, readNamed } from '../messages.ts';
import { oapiWorld, type OapiWorld } from '../world.ts';

type Part = { readonly number: number } & Readonly<Record<string, unknown>>;

interface Delta {
  readonly segment: number;
  /** Of each item, its named structs. */
  readonly items: readonly (readonly Part[])[];
}

/** Reads a DA124 the way a client does: sizes lead from one item to the next. */
function readDelta(answer: Buffer, dictionary = genium): Delta {
  const head = readHeader<{ items: number; size: number; segment_number: number }>('DA124', answer, dictionary);
  expect(head.size).toBe(answer.length);
  const items: Part[][] = [];
  let offset = bytesOf('DA124', dictionary);
  for (let i = 0; i < head.items; i++) {
    const [parts, size] = [answer.readUInt16LE(offset), answer.readUInt16LE(offset + 2)];
    let inside = offset + 4;
    items.push(
      Array.from({ length: parts }, () => {
        const [number, bytes] = [answer.readUInt16LE(inside), answer.readUInt16LE(inside + 2)];
        const body = answer.subarray(inside + 4, inside + bytes);
        inside += bytes;
        return { ...readNamed(number, body, dictionary), number };
      }),
    );
    expect(inside).toBe(offset + size);
    offset += size;
  }
  expect(offset).toBe(answer.length);
  return { segment: head.segment_number, items };
}

async function loggedIn(sim: OapiWorld): Promise<OapiClient> {
  const client = await sim.client();
  await client.login('BO_CABC801', PASSWORD);
  return client;
}

const NOT_SINCE = { seconds: 0, nanoseconds: 0 };

test.each([
  { dictionary: genium, reference: -1n },
  { dictionary: genium, reference: 0n },
  { dictionary: genium, reference: 20_190_430n },
  { dictionary: click, reference: -1n },
])(
  'in $dictionary.name a DQ124 with the reference $reference is answered in full',
  async ({ dictionary, reference }) => {
    await using sim = await oapiWorld({ dictionary });
    const client = await loggedIn(sim);
    const query = { segment_number: 1, download_ref_number: reference };
    const reply = await client.query(message('DQ124', query, dictionary));
    expect(reply).toMatchObject({ completion: 0, status: 704_003 });
    const { segment, items } = readDelta(reply.answer, dictionary);
    expect(segment).toBe(0);
    expect(items[0]).toEqual([
      {
        number: 37001,
        download_ref_number: 20_190_506n,
        // Midnight of 6 May 2019 in Hong Kong.
        full_answer_timestamp: { seconds: Date.UTC(2019, 4, 5, 16) / 1_000, nanoseconds: 0 },
        full_answer: 1,
      },
    ]);
    expect(items.slice(1).map((parts) => parts.map((part) => part.number))).toEqual(
      Array.from({ length: 3 }, () => [37301, 37302, 37310]),
    );
    expect(items[3]).toMatchObject([
      {
        series: seriesFields(series('HKB65.00E9').key),
        ins_id: 'HKB65.00E9',
        date_last_trading: '20190530',
        series_status: 1,
        suspended: 2,
        db_operation: 1,
        traded: 1,
        time_last_trading: '',
      },
      { contract_size: 400, price_quot_factor: 1, effective_exp_date: '20190530', isin_code: '' },
      { orderbook_id: 3 },
    ]);
  },
);

test("today's reference gets an empty delta, with the client's own time of its full answer", async () => {
  await using sim = await oapiWorld();
  const client = await loggedIn(sim);
  const full_answer_timestamp = { seconds: 7, nanoseconds: 9 };
  const query = { segment_number: 1, download_ref_number: 20_190_506n, full_answer_timestamp };
  const reply = await client.query(message('DQ124', query));
  expect(reply).toMatchObject({ completion: 0, status: 704_009 });
  expect(readDelta(reply.answer)).toEqual({
    segment: 0,
    items: [[{ number: 37001, download_ref_number: 20_190_506n, full_answer_timestamp, full_answer: 2 }]],
  });
});

test('the reference of an earlier date that is kept gets the removal of what has expired since', async () => {
  const april = series('HSIJ9');
  const world = {
    series: [series('HSIK9'), april, series('HSI28000E9')],
    businessDate: april.expiryDate as never,
  };
  await using sim = await oapiWorld({ world });
  const client = await loggedIn(sim);
  sim.clock.now = at('23:00');
  expect(sim.core.endDay().ok && sim.core.rollBusinessDate().ok).toBe(true);
  const ask = async (download_ref_number: bigint) =>
    readDelta((await client.query(message('DQ124', { segment_number: 1, download_ref_number }))).answer);
  expect(await ask(20_190_429n)).toEqual({
    segment: 0,
    items: [
      [{ number: 37001, download_ref_number: 20_190_430n, full_answer_timestamp: NOT_SINCE, full_answer: 2 }],
      [{ number: 37002, series: seriesFields(april.key) }],
    ],
  });
  const full = await ask(20_190_426n);
  expect(full.items.slice(1).map(([basic]) => basic?.['ins_id'])).toEqual(['HSIK9', 'HSI28000E9']);
  expect(full.items[1]?.[2]).toMatchObject({ orderbook_id: 1 });
});

test('the series of a DQ124 filters by each field that is not 0', async () => {
  await using sim = await oapiWorld();
  const client = await loggedIn(sim);
  const query = { segment_number: 1, download_ref_number: -1n, series: { ...ANY, market: 2 } satisfies SeriesFields };
  const { items } = readDelta((await client.query(message('DQ124', query))).answer);
  expect(items.slice(1).map(([basic]) => basic?.['ins_id'])).toEqual(['HKB65.00E9']);
});

test('pages of one have the header in the first alone, and 0 marks the last', async () => {
  await using sim = await oapiWorld({ settings: { pageSize: 1 } });
  const client = await loggedIn(sim);
  const ask = (segment_number: number) => client.query(message('DQ124', { segment_number, download_ref_number: -1n }));
  const deltas = [];
  for (const each of [1, 2, 3]) deltas.push(readDelta((await ask(each)).answer));
  expect(
    deltas.map(({ segment, items }) => [segment, ...items.map(([first]) => first?.['ins_id'] ?? 'header')]),
  ).toEqual([
    [1, 'header', 'HSIK9'],
    [2, 'HSI28000E9'],
    [0, 'HKB65.00E9'],
  ]);
  expect(await ask(4)).toMatchObject({ completion: -12, status: -704_038 });
});

test('a market of a thousand series comes in segments of at most 64,000 bytes that are full', async () => {
  const many = Array.from({ length: 1_000 }, (_, i) => series(`HSI${20_000 + i}E9`));
  await using sim = await oapiWorld({ world: { series: many } });
  const client = await loggedIn(sim);
  const counts = [];
  for (let segment_number = 1; ; segment_number++) {
    const reply = await client.query(message('DQ124', { segment_number, download_ref_number: -1n }));
    expect(reply.answer.length).toBeLessThanOrEqual(64_000);
    const { segment, items } = readDelta(reply.answer);
    counts.push(items.length);
    if (segment === 0) break;
  }
  expect(counts).toEqual([314, 313, 313, 61]);
});

test('a reference beyond 53 bits gets -18 with its offset, and a wrong size -2031', async () => {
  await using sim = await oapiWorld();
  const client = await loggedIn(sim);
  const query = message('DQ124', { segment_number: 1, download_ref_number: 2n ** 60n });
  expect(await client.query(query)).toMatchObject({
    completion: -18,
    status: offsetOf('DQ124', 'download_ref_number'),
  });
  expect((await client.query(query.subarray(0, 20))).completion).toBe(-2031);
});
