import { FieldError, RoomError } from './codec-error.ts';
import type { Scalar } from './notation.ts';
import type { Plan, PlanElement, PlanField } from './plan.ts';

export type Decode = (message: Buffer, offset: number) => unknown;
export type Encode = (message: Buffer, offset: number, value: unknown) => void;

/**
 * One function per struct: platform-notes.md "Codecs in JavaScript" measured a loop over a field table at a fifth of the
 * speed. The code contains numbers and names that were checked to be identifiers, no text of a user.
 */
export function generateDecoder(plan: Plan): Decode {
  const children: Decode[] = [];
  return build<Decode>(['b', 'o'], `return ${decodeStruct(plan, 0, children)};`, {
    readText,
    readSearch,
    readType,
    readWide,
    readWideUnsigned,
    readArray,
    counted,
    children,
  });
}

export function generateEncoder(plan: Plan): Encode {
  const children: Encode[] = [];
  const body = encodeStruct(plan, 0, 'v', children).join('\n');
  return build<Encode>(['b', 'o', 'v'], body, { writeText, writeType, writeWide, writeArray, children });
}

function build<T>(parameters: readonly string[], body: string, uses: Readonly<Record<string, unknown>>): T {
  // oxlint-disable-next-line no-new-func -- the point of this file; see the docstring above.
  const outer = new Function(
    ...Object.keys(uses),
    `'use strict'; return (${parameters.join(', ')}) => {\n${body}\n};`,
  ) as (...used: readonly unknown[]) => T;
  return outer(...Object.values(uses));
}

const READ: Readonly<Record<Exclude<Scalar, 'u64' | 'i64' | 'qw' | 'TYPE'>, (at: string) => string>> = {
  u8: (at) => `b[${at}]`,
  i8: (at) => `b[${at}] << 24 >> 24`,
  u16: (at) => `b.readUInt16LE(${at})`,
  i16: (at) => `b.readInt16LE(${at})`,
  u32: (at) => `b.readUInt32LE(${at})`,
  i32: (at) => `b.readInt32LE(${at})`,
};

const WRITE: Readonly<Record<keyof typeof READ, string>> = {
  u8: 'writeUInt8',
  i8: 'writeInt8',
  u16: 'writeUInt16LE',
  i16: 'writeInt16LE',
  u32: 'writeUInt32LE',
  i32: 'writeInt32LE',
};

function decodeStruct(plan: Plan, base: number, children: Decode[]): string {
  const members = plan.fields.map((field) => `${field.property}: ${decodeField(plan, field, base, children)}`);
  return `{ ${members.join(', ')} }`;
}

function decodeField(plan: Plan, field: PlanField, base: number, children: Decode[]): string {
  const at = `o + ${base + field.offset}`;
  if (field.dimensions.length === 0) return decodeElement(field.element, base + field.offset, children);
  const index = children.push(elementDecoder(field.element)) - 1;
  const [first = 0, ...rest] = field.dimensions;
  const { counter } = field;
  const count = counter
    ? `counted(${decodeScalar(counter.scalar, false, base + counter.offset)}, ${first}, o + ${base + counter.offset}, '${plan.name}.${field.property}')`
    : String(first);
  return `readArray(b, ${at}, [${[count, ...rest].join(', ')}], ${field.elementSize}, children[${index}])`;
}

function decodeElement(element: PlanElement, offset: number, children: Decode[]): string {
  switch (element.kind) {
    case 'scalar':
      return decodeScalar(element.scalar, element.exact, offset);
    case 'text':
      return `${element.search ? 'readSearch' : 'readText'}(b, o + ${offset}, ${element.bytes})`;
    case 'code':
      return `b[o + ${offset}]`;
    case 'struct':
      return decodeStruct(element.plan, offset, children);
  }
}

function decodeScalar(scalar: Scalar, exact: boolean, offset: number): string {
  const at = `o + ${offset}`;
  switch (scalar) {
    case 'TYPE':
      return `readType(b, ${at})`;
    case 'i64':
      return exact ? `b.readBigInt64LE(${at})` : `readWide(b, ${at})`;
    case 'u64':
    case 'qw':
      return exact ? `b.readBigUInt64LE(${at})` : `readWideUnsigned(b, ${at})`;
    case 'u8':
    case 'i8':
    case 'u16':
    case 'i16':
    case 'u32':
    case 'i32':
      return READ[scalar](at);
  }
}

function elementDecoder(element: PlanElement): Decode {
  if (element.kind === 'struct') return generateDecoder(element.plan);
  const body = `return ${decodeElement(element, 0, [])};`;
  return build<Decode>(['b', 'o'], body, { readText, readSearch, readType, readWide, readWideUnsigned });
}

function encodeStruct(plan: Plan, base: number, from: string, children: Encode[]): string[] {
  return [
    ...plan.blanks.map(({ offset, size }) => `b.fill(32, o + ${base + offset}, o + ${base + offset + size});`),
    ...plan.fields.flatMap((field) => {
      const value = `${from}.${field.property}`;
      const statements = encodeField(field, base, value, children);
      return field.optional ? [`if (${value} !== undefined) {`, ...statements, '}'] : statements;
    }),
  ];
}

function encodeField(field: PlanField, base: number, value: string, children: Encode[]): string[] {
  const offset = base + field.offset;
  if (field.dimensions.length === 0) return encodeElement(field.element, offset, value, children);
  const index = children.push(elementEncoder(field.element)) - 1;
  const { counter } = field;
  const sizes = `[${field.dimensions.join(', ')}]`;
  const write = `writeArray(b, o + ${offset}, ${value}, ${sizes}, ${field.elementSize}, ${counter ? 'true' : 'false'}, children[${index}]);`;
  if (!counter) return [write];
  return [write, ...encodeScalar(counter.scalar, base + counter.offset, `${value}.length`)];
}

