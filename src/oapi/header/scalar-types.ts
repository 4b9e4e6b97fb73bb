import type { CType } from './c-type.ts';

const integer = (bytes: 1 | 2 | 4 | 8, signed: boolean, isChar = false): CType => ({
  kind: 'integer',
  bytes,
  signed,
  isChar,
});
const unread = (why: string): CType => ({ kind: 'unread', why });

/** The types of <stdint.h>; a header's own typedef of such a name goes before. */
export const FIXED_WIDTH: ReadonlyMap<string, CType> = new Map(
  ([8, 16, 32, 64] as const).flatMap((bits) => {
    const bytes = (bits / 8) as 1 | 2 | 4 | 8;
    return [
      [`int${bits}_t`, integer(bytes, true)],
      [`uint${bits}_t`, integer(bytes, false)],
    ] as const;
  }),
);

export const TYPE_WORDS: ReadonlySet<string> = new Set(
  'void char short int long signed unsigned float double _Bool _Complex __int8 __int16 __int32 __int64 __int128'.split(
    ' ',
  ),
);

/** The type that words as `unsigned long int` are, in any order. `long` has the bytes that the user gave. */
export function scalarType(words: readonly string[], longBytes: 4 | 8 | undefined): CType {
  const sorted = [...words].sort().join(' ');
  const signed = !words.includes('unsigned');
  const bare = sorted.replace(/\b(?:signed|unsigned)\b ?/g, '').trim();
  const twice = words.includes('signed') && words.includes('unsigned');
  if (twice) return unread(`"${words.join(' ')}" is no type`);
  switch (bare) {
    case 'char':
      return integer(1, signed, words.length === 1);
    case '__int8':
      return integer(1, signed);
    case 'short':
    case 'int short':
    case '__int16':
      return integer(2, signed);
    case '':
    case 'int':
    case '__int32':
      return integer(4, signed);
    case 'long long':
    case 'int long long':
    case '__int64':
      return integer(8, signed);
    case 'long':
    case 'int long':
      if (longBytes !== undefined) return integer(longBytes, signed);
      return unread('"long" has 4 bytes on some machines and 8 on others; say which with --long 4 or --long 8');
    case 'void':
      return unread('void has no size');
    case 'float':
    case 'double':
    case 'double long':
      return unread(`${words.join(' ')} is no type of a message; allowed are whole numbers, char, arrays and structs`);
  }
  return unread(`"${words.join(' ')}" is no type that is read; allowed are whole numbers, char, arrays and structs`);
}
