import { parseMember, printMember, type ElementType } from '../dictionary/notation.ts';
import type { StructEntry } from '../dictionary/dictionary-file.ts';
import { nameOf, sizeOf, type CStruct, type CType } from './c-type.ts';
import { findingAt, type Finding } from './token.ts';

/** The entry of a struct; gaps that the compiler leaves become members that say so. */
export function structEntry(struct: CStruct, note: (finding: Finding) => void): StructEntry {
  const members: string[] = [];
  const taken = new Set(flat(struct, 0).map(({ name }) => name));
  let offset = 0;
  let gaps = 0;
  const gapTo = (end: number): void => {
    if (end === offset) return;
    do gaps++;
    while (taken.has(`padding__${gaps}`));
    members.push(`padding__${gaps} fill${end - offset}`);
    const bytes = end - offset === 1 ? 'one byte' : `${end - offset} bytes`;
    note(
      findingAt(
        struct.place,
        `${nameOf(struct)}: the compiler leaves ${bytes} at offset ${offset}; padding__${gaps} is there`,
      ),
    );
    offset = end;
  };
  for (const { name, type, at } of flat(struct, 0)) {
    gapTo(at);
    members.push(memberText(name, type));
    offset = at + sizeOf(type);
  }
  gapTo(struct.size);
  const { file, line } = struct.place;
  return { name: nameOf(struct), size: struct.size, source: `${baseName(file)}:${line}`, members };
}

export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** Two characters and a number of 16 bits: the head of every message (oapi-facts.md section 3). */
export function isMessageType(struct: CStruct): boolean {
  const [first, second, third, ...more] = struct.members ?? [];
  const isChar = (type: CType | undefined): boolean => type?.kind === 'integer' && type.isChar;
  const number = third?.type;
  return (
    more.length === 0 &&
    struct.size === 4 &&
    isChar(first?.type) &&
    isChar(second?.type) &&
    number?.kind === 'integer' &&
    number.bytes === 2 &&
    !number.signed
  );
}

interface FlatMember {
  readonly name: string;
  readonly type: CType;
  readonly at: number;
}

/** The members of an anonymous struct are its owner's. */
function flat(struct: CStruct, base: number): readonly FlatMember[] {
  return (struct.members ?? []).flatMap(({ name, type, offset }) => {
    if (name !== undefined) return [{ name, type, at: base + offset }];
    return type.kind === 'struct' ? flat(type.struct, base + offset) : [];
  });
}

function memberText(name: string, type: CType): string {
  const dimensions: number[] = [];
  let of = type;
  for (; of.kind === 'array'; of = of.of) dimensions.push(of.count);
  const isByte = of.kind === 'integer' && of.bytes === 1;
  if (isByte && /^fill(?:er)?(?:_|\d|$)/i.test(name)) {
    const element: ElementType = { kind: 'fill', bytes: dimensions.reduce((all, each) => all * each, 1) };
    return checked(printMember({ name, type: element, dimensions: [] }));
  }
  if (of.kind === 'integer' && of.isChar) {
    const bytes = dimensions.pop() ?? 1;
    return checked(printMember({ name, type: { kind: 'text', bytes }, dimensions }));
  }
  return checked(printMember({ name, type: elementOf(of), dimensions }));
}

function elementOf(type: CType): ElementType {
  if (type.kind === 'integer') {
    return { kind: 'scalar', scalar: `${type.signed ? 'i' : 'u'}${type.bytes * 8}` as 'u8' };
  }
  if (type.kind === 'struct') {
    if (isMessageType(type.struct)) return { kind: 'scalar', scalar: 'TYPE' };
    return { kind: 'struct', name: nameOf(type.struct) };
  }
  throw new Error('a type that was not read has come through');
}

function checked(text: string): string {
  parseMember(text);
  return text;
}
