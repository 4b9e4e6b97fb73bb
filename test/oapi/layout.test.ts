import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LayoutError, parseLayout, type Layout } from '../../src/oapi/layout.ts';
import { answerPosition, GENIUM_LAYOUTS, geniumCodecs, queryPosition } from '../../src/oapi/layouts.ts';
import { ANY } from './client.ts';

function integers(bits: number, signed: boolean): fc.Arbitrary<number> {
  return signed
    ? fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 })
    : fc.integer({ min: 0, max: 2 ** bits - 1 });
}

// Trailing spaces and NULs are padding, so a text with them is no text of its own.
function text(bytes: number): fc.Arbitrary<string> {
  return fc
    .array(fc.integer({ min: 0, max: 0xff }), { maxLength: bytes })
    .map((codes) => String.fromCharCode(...codes).replace(/[ \0]+$/, ''));
}

function valueOf(layout: Layout): fc.Arbitrary<Record<string, unknown>> {
  const members: Record<string, fc.Arbitrary<unknown>> = {};
  for (const field of layout.fields) {
    switch (field.kind) {
      case 'text':
        members[field.name] = text(field.bytes);
        break;
      case 'type':
        members[field.name] = fc
          .tuple(fc.constantFrom('CQ', 'UA', 'BN', 'Z9'), integers(16, false))
          .map(([letters, n]) => letters + n);
        break;
      case 'struct':
        members[field.name] = valueOf(field.of);
        break;
      case 'items':
        members[field.name] = fc.array(valueOf(field.of), { maxLength: 5 });
        break;
      case 'i64':
        members[field.name] = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
        break;
      case 'u64':
      case 'qw':
        members[field.name] = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
        break;
      default:
        members[field.name] = integers(field.bytes * 8, field.kind.startsWith('i'));
    }
  }
  return fc.record(members).map((value) => {
    const repeated = layout.fields.find((field) => field.kind === 'items');
    return repeated ? { ...value, items: (value[repeated.name] as unknown[]).length } : value;
  });
}

// Goal: no value is lost or moved on the wire. Method: random values of every layout, there and back.
test.each([...geniumCodecs])('%s gives back every value that it was given', (_name, codec) => {
  fc.assert(
    fc.property(valueOf(codec.layout), (value) => {
      expect(codec.decode(codec.encode(value))).toEqual(value);
    }),
    { numRuns: 100 },
  );
});

// Goal: foreign bytes are refused by their size or read, never more. Method: random bytes of any length.
test.each([...geniumCodecs])('%s reads random bytes or refuses them by their size', (_name, codec) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      try {
        codec.decode(Buffer.from(bytes));
      } catch (error) {
        expect(error).toBeInstanceOf(LayoutError);
      }
    }),
    { numRuns: 200 },
  );
});

test('an answer is cut to its used items, and the full array is read too', () => {
  const empty = answerPosition.encode({
    type: 'CA3',
    partition_low: ANY,
    partition_high: ANY,
    segment_number: 0,
    items: 0,
    item: [],
  });
  expect(empty.length).toBe(32);
  expect(answerPosition.decode(Buffer.concat([empty, Buffer.alloc(44_000)])).item).toEqual([]);
  expect(() => answerPosition.decode(Buffer.concat([empty, Buffer.alloc(88)]))).toThrow(LayoutError);
});

test('an item count that claims more than the message holds is refused with both sizes', () => {
  const message = Buffer.alloc(32);
  message.writeUInt16LE(2, 30);
  expect(() => answerPosition.decode(message)).toThrow(
    'answer_position: 32 bytes for 2 items; 208 or 44032, and at most 500 items, are allowed',
  );
});

test('a text of spaces and one of NULs both read as empty', () => {
  const message = Buffer.alloc(64);
  message.fill(' ', 35, 51, 'latin1');
  expect(queryPosition.decode(message).account).toEqual({ country_id: '', ex_customer: '', account_id: '' });
});

test('a layout whose fields do not add up to its size does not compile', () => {
  expect(() => parseLayout({ name: 'short', bytes: 5, fields: 'type TYPE' }, new Map())).toThrow(
    'short: the fields have 4 bytes, not 5',
  );
});

test('a field name that is no plain word does not reach the generated code', () => {
  expect(() => parseLayout({ name: 'bad', bytes: 1, fields: 'x};process.exit() u8' }, new Map())).toThrow(
    'is no field',
  );
});

test('each layout has the size that the facts give it', () => {
  const sizes = Object.fromEntries(GENIUM_LAYOUTS.map(({ name, bytes }) => [name, bytes]));
  expect(sizes).toEqual({
    series: 12,
    account: 24,
    party: 8,
    trading_code: 12,
    time_stamp: 8,
    match_id: 16,
    query_business_date: 4,
    answer_business_date: 88,
    query_position: 64,
    answer_position_item: 88,
    answer_position: 44_032,
    query_missing_trade: 32,
    answer_missing_trade_hdr: 8,
    query_api_trade: 40,
    answer_api_trade_hdr: 32,
    item_hdr: 4,
    sub_item_hdr: 4,
    cl_trade_base_api: 268,
    cl_trade_secur_part: 216,
  });
});
