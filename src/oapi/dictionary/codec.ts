import { RoomError, SizeError } from './codec-error.ts';
import { generateDecoder, generateEncoder, writeType } from './codec-code.ts';
import type { Dictionary } from './dictionary.ts';
import type { Scalar } from './notation.ts';
import type { Plan, PlanField } from './plan.ts';
import { scalarOf, type LayoutMember, type StructLayout } from './struct-layout.ts';

/** Reads and writes one struct. */
export interface Codec<T> {
  readonly layout: StructLayout;
  /**
   * @throws SizeError when the size is wrong; nothing outside the message is read
   * @throws FieldError when a number in it cannot be
   */
  decode(message: Buffer): T;
  /**
   * The head gets `type`, where one is given; repeated items at the end are cut to the used ones.
   * @throws RoomError where a value does not fit its field
   */
  encode(value: T, type?: string): Buffer;
}

/**
 * Every member by its own name, 64 bits as bigint: for tools, and for clients that know a message by its layout. The
 * counter of repeated items is their number and no member of its own. What a value leaves out is written as zeros: 0,
 * and in a text the NULs that search for any.
 */
export function rawCodec(layout: StructLayout, dictionary: Dictionary): Codec<Record<string, unknown>> {
  return codecOf(layout, rawPlan(layout, dictionary), dictionary) as Codec<Record<string, unknown>>;
}

/** @internal `bind.ts` makes plans of other fields. */
export function codecOf(layout: StructLayout, plan: Plan, dictionary: Dictionary): Codec<unknown> {
  const decode = lazily(() => generateDecoder(plan));
  const encode = lazily(() => generateEncoder(plan));
  const repeated = repeatedMember(layout, dictionary);
  const property = repeated && plan.fields.find((field) => field.offset === repeated.member.offset)?.property;
  const fixedSize = layout.size - (repeated?.member.size ?? 0);
  const stride = repeated ? repeated.member.size / (repeated.member.dimensions[0] ?? 1) : 0;

  return {
    layout,
    decode(message) {
      checkSize(message);
      return decode()(message, 0);
    },
    encode(value, type) {
      const items = property === undefined ? undefined : (value as Record<string, readonly unknown[]>)[property];
      const message = Buffer.alloc(repeated ? fixedSize + (items?.length ?? 0) * stride : layout.size);
      try {
        encode()(message, 0, value);
      } catch (error) {
        // Node's own, of an integer that is wider than its field.
        if (error instanceof RangeError) throw new RoomError(`${layout.name}: ${error.message}`);
        if (error instanceof RoomError) throw new RoomError(`${layout.name}: ${error.message}`);
        throw error;
      }
      if (type !== undefined) writeType(message, 0, type);
      return message;
    },
  };

  function checkSize(message: Buffer): void {
    if (!repeated) {
      if (message.length === layout.size) return;
      throw new SizeError(`${layout.name}: ${message.length} bytes; ${layout.size} are allowed`);
    }
    if (message.length < fixedSize) {
      throw new SizeError(`${layout.name}: ${message.length} bytes; at least ${fixedSize} are needed`);
    }
    const items = readCounter(message, repeated.counter);
    const used = fixedSize + items * stride;
    // oapi-facts.md section 3: cut to the used items or full, both are seen in real programs.
    if (message.length === layout.size || (message.length === used && used <= layout.size)) return;
    const max = repeated.member.dimensions[0];
    throw new SizeError(
      `${layout.name}: ${message.length} bytes for ${items} items; ${used} or ${layout.size}, and at most ${max} items, are allowed`,
    );
  }
}

/** The array at the end of a struct, and the member before it that counts what is used. */
export function repeatedMember(
  layout: StructLayout,
  dictionary: Dictionary,
): { readonly member: LayoutMember; readonly counter: LayoutMember } | undefined {
  const member = layout.members.at(-1);
  if (!member || member.dimensions.length === 0 || member.element.kind !== 'struct') return undefined;
  const counter = counterBefore(member, layout, dictionary);
  return counter && { member, counter };
}

/** The member `items` of the same struct, before `member`. */
export function counterBefore(
  member: LayoutMember,
  layout: StructLayout,
  dictionary: Dictionary,
): LayoutMember | undefined {
  return layout.members.find(
    (each) =>
      each.offset < member.offset &&
      each.dimensions.length === 0 &&
      COUNTERS.has(scalarOf(each) ?? '') &&
      dictionary.meaningOf(layout.name, each.name) === 'items',
  );
}

const COUNTERS = new Set(['u8', 'i8', 'u16', 'i16', 'u32', 'i32']);

function rawPlan(layout: StructLayout, dictionary: Dictionary): Plan {
  const repeated = repeatedMember(layout, dictionary);
  const fields: PlanField[] = [];
  for (const member of layout.members) {
    const { element, elementSize, offset, dimensions } = member;
    if (element.kind === 'fill' || member === repeated?.counter) continue;
    fields.push({
      property: member.name,
      offset,
      elementSize,
      dimensions,
      optional: true,
      element:
        element.kind === 'struct'
          ? { kind: 'struct', plan: rawPlan(element.of, dictionary) }
          : element.kind === 'text'
            ? { kind: 'text', bytes: element.bytes, search: false }
            : { kind: 'scalar', scalar: element.scalar, exact: true },
      ...(member === repeated?.member
        ? { counter: { offset: repeated.counter.offset, scalar: scalarOf(repeated.counter) as Scalar } }
        : {}),
    });
  }
  return { name: layout.name, size: layout.size, fields, blanks: [] };
}

function readCounter(message: Buffer, { offset, size }: LayoutMember): number {
  return message.readUIntLE(offset, size);
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