function encodeElement(element: PlanElement, offset: number, value: string, children: Encode[]): string[] {
  switch (element.kind) {
    case 'scalar':
      return encodeScalar(element.scalar, offset, value);
    case 'text':
      return [`writeText(b, o + ${offset}, ${element.bytes}, ${value});`];
    case 'code':
      return [`b.writeUInt8(${value}, o + ${offset});`];
    case 'struct':
      return encodeStruct(element.plan, offset, value, children);
  }
}

function encodeScalar(scalar: Scalar, offset: number, value: string): string[] {
  const at = `o + ${offset}`;
  switch (scalar) {
    case 'TYPE':
      return [`writeType(b, ${at}, ${value});`];
    case 'i64':
      return [`writeWide(b, ${at}, ${value}, true);`];
    case 'u64':
    case 'qw':
      return [`writeWide(b, ${at}, ${value}, false);`];
    case 'u8':
    case 'i8':
    case 'u16':
    case 'i16':
    case 'u32':
    case 'i32':
      return [`b.${WRITE[scalar]}(${value}, ${at});`];
  }
}

function elementEncoder(element: PlanElement): Encode {
  if (element.kind === 'struct') return generateEncoder(element.plan);
  const body = encodeElement(element, 0, 'v', []).join('\n');
  return build<Encode>(['b', 'o', 'v'], body, { writeText, writeType, writeWide });
}

const SPACE = 0x20;

// oapi-facts.md section 3: space padded; receivers strip trailing spaces and NULs.
function readText(message: Buffer, at: number, bytes: number): string {
  let end = at + bytes;
  while (end > at && (message[end - 1] === SPACE || message[end - 1] === 0)) end--;
  return message.toString('latin1', at, end);
}

function readSearch(message: Buffer, at: number, bytes: number): string | undefined {
  return message[at] === 0 ? undefined : readText(message, at, bytes);
}

function writeText(message: Buffer, at: number, bytes: number, text: string | undefined): void {
  if (text === undefined) return; // A search for any: NULs.
  if (text.length > bytes) throw new RoomError(`"${text}" is longer than ${bytes} characters`);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0xff) throw new RoomError(`"${text}" has a character outside Latin-1`);
    message[at + i] = code;
  }
  // Texts are short: a call of fill costs more than the bytes.
  for (let i = at + text.length; i < at + bytes; i++) message[i] = SPACE;
}

/** `CQ3`: two letters and a number. */
export function readType(message: Buffer, at: number): string {
  return message.toString('latin1', at, at + 2) + String(message.readUInt16LE(at + 2));
}

export function writeType(message: Buffer, at: number, type: string): void {
  message[at] = type.charCodeAt(0);
  message[at + 1] = type.charCodeAt(1);
  message.writeUInt16LE(Number(type.slice(2)), at + 2);
}

function readWide(message: Buffer, at: number): number {
  return safe(message.readInt32LE(at + 4) * 2 ** 32 + message.readUInt32LE(at), at);
}

function readWideUnsigned(message: Buffer, at: number): number {
  return safe(message.readUInt32LE(at + 4) * 2 ** 32 + message.readUInt32LE(at), at);
}

// No quantity, price or number of clearing needs more than 53 bits: a client that sends more has mistaken the field.
function safe(value: number, at: number): number {
  if (Number.isSafeInteger(value)) return value;
  throw new FieldError(at, `a number beyond ${Number.MAX_SAFE_INTEGER}`);
}

function writeWide(message: Buffer, at: number, value: number | bigint, signed: boolean): void {
  if (typeof value === 'bigint') {
    if (signed) message.writeBigInt64LE(value, at);
    else message.writeBigUInt64LE(value, at);
    return;
  }
  // A number in two halves: a fifth of what a bigint costs, and an answer has hundreds.
  if (!Number.isSafeInteger(value) || (value < 0 && !signed)) throw new RoomError(`${value} does not fit 64 bits`);
  message.writeUInt32LE(value >>> 0, at);
  message.writeInt32LE(Math.floor(value / 2 ** 32) | 0, at + 4);
}

function counted(count: number, max: number, at: number, place: string): number {
  if (count >= 0 && count <= max) return count;
  throw new FieldError(at, `${place}: ${count} items; at most ${max} are allowed`);
}

function readArray(message: Buffer, at: number, sizes: readonly number[], bytes: number, decode: Decode): unknown[] {
  const [count = 0, ...inner] = sizes;
  if (inner.length === 0) return Array.from({ length: count }, (_, index) => decode(message, at + index * bytes));
  const stride = inner.reduce((all, each) => all * each, bytes);
  return Array.from({ length: count }, (_, index) => readArray(message, at + index * stride, inner, bytes, decode));
}

function writeArray(
  message: Buffer,
  at: number,
  values: readonly unknown[],
  sizes: readonly number[],
  bytes: number,
  mayBeShort: boolean,
  encode: Encode,
): void {
  const [count = 0, ...inner] = sizes;
  if (values.length > count) throw new RoomError(`${values.length} items; at most ${count} fit`);
  if (values.length < count && !mayBeShort) throw new RoomError(`${values.length} items; ${count} are needed`);
  const stride = inner.reduce((all, each) => all * each, bytes);
  for (const [index, value] of values.entries()) {
    if (inner.length === 0) encode(message, at + index * stride, value);
    else writeArray(message, at + index * stride, value as readonly unknown[], inner, bytes, false, encode);
  }
}
