import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { importHeaders } from '../../../src/oapi/header/import-headers.ts';
import { imported } from './compiler.ts';

/** A struct that is good, so that a dictionary is made whatever stands before it. */
const GOOD = '\ntypedef struct { char fine[4]; } good_t;\n';
const body = (member: string): string => `typedef struct {\n  ${member}\n} bad_t;`;

// Text, then where its first fault is and what is said of it. None of them gives a struct bad_t.
test.each([
  [body('float f;'), '2:9', 'f: float is no type of a message'],
  [body('double f;'), '2:10', 'f: double is no type of a message'],
  [body('long n;'), '2:8', 'n: "long" has 4 bytes on some machines and 8 on others'],
  [body('unsigned long n;'), '2:17', 'say which with --long 4 or --long 8'],
  [body('char *text;'), '2:9', 'text: a pointer has no place in a message'],
  [body('int (*call)(int);'), '2:9', 'call: a pointer has no place in a message'],
  [body('int flag : 3;'), '2:7', 'flag: a bit-field has no place in a message'],
  [body('union { int a; char b[4]; } u;'), '2:3', 'a union has no single layout'],
  [body('nowhere_t x;'), '2:13', 'x: nowhere_t is no type that was read before this line'],
  [body('char x[];'), '2:8', 'x: an array without a size'],
  [body('char x[0];'), '2:8', 'x: an array of 0; allowed are 1 to 1000000'],
  [body('char x[-2];'), '2:8', 'x: an array of -2'],
  [body('char x[9999999];'), '2:8', 'x: an array of 9999999'],
  [body('char x[SIZE];'), '2:8', 'x: its array: SIZE is no constant that is known here'],
  [body('char x[1 / 0];'), '2:8', 'x: its array: a division by zero'],
  [body('char x[1.5];'), '2:8', 'x: its array: 1.5 is no whole number'],
  [body('char x[sizeof(gone_t)];'), '2:8', 'x: its array: sizeof(gone_t): it is no type'],
  [body('char x[4;'), '2:9', '"]" is missing'],
  [body('char x'), '3:1', '"}" stands where ";" is needed'],
  [body('int a; char a;'), '2:15', 'there are two members a'],
  [body('struct other o;'), '2:16', 'o: struct other has no body before this line'],
  [body('struct other;'), '2:3', 'this member has no name'],
  [body('enum unknown e;'), '2:16', 'e: enum unknown has no body before this line'],
  [body('void v;'), '2:8', 'v: void has no size'],
  [body('int x __attribute__((aligned(16)));'), '2:9', '__attribute__((aligned)) is not read'],
  [body('int x __attribute__((packed));'), '2:7', '__attribute__((packed)) of one member is not read'],
  [body('_Alignas(8) int x;'), '2:3', '_Alignas may change a layout'],
  [body('signed unsigned x;'), '2:19', 'x: "signed unsigned" is no type'],
  [body(''), '1:9', 'this struct has no members'],
  [body('char a;\n#pragma pack(1)\n  char b;'), '1:9', 'the packing changes inside this struct'],
  [body('/* TRANSACTION TYPE = CQ10 */ char a; float f;'), '2:3', 'the types of a message stand before its struct'],
  ['typedef struct { char a;', '1:16', 'this "{" has no "}" before the next typedef'],
  ['typedef struct { char a; } bad_t', '2:1', '"typedef" stands where ";" is needed'],
  ['#pragma pack(3)', '1:1', '#pragma pack(3) is not read; allowed are push, pop'],
  ['#pragma pack(pop)', '1:1', '#pragma pack(pop) without a push before it'],
  ['#pragma pack(push, 1)', '1:1', '1 #pragma pack(push) without a pop'],
  ['#pragma options align=packed', '1:1', '#pragma options align = packed is not read'],
  ['#include "gone.h"', '1:1', 'there is no file "gone.h"'],
  ['#include "main.h"', '1:1', 'is included more than 60 deep'],
  ['#error too old', '1:1', 'the header stops here itself: #error too old'],
  ['#if 1', '1:1', 'this #if has no #endif'],
  ['#endif', '1:1', '#endif without #if'],
  ['#else', '1:1', '#else without #if'],
  ['#if (1\n#endif', '1:2', '")" is needed'],
  ['#ifdef\n#endif', '1:2', '#ifdef needs a name'],
  ['#nonsense', '1:1', '#nonsense is no directive'],
  ['#define F(a b) a', '1:9', 'the parameters of F are not names'],
  ['#define F(a) a\nint x[F(1, 2)];', '2:7', 'F has 2 arguments, not 1'],
  ['#define F(a) x##a\ntypedef int F(1);', '2:13', 'F makes words with # or ##'],
  ['/* no end', undefined, ''],
  ['char *x = "no end;', '1:11', 'this text does not end in its line'],
  ['/* TRANSACTION TYPE = CQ10, later */', '1:1', 'TRANSACTION TYPE: "later" is no type'],
  ['/* TRANSACTION TYPE = */', '1:1', 'TRANSACTION TYPE has nothing after its "="'],
  ['/*\n NAMED STRUCT = three */', '2:1', 'NAMED STRUCT: "three" is no number'],
  ['typedef int a_t; typedef char a_t;', '1:31', 'there is a typedef a_t already'],
  ['static int f(void) { return 1; }', '1:1', 'a body of a function'],
])('%j is reported at %s: %s', (text, at, message) => {
  if (at === undefined) {
    const { dictionary, unread } = imported({ 'main.h': `${GOOD}${text}` });
    expect(unread).toMatchObject([
      { line: 3, column: 1, message: expect.stringContaining('this comment does not end') as string },
    ]);
    expect(dictionary?.structs.map(({ name }) => name)).toEqual(['good_t']);
    return;
  }
  const { dictionary, unread } = imported({ 'main.h': `${text}${GOOD}` });
  const [first] = unread;
  expect({ at: `${first?.line}:${first?.column}`, message: first?.message }).toEqual({
    at,
    message: expect.stringContaining(message) as string,
  });
  expect(dictionary?.structs.map(({ name }) => name) ?? []).not.toContain('bad_t');
  expect(first?.file).toBe('main.h');
});

