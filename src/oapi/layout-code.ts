import type { Layout, LayoutField } from './layout.ts';

export type Decode = (message: Buffer, offset: number, items: number) => unknown;
export type Encode = (message: Buffer, offset: number, value: unknown) => void;

const READ: Readonly<Record<string, (at: string) => string>> = {
  u8: (at) => `b[${at}]`,
  i8: (at) => `b[${at}] << 24 >> 24`,
  u16: (at) => `b.readUInt16LE(${at})`,
  i16: (at) => `b.readInt16LE(${at})`,
  u32: (at) => `b.readUInt32LE(${at})`,
  i32: (at) => `b.readInt32LE(${at})`,
  u64: (at) => `b.readBigUInt64LE(${at})`,
  i64: (at) => `b.readBigInt64LE(${at})`,
  qw: (at) => `b.readBigUInt64LE(${at})`,
};

const WRITE: Readonly<Record<string, string>> = {
  u8: 'writeUInt8',
  i8: 'writeInt8',
  u16: 'writeUInt16LE',
  i16: 'writeInt16LE',
  u32: 'writeUInt32LE',
  i32: 'writeInt32LE',
  u64: 'writeBigUInt64LE',
  i64: 'writeBigInt64LE',
  qw: 'writeBigUInt64LE',
};

/**
 * One function per layout: platform-notes.md "Codecs in JavaScript" measured a loop over a field table
 * at a fifth of the speed. The code contains numbers and checked names only, no text of a user.
 */
export function generateDecoder(layout: Layout): Decode {
  const children: Decode[] = [];
  const body = `return ${decodeExpression(layout, 0, children)};`;
  return build<Decode>(['b', 'o', 'n'], body, { readText, readType, readItems, children });
}

export function generateEncoder(layout: Layout): Encode {
  const children: Encode[] = [];
  const body = encodeStatements(layout, 0, 'v', children).join('\n');
  return build<Encode>(['b', 'o', 'v'], body, { writeText, writeType, writeItems, children });
}

function build<T>(parameters: readonly string[], body: string, uses: Readonly<Record<string, unknown>>): T {
  // oxlint-disable-next-line no-new-func -- the point of this file; see the docstring above.
  const outer = new Function(
    ...Object.keys(uses),
    `'use strict'; return (${parameters.join(', ')}) => {\n${body}\n};`,
  ) as (...used: readonly unknown[]) => T;
  return outer(...Object.values(uses));
}

function decodeExpression(layout: Layout, base: number, children: Decode[]): string {
  const members = layout.fields.map((field) => `${field.name}: ${decodeField(field, base, children)}`);
  return `{ ${members.join(', ')} }`;
}

function decodeField(field: LayoutField, base: number, children: Decode[]): string {
  const at = `o + ${base + field.offset}`;
  if (field.kind === 'struct') return decodeExpression(field.of, base + field.offset, children);
  if (field.kind === 'items') {
    const index = children.push(generateDecoder(field.of)) - 1;
    return `readItems(b, ${at}, n, ${field.of.bytes}, children[${index}])`;
  }
  if (field.kind === 'text') return `readText(b, ${at}, ${field.bytes})`;
  if (field.kind === 'type') return `readType(b, ${at})`;
  return (READ[field.kind] as (at: string) => string)(at);
}

function encodeStatements(layout: Layout, base: number, from: string, children: Encode[]): string[] {
  return layout.fields.flatMap((field) => {
    const at = `o + ${base + field.offset}`;
    const value = `${from}.${field.name}`;
    if (field.kind === 'struct') return encodeStatements(field.of, base + field.offset, value, children);
    if (field.kind === 'items') {
      const index = children.push(generateEncoder(field.of)) - 1;
      return [`writeItems(b, ${at}, ${value}, ${field.of.bytes}, children[${index}]);`];
    }
    if (field.kind === 'text') return [`writeText(b, ${at}, ${field.bytes}, ${value});`];
    if (field.kind === 'type') return [`writeType(b, ${at}, ${value});`];
    return [`b.${WRITE[field.kind]}(${value}, ${at});`];
  });
}

const SPACE = 0x20;

// oapi-facts.md section 3: space padded; receivers strip trailing spaces and NULs.
function readText(message: Buffer, at: number, bytes: number): string {
  let end = at + bytes;
  while (end > at && (message[end - 1] === SPACE || message[end - 1] === 0)) end--;
  return message.toString('latin1', at, end);
}

function writeText(message: Buffer, at: number, bytes: number, text: string): void {
  if (text.length > bytes) throw new RangeError(`"${text}" is longer than ${bytes} characters`);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0xff) throw new RangeError(`"${text}" has a character outside Latin-1`);
    message[at + i] = code;
  }
  message.fill(SPACE, at + text.length, at + bytes);
}

/** `CQ3`: two letters and a number. */
export function readType(message: Buffer, at: number): string {
  return message.toString('latin1', at, at + 2) + String(message.readUInt16LE(at + 2));
}

function writeType(message: Buffer, at: number, type: string): void {
  message[at] = type.charCodeAt(0);
  message[at + 1] = type.charCodeAt(1);
  message.writeUInt16LE(Number(type.slice(2)), at + 2);
}

function readItems(message: Buffer, at: number, items: number, bytes: number, decode: Decode): unknown[] {
  return Array.from({ length: items }, (_, index) => decode(message, at + index * bytes, 0));
}

function writeItems(message: Buffer, at: number, items: readonly unknown[], bytes: number, encode: Encode): void {
  for (let index = 0; index < items.length; index++) encode(message, at + index * bytes, items[index]);
}
