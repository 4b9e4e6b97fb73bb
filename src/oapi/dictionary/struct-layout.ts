import type { StructEntry } from './dictionary-file.ts';
import { NotationError, parseMember, SCALAR_BYTES, type ElementType, type Scalar } from './notation.ts';

/** One element of a member, with the layout of the struct that it may be. */
export type Element = Exclude<ElementType, { kind: 'struct' }> | { readonly kind: 'struct'; readonly of: StructLayout };

export interface LayoutMember {
  readonly name: string;
  /** Bytes from the beginning of the struct. */
  readonly offset: number;
  /** Bytes, all elements together. */
  readonly size: number;
  readonly element: Element;
  readonly elementSize: number;
  readonly dimensions: readonly number[];
}

/** A packed struct with its offsets: pack(1), little-endian (oapi-facts.md section 3, C). */
export interface StructLayout {
  readonly name: string;
  readonly size: number;
  readonly source: string;
  readonly members: readonly LayoutMember[];
}

/** @throws NotationError that names struct and member */
export function layOut(entry: StructEntry, known: ReadonlyMap<string, StructLayout>): StructLayout {
  const members: LayoutMember[] = [];
  const names = new Set<string>();
  let offset = 0;
  for (const text of entry.members) {
    const { name, type, dimensions } = within(entry.name, () => parseMember(text));
    if (names.has(name)) throw new NotationError(`${entry.name}: there are two members ${name}`);
    names.add(name);
    const element = elementOf(type, known, `${entry.name}.${name}`);
    const elementSize = sizeOf(element);
    const size = dimensions.reduce((all, count) => all * count, elementSize);
    members.push({ name, offset, size, element, elementSize, dimensions });
    offset += size;
  }
  if (offset !== entry.size) {
    throw new NotationError(`${entry.name}: the members have ${offset} bytes, not ${entry.size}`);
  }
  return { name: entry.name, size: offset, source: entry.source, members };
}

export function scalarOf(member: LayoutMember): Scalar | undefined {
  return member.element.kind === 'scalar' ? member.element.scalar : undefined;
}

function elementOf(type: ElementType, known: ReadonlyMap<string, StructLayout>, place: string): Element {
  if (type.kind !== 'struct') return type;
  const of = known.get(type.name);
  if (!of) throw new NotationError(`${place}: there is no struct ${type.name} before it`);
  return { kind: 'struct', of };
}

function sizeOf(element: Element): number {
  if (element.kind === 'scalar') return SCALAR_BYTES[element.scalar];
  return element.kind === 'struct' ? element.of.size : element.bytes;
}

function within<T>(place: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof NotationError) throw new NotationError(`${place}: ${error.message}`);
    throw error;
  }
}