test('what contains a struct that was left out is left out too, with its types, and each is reported', () => {
  const text = `typedef struct { float f; } a_t;
typedef struct { a_t a[2]; } b_t;
/* TRANSACTION TYPE = CQ10 */
typedef struct { b_t b; } c_t;`;
  const { dictionary, unread } = imported({ 'main.h': text + GOOD });
  expect(dictionary?.structs.map(({ name }) => name)).toEqual(['good_t']);
  expect(dictionary?.messages).toEqual([]);
  expect(unread.map(({ line, message }) => `${line} ${message}`)).toEqual([
    '1 f: float is no type of a message; allowed are whole numbers, char, arrays and structs',
    '2 a: it has a_t in it, which was left out',
    '4 b: it has b_t in it, which was left out',
    '3 CQ10: its struct c_t was left out',
  ]);
});

test('the types of a struct that was never closed are reported as left out', () => {
  const { unread } = imported({ 'main.h': `/* BROADCAST TYPE = BD6 */\ntypedef struct { char a;${GOOD}` });
  expect(unread.map(({ line, message }) => `${line} ${message}`)).toContain('1 BD6: its struct was left out');
});

test('the family is by the account’s size; with none, or two that differ, the message says what to give', () => {
  const account = (name: string, bytes: number): string => `typedef struct { char all[${bytes}]; } ${name};`;
  const families = [
    GOOD,
    account('account_t', 24),
    account('account', 20),
    account('account', 20) + account('account_t', 24),
  ].map((text) => {
    const options = { name: 'own', includeDirs: [], defines: [], readFile: () => text };
    const { dictionary, missing } = importHeaders(['main.h'], options);
    return dictionary?.family ?? missing;
  });
  const ask = expect.stringContaining('give --family genium') as string;
  expect(families).toEqual([ask, 'genium', 'click', ask]);
});

test('codes are the numbers of the modules; sizes and options are none; a prefix of the user’s adds its names', () => {
  const text = `#define CL_OMN_X (-704999)
#define CL_SIZE 100
#define OMNIAPI_Y -77
#define OMNIAPI_LENGTH 64000
#define OWN_Z 5
#define GEN_TEXT "abc"`;
  const codes = (codePrefixes: readonly string[]): unknown =>
    imported({ 'main.h': text + GOOD }, { codePrefixes }).dictionary?.codes.map(({ name, value }) => [name, value]);
  expect(codes([])).toEqual([
    ['CL_OMN_X', -704_999],
    ['OMNIAPI_Y', -77],
  ]);
  expect(codes(['OWN_'])).toContainEqual(['OWN_Z', 5]);
});

// Goal: no input crashes or hangs the reader. Method: pieces of the corpus cut and joined at random places.
test('headers cut and joined anywhere are read or reported, never a crash', () => {
  const texts = ['messages.h', 'natural.h', 'conditions.h', 'packing.h', 'base_types.h'].map((name) =>
    readFileSync(new URL(`./corpus/${name}`, import.meta.url), 'utf8'),
  );
  const all = texts.join('\n');
  const piece = fc.tuple(fc.nat(all.length), fc.nat(400)).map(([from, length]) => all.slice(from, from + length));
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 6 }), (pieces) => {
      imported({ 'main.h': pieces.join('') });
    }),
    { numRuns: 600 },
  );
});
