import type { Dictionary } from '../oapi/dictionary/dictionary.ts';
import type { Scalar } from '../oapi/dictionary/notation.ts';
import type { LayoutMember, StructLayout } from '../oapi/dictionary/struct-layout.ts';

const SCALARS: Readonly<Record<Scalar, string>> = {
  u8: 'uint8_t',
  i8: 'int8_t',
  u16: 'uint16_t',
  i16: 'int16_t',
  u32: 'uint32_t',
  i32: 'int32_t',
  u64: 'uint64_t',
  i64: 'int64_t',
  qw: 'uint64_t',
  TYPE: 'struct message_type',
};

/** The structs as a C header of our own, packed, each after those that it contains. None named: all. */
export function cHeader(dictionary: Dictionary, wanted: readonly StructLayout[]): string {
  const needed = new Set<StructLayout>();
  const need = (struct: StructLayout): void => {
    for (const { element } of struct.members) if (element.kind === 'struct') need(element.of);
    needed.add(struct);
  };
  for (const each of wanted.length > 0 ? wanted : dictionary.structs.values()) need(each);
  const uses = (struct: StructLayout): string => {
    const types = [...dictionary.messages].filter(([, message]) => message.struct === struct).map(([type]) => type);
    const numbers = [...dictionary.namedStructs].filter(([, named]) => named === struct).map(([number]) => number);
    const all = [...types, ...numbers.map((number) => `named struct ${number}`)];
    return `/* ${struct.size} bytes${all.length > 0 ? `: ${all.join(', ')}` : ''} */`;
  };
  const guard = `DICTIONARY_${dictionary.name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}_H`;
  return [
    `/* The messages of the dictionary ${dictionary.name}, written by dcass-sim; little-endian, packed. */`,
    `#ifndef ${guard}\n#define ${guard}\n\n#include <stdint.h>\n\n#pragma pack(push, 1)\n`,
    'struct message_type {\n  char central_module;\n  char server_type;\n  uint16_t number;\n};\n',
    ...[...needed].map((struct) => `${uses(struct)}\nstruct ${struct.name} {\n${membersOf(struct)}\n};\n`),
    '#pragma pack(pop)\n#endif',
  ].join('\n');
}

function membersOf({ members }: StructLayout): string {
  return members.map((member) => `  ${typeOf(member)};`).join('\n');
}

function typeOf({ name, element, dimensions }: LayoutMember): string {
  const arrays = dimensions.map((each) => `[${each}]`).join('');
  switch (element.kind) {
    case 'scalar':
      return `${SCALARS[element.scalar]} ${name}${arrays}`;
    case 'struct':
      return `struct ${element.of.name} ${name}${arrays}`;
    case 'text':
    case 'fill':
      return `char ${name}${arrays}[${element.bytes}]`;
  }
}
