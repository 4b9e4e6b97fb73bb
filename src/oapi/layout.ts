import { generateDecoder, generateEncoder } from './layout-code.ts';

/** A packed struct in the notation of oapi-facts.md Appendix A; `<name>` is another layout, `[n]` repeats it. */
export interface LayoutText {
  readonly name: string;
  /** The size that the fields must add up to, repeated items included. */
  readonly bytes: number;
  readonly fields: string;
}

/** `qw`: 8 opaque bytes, as one little-endian number. */
export type Scalar = 'u8' | 'u16' | 'u32' | 'i8' | 'i16' | 'i32' | 'i64' | 'u64' | 'qw' | 'type' | 'text';

export type LayoutField =
  | { readonly kind: Scalar; readonly name: string; readonly offset: number; readonly bytes: number }
  | {
      readonly kind: 'struct';
      readonly name: string;
      readonly offset: number;
      readonly bytes: number;
      readonly of: Layout;
    }
  | {
      /** The last field; the field `items` of the same struct counts what is used. */
      readonly kind: 'items';
      readonly name: string;
      readonly offset: number;
      readonly bytes: number;
      readonly of: Layout;
      readonly max: number;
    };

export interface Layout {
  readonly name: string;
  readonly bytes: number;
  readonly fields: readonly LayoutField[];
}

/** Bytes that do not have the layout's size: oapi-facts.md 1.5, -2031 WRONG_TX_SIZE. */
export class LayoutError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'LayoutError';
  }
}

export interface Codec<T> {
  readonly layout: Layout;
  /** @throws LayoutError when the size is wrong; nothing outside the message is read. */
  decode(message: Buffer): T;
  /** Repeated items are cut to the used ones. @throws RangeError where a value does not fit its field */
  encode(value: T): Buffer;
}

export function compileLayouts(texts: readonly LayoutText[]): {
  get<T>(name: string): Codec<T>;
  readonly all: ReadonlyMap<string, Codec<unknown>>;
} {
  const layouts = new Map<string, Layout>();
  const all = new Map<string, Codec<unknown>>();
  for (const text of texts) {
    const layout = parseLayout(text, layouts);
    layouts.set(text.name, layout);
    all.set(text.name, codecOf(layout));
  }
  return {
    all,
    get<T>(name: string) {
      const codec = all.get(name);
      if (!codec) throw new Error(`no layout is called ${name}`);
      return codec as Codec<T>;
    },
  };
}

const SIZES: Readonly<Record<string, number>> = {
  u8: 1,
  i8: 1,
  u16: 2,
  i16: 2,
  u32: 4,
  i32: 4,
  u64: 8,
  i64: 8,
  qw: 8,
  TYPE: 4,
};

/** @throws Error when the notation is wrong or the sizes do not add up: a layout is our data, not input. */
export function parseLayout(text: LayoutText, known: ReadonlyMap<string, Layout>): Layout {
  const fields: LayoutField[] = [];
  let offset = 0;
  for (const part of text.fields.split(',').map((each) => each.trim())) {
    const fill = /^fill(\d+)$/.exec(part);
    if (fill) {
      offset += Number(fill[1]);
      continue;
    }
    const last = fields.at(-1);
    if (last?.kind === 'items') throw new Error(`${text.name}: ${part} follows the repeated items ${last.name}`);
    const field = parseField(part, offset, known);
    if (!field) throw new Error(`${text.name}: "${part}" is no field`);
    if (field.kind === 'items' && !fields.some((each) => each.name === 'items')) {
      throw new Error(`${text.name}: ${part} needs a field "items" before it`);
    }
    fields.push(field);
    offset += field.bytes;
  }
  if (offset !== text.bytes) throw new Error(`${text.name}: the fields have ${offset} bytes, not ${text.bytes}`);
  return { name: text.name, bytes: offset, fields };
}

function parseField(part: string, offset: number, known: ReadonlyMap<string, Layout>): LayoutField | undefined {
  // Names become JavaScript property names in generated code: nothing but these letters gets through.
  const match = /^([a-z][a-z0-9_]*) (?:c(\d+)|<([a-z0-9_]+)>(?:\[(\d+)\])?|(\w+))$/.exec(part);
  if (!match) return undefined;
  const [, name, characters, structName, count, scalar] = match as unknown as [
    string,
    string,
    ...(string | undefined)[],
  ];
  if (characters !== undefined) return { kind: 'text', name, offset, bytes: Number(characters) };
  if (structName !== undefined) {
    const of = known.get(structName);
    if (!of) return undefined;
    if (count === undefined) return { kind: 'struct', name, offset, bytes: of.bytes, of };
    return { kind: 'items', name, offset, bytes: of.bytes * Number(count), of, max: Number(count) };
  }
  const bytes = SIZES[scalar ?? ''];
  if (bytes === undefined) return undefined;
  return { kind: scalar === 'TYPE' ? 'type' : (scalar as Scalar), name, offset, bytes };
}

function codecOf(layout: Layout): Codec<unknown> {
  const decode = generateDecoder(layout);
  const encode = generateEncoder(layout);
  const repeated = layout.fields.find((field) => field.kind === 'items');
  const counter = layout.fields.find((field) => field.name === 'items');
  const fixedBytes = layout.bytes - (repeated?.bytes ?? 0);

  return {
    layout,
    decode(message) {
      if (!repeated || !counter) {
        if (message.length === layout.bytes) return decode(message, 0, 0);
        throw new LayoutError(`${layout.name}: ${message.length} bytes; ${layout.bytes} are allowed`);
      }
      if (message.length < fixedBytes) {
        throw new LayoutError(`${layout.name}: ${message.length} bytes; at least ${fixedBytes} are needed`);
      }
      const items = counter.bytes === 1 ? message.readUInt8(counter.offset) : message.readUInt16LE(counter.offset);
      const used = fixedBytes + items * repeated.of.bytes;
      // oapi-facts.md section 3: cut to the used items or full, both are seen in real programs.
      if (items > repeated.max || (message.length !== used && message.length !== layout.bytes)) {
        throw new LayoutError(
          `${layout.name}: ${message.length} bytes for ${items} items; ${used} or ${layout.bytes}, and at most ${repeated.max} items, are allowed`,
        );
      }
      return decode(message, 0, items);
    },
    encode(value) {
      const items = repeated ? (value as Record<string, readonly unknown[]>)[repeated.name] : undefined;
      const claimed = (value as { readonly items?: number }).items;
      if (repeated && (items === undefined || items.length !== claimed || items.length > repeated.max)) {
        throw new RangeError(
          `${layout.name}: items says ${claimed}, there are ${items?.length}, at most ${repeated.max} fit`,
        );
      }
      const message = Buffer.alloc(fixedBytes + (items?.length ?? 0) * (repeated?.of.bytes ?? 0));
      encode(message, 0, value);
      return message;
    },
  };
}
