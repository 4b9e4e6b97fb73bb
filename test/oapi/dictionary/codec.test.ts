import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bind } from '../../../src/oapi/dictionary/bind.ts';
import { FieldError, RoomError, SizeError } from '../../../src/oapi/dictionary/codec-error.ts';
import { counterBefore, rawCodec, repeatedMember } from '../../../src/oapi/dictionary/codec.ts';
import { openDictionary, type Dictionary } from '../../../src/oapi/dictionary/dictionary.ts';
import type { DictionaryFile, StructEntry } from '../../../src/oapi/dictionary/dictionary-file.ts';
import { parseMember, printMember } from '../../../src/oapi/dictionary/notation.ts';
import { SHIPPED_DICTIONARIES, shippedDictionary } from '../../../src/dictionaries.ts';
import { INT, list, optional, SEARCH, struct, TEXT } from '../../../src/oapi/dictionary/shape.ts';
import type { Element, LayoutMember, StructLayout } from '../../../src/oapi/dictionary/struct-layout.ts';

const SHIPPED = SHIPPED_DICTIONARIES.map((name) => openDictionary(shippedDictionary(name)));
const STRUCTS = SHIPPED.flatMap((dictionary) =>
  [...dictionary.structs.values()].map((layout) => [`${dictionary.name} ${layout.name}`, layout, dictionary] as const),
);

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

function elementValue(element: Element, dictionary: Dictionary): fc.Arbitrary<unknown> {
  if (element.kind === 'text') return text(element.bytes);
  if (element.kind === 'struct') return structValue(element.of, dictionary);
  if (element.kind === 'fill') return fc.constant(undefined);
  switch (element.scalar) {
    case 'TYPE':
      return fc.tuple(fc.constantFrom('CQ', 'UA', 'BN', 'Z9'), integers(16, false)).map(([letters, n]) => letters + n);
    case 'i64':
      return fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    case 'u64':
    case 'qw':
      return fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
    case 'u8':
    case 'i8':
    case 'u16':
    case 'i16':
    case 'u32':
    case 'i32':
      return integers(Number(element.scalar.slice(1)), element.scalar.startsWith('i'));
  }
}

function memberValue(member: LayoutMember, isRepeated: boolean, dictionary: Dictionary): fc.Arbitrary<unknown> {
  const one = elementValue(member.element, dictionary);
  return member.dimensions.reduceRight<fc.Arbitrary<unknown>>(
    (inner, count, index) =>
      isRepeated && index === 0
        ? fc.array(inner, { maxLength: Math.min(3, count) })
        : fc.array(inner, { minLength: count, maxLength: count }),
    one,
  );
}

function structValue(layout: StructLayout, dictionary: Dictionary): fc.Arbitrary<Record<string, unknown>> {
  const repeated = repeatedMember(layout, dictionary);
  const members: Record<string, fc.Arbitrary<unknown>> = {};
  for (const member of layout.members) {
    if (member.element.kind === 'fill' || member === repeated?.counter) continue;
    members[member.name] = memberValue(member, member === repeated?.member, dictionary);
  }
  return fc.record(members);
}

// Goal: no value is lost or moved on the wire. Method: random values of every struct, there and back.
test.each(STRUCTS)('%s gives back every value that it was given', (_name, layout, dictionary) => {
  const codec = rawCodec(layout, dictionary);
  fc.assert(
    fc.property(structValue(layout, dictionary), (value) => {
      expect(codec.decode(codec.encode(value))).toEqual(value);
    }),
    { numRuns: 20 },
  );
});

// Goal: foreign bytes are refused by their size or read, never more. Method: random bytes of any length.
test.each(STRUCTS)('%s reads random bytes or refuses them', (_name, layout, dictionary) => {
  const codec = rawCodec(layout, dictionary);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      try {
        codec.decode(Buffer.from(bytes));
      } catch (error) {
        expect(error instanceof SizeError || error instanceof FieldError).toBe(true);
      }
    }),
    { numRuns: 40 },
  );
});

function dictionaryOf(structs: readonly StructEntry[], meanings: DictionaryFile['meanings'] = {}): Dictionary {
  return openDictionary({
    format: 'dcass-dictionary/1',
    name: 'tried',
    family: 'genium',
    title: 'made by a test',
    sources: {},
    structs,
    messages: [],
    namedStructs: [],
    codes: [],
    enumerations: [],
    meanings,
  });
}

