import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SHIPPED_DICTIONARIES, shippedDictionary } from '../../../src/dictionaries.ts';
import { readDictionary } from '../../../src/oapi/dictionary/read-dictionary.ts';

test.each(SHIPPED_DICTIONARIES)('the shipped dictionary %s is read without a problem and unchanged', async (name) => {
  const text = readFileSync(new URL(`../../../dictionaries/${name}.json`, import.meta.url), 'utf8');
  expect(await readDictionary(text, `${name}.json`)).toEqual(shippedDictionary(name));
});

const SMALL = {
  format: 'dcass-dictionary/1',
  name: 'mine',
  family: 'click',
  title: 'a small one',
  sources: {},
  structs: [
    { name: 'account', size: 20, source: 'a.h:1', members: ['country c2', 'customer c5', 'id c10', 'filler fill3'] },
    { name: 'query_it', size: 26, source: 'a.h:9', members: ['type TYPE', 'account <account>', 'segment u16'] },
  ],
  messages: [{ type: 'CQ3', struct: 'query_it', source: 'a.h:9' }],
  namedStructs: [{ number: 3, struct: 'account', source: 'a.h:1' }],
  codes: [{ name: 'CL_OMN_NORMAL', value: 704_003, source: 'b.h:2' }],
  enumerations: [{ name: 'trade_type', values: { standard: 1 }, source: 'mine' }],
  meanings: { account: { id: 'account_id' }, '*': { segment: 'segment_number' } },
};

type Small = typeof SMALL;

test('a small one is read', async () => {
  expect(await readDictionary(JSON.stringify(SMALL), 'mine.json')).toEqual(SMALL);
});

const struct = (change: object) => ({ structs: [SMALL.structs[0], { ...SMALL.structs[1], ...change }] });

describe('what is wrong is told with its place', () => {
  test.each<[string, Partial<Record<keyof Small, unknown>>, string]>([
    ['another format', { format: 'dcass-dictionary/9' }, 'format: allowed is dcass-dictionary/1'],
    ['an unknown family', { family: 'omex' }, 'family: allowed is genium or click'],
    ['a name with a slash', { name: '../x' }, 'name: allowed: letters, digits, ., _ and -, at most 64'],
    ['no structs', { structs: undefined }, 'structs: array is needed'],
    ['a size as a text', struct({ size: '26' }), 'structs[1].size: number is needed, and there is "26"'],
    ['an unknown field', struct({ sice: 26 }), 'structs[1].sice: there is no such field'],
    ['a size that does not add up', struct({ size: 27 }), 'structs[1]: query_it: the members have 26 bytes, not 27'],
    [
      'an unknown scalar',
      struct({ members: ['type TYPE', 'n i128'] }),
      'structs[1]: query_it: "n i128": i128 is no type',
    ],
    [
      'an unknown struct inside',
      struct({ members: ['a <acount>'] }),
      'query_it.a: there is no struct acount before it',
    ],
    ['a member twice', struct({ members: ['n u8', 'n u8'] }), 'structs[1]: query_it: there are two members n'],
    ['a struct twice', struct({ name: 'account' }), 'structs[1].name: there are two structs account'],
    [
      'a type that is none',
      { messages: [{ ...SMALL.messages[0], type: 'cq3' }] },
      'messages[0].type: allowed: two capital letters',
    ],
    [
      'a message without its struct',
      { messages: [{ ...SMALL.messages[0], struct: 'query_is' }] },
      'messages[0].struct (CQ3): there is no struct query_is; there is query_it',
    ],
    [
      'a type twice',
      { messages: [SMALL.messages[0], SMALL.messages[0]] },
      'messages[1].type: CQ3 stands here a second time',
    ],
    [
      'a facility that is none',
      { messages: [{ ...SMALL.messages[0], facility: 'EP10' }] },
      'messages[0].facility: allowed: EP0 to EP9',
    ],
    [
      'a named struct without its struct',
      { namedStructs: [{ ...SMALL.namedStructs[0], struct: 'x' }] },
      'namedStructs[0].struct (3): there is no struct x',
    ],
    [
      'a code of 33 bits',
      { codes: [{ ...SMALL.codes[0], value: 2 ** 33 }] },
      'codes[0].value: at most 4294967295 is allowed',
    ],
    [
      'a code twice',
      { codes: [SMALL.codes[0], SMALL.codes[0]] },
      'codes[1].name: CL_OMN_NORMAL stands here a second time',
    ],
    [
      'a meaning of no struct',
      { meanings: { acount: {} } },
      'meanings.acount: there is no struct acount; there is account',
    ],
    [
      'a meaning of no member',
      { meanings: { account: { idd: 'account_id' } } },
      'meanings.account.idd: there is no such member; there is id',
    ],
    [
      'a meaning of no member anywhere',
      { meanings: { '*': { segmnt: 'x' } } },
      'meanings.*.segmnt: there is no such member; there is segment',
    ],
  ])('%s', async (_what, change, problem) => {
    const text = JSON.stringify({ ...SMALL, ...change });
    await expect(readDictionary(text, 'mine.json')).rejects.toMatchObject({
      code: 'SIM_DICTIONARY_INVALID',
      message: expect.stringContaining(problem),
    });
    await expect(readDictionary(text, 'mine.json')).rejects.toThrow(/^mine\.json is no dictionary:/);
  });

  test('text that is no JSON, with what was found', async () => {
    await expect(readDictionary('{\n  "format": oops\n}', 'mine.json')).rejects.toThrow(/no JSON: .*oops/s);
    await expect(readDictionary('[]', 'mine.json')).rejects.toThrow('the file: object is needed');
  });

  test('all at once, and no more than twenty', async () => {
    const messages = Array.from({ length: 30 }, (_, i) => ({ type: `CQ${i}`, struct: 'none', source: 'x' }));
    const trouble = readDictionary(JSON.stringify({ ...SMALL, messages }), 'mine.json');
    await expect(trouble).rejects.toThrow(/messages\[19\].*and 10 more/s);
    await expect(trouble).rejects.not.toThrow(/messages\[20\]/);
  });
});