function entry(name: string, size: number, ...members: string[]): StructEntry {
  return { name, size, source: 'a test', members };
}

function layoutOf(dictionary: Dictionary, name: string): StructLayout {
  const layout = dictionary.structs.get(name);
  if (!layout) throw new Error(`no struct ${name}`);
  return layout;
}

const PAGED = dictionaryOf([
  entry('row', 5, 'name c3', 'amount u16'),
  entry('page', 24, 'head u16', 'items u16', 'row <row>[4]'),
]);

test('an answer is cut to its used items, and the full array is read too', () => {
  const codec = rawCodec(layoutOf(PAGED, 'page'), PAGED);
  const one = codec.encode({ head: 7, row: [{ name: 'ab', amount: 300 }] });
  expect(one.toString('hex')).toBe('07000100' + '616220' + '2c01');
  expect(codec.decode(Buffer.concat([one, Buffer.alloc(15)]))).toEqual(codec.decode(one));
  expect(() => codec.decode(Buffer.concat([one, Buffer.alloc(5)]))).toThrow(
    'page: 14 bytes for 1 items; 9 or 24, and at most 4 items, are allowed',
  );
});

test('an item count beyond the array is refused, whatever the size', () => {
  const full = Buffer.alloc(24);
  full.writeUInt16LE(5, 2);
  expect(() => rawCodec(layoutOf(PAGED, 'page'), PAGED).decode(full)).toThrow('page.row: 5 items; at most 4');
});

test('what does not fit is told with struct and room, and never cut', () => {
  const codec = rawCodec(layoutOf(PAGED, 'page'), PAGED);
  const row = { name: 'x', amount: 1 };
  expect(() => codec.encode({ row: [{ ...row, name: 'long' }] })).toThrow(RoomError);
  expect(() => codec.encode({ row: [{ ...row, amount: 65_536 }] })).toThrow(RoomError);
  expect(() => codec.encode({ row: [row, row, row, row, row] })).toThrow('page: 5 items; at most 4 fit');
});

test('64 bits that are not aligned keep every bit, and a bound field that needs more than 53 is told by its offset', () => {
  const dictionary = dictionaryOf([entry('odd', 11, 'x u8', 'wide i64', 'y u16')]);
  const layout = layoutOf(dictionary, 'odd');
  const raw = rawCodec(layout, dictionary);
  const bytes = raw.encode({ x: 1, wide: -(2n ** 62n) - 3n, y: 2 });
  expect(raw.decode(bytes)).toEqual({ x: 1, wide: -(2n ** 62n) - 3n, y: 2 });
  const bound = bind(layout, { wide: INT }, dictionary);
  if (!('codec' in bound)) throw new Error(bound.missing.join());
  expect(() => bound.codec.decode(bytes)).toThrow(FieldError);
  expect(() => bound.codec.decode(bytes)).toThrow(expect.objectContaining({ offset: 1 }));
  expect(bound.codec.decode(bound.codec.encode({ wide: -(2 ** 53) + 1 }))).toEqual({ wide: -(2 ** 53) + 1 });
});

// The same message three times: as the shipped dictionaries have it, moved and widened, and with other names.
const SHAPE = {
  account: struct({ account_id: TEXT }),
  quantity: INT,
  side: INT,
  search: SEARCH,
  note: optional(TEXT),
  item: list({ quantity: INT }),
} as const;
const VARIANTS = [
  dictionaryOf([
    entry('account', 4, 'account_id c4'),
    entry('part', 4, 'quantity u32'),
    entry(
      'order',
      31,
      'account <account>',
      'quantity i32',
      'side u8',
      'search c2',
      'note c4',
      'items u16',
      'fill_1 fill2',
      'item <part>[3]',
    ),
  ]),
  dictionaryOf([
    entry('account', 7, 'filler fill1', 'account_id_s c6'),
    entry('part', 9, 'other_c u8', 'quantity_q i64'),
    entry(
      'order',
      46,
      'side_c c1',
      'quantity_q i64',
      'search_s c2',
      'account <account>',
      'items_c u8',
      'item <part>[3]',
    ),
  ]),
  dictionaryOf(
    [
      entry('acct_t', 4, 'no c4'),
      entry('leg_t', 2, 'lots u16'),
      entry('order', 21, 'who <acct_t>', 'lots u16', 'bs u8', 'pattern c2', 'remark c4', 'n u16', 'legs <leg_t>[3]'),
    ],
    {
      order: { who: 'account', bs: 'side', pattern: 'search', remark: 'note', n: 'items', legs: 'item' },
      acct_t: { no: 'account_id' },
      '*': { lots: 'quantity' },
    },
  ),
];

test.each(VARIANTS.map((each, i) => [i, each] as const))('a shape speaks the same in layout %d', (_i, dictionary) => {
  const bound = bind(layoutOf(dictionary, 'order'), SHAPE, dictionary);
  if (!('codec' in bound)) throw new Error(bound.missing.join('\n'));
  const { codec } = bound;
  const value = { account: { account_id: 'AB' }, quantity: 65_000, side: 2, search: 'X', item: [{ quantity: 7 }] };
  expect(codec.decode(codec.encode(value))).toMatchObject(value);
  expect(codec.decode(codec.encode({ ...value, search: undefined }))).toMatchObject({ search: undefined });
  expect(codec.capacity).toBe(3);
  const message = codec.encode({ ...value, item: [{ quantity: 1 }, { quantity: 9 }] });
  const at = codec.offsetOf(['item', 1, 'quantity']);
  expect(message[at]).toBe(9);
});

test('what a struct lacks for a shape is listed whole, by struct and meaning', () => {
  const dictionary = dictionaryOf([
    entry('account', 2, 'number u16'),
    entry('order', 6, 'account <account>', 'side c4'),
  ]);
  const bound = bind(layoutOf(dictionary, 'order'), SHAPE, dictionary);
  expect(bound).toEqual({
    missing: [
      'account has no field for account.account_id',
      'order has no field for quantity',
      'order.side is no whole number, which side needs',
      'order has no field for search',
      'order has no field for item',
    ],
  });
});

test('texts that a shape does not name are blank', () => {
  const dictionary = dictionaryOf([entry('two', 6, 'known c2', 'other c3', 'x u8')]);
  const bound = bind(layoutOf(dictionary, 'two'), { known: TEXT }, dictionary);
  if (!('codec' in bound)) throw new Error(bound.missing.join());
  expect(bound.codec.encode({ known: 'a' }).toString('latin1')).toBe('a    \0');
});

test.each([
  [entry('short', 5, 'type TYPE'), 'short: the members have 4 bytes, not 5'],
  [entry('bad', 1, 'x};process.exit() u8'), 'bad: "x};process.exit()" is no name'],
  [entry('bad', 1, '__proto__( u8'), '"__proto__(" is no name'],
  [entry('bad', 1, 'x u9'), 'bad: "x u9": u9 is no type; allowed are u8, i8'],
  [entry('bad', 1, 'x <nothing>'), 'bad.x: there is no struct nothing before it'],
  [entry('bad', 2, 'x u8', 'x u8'), 'bad: there are two members x'],
  [entry('bad', 0, 'x u8[0]'), '0 is not from 1 to 1000000'],
])('a struct that cannot be is told: %o', (broken, message) => {
  expect(() => dictionaryOf([broken])).toThrow(message);
});

test('a member prints as it was read', () => {
  for (const each of ['a u8', 'b c12', 'c fill3', 'd <series>', 'e <row>[100]', 'f c80[10]', 'g i64[2][3]', 'h TYPE']) {
    expect(printMember(parseMember(each))).toBe(each);
  }
});

test('a counter after its array, or one that is no number, counts nothing', () => {
  const dictionary = dictionaryOf([
    entry('row', 1, 'x u8'),
    entry('late', 6, 'row <row>[4]', 'items u16'),
    entry('texted', 6, 'items c2', 'row <row>[4]'),
  ]);
  for (const name of ['late', 'texted']) {
    const layout = layoutOf(dictionary, name);
    const array = layout.members.find((each) => each.name === 'row') as LayoutMember;
    expect(counterBefore(array, layout, dictionary)).toBeUndefined();
  }
});
