import { codecOf, counterBefore, repeatedMember, type Codec } from './codec.ts';
import type { Dictionary } from './dictionary.ts';
import type { Scalar } from './notation.ts';
import type { Plan, PlanElement, PlanField } from './plan.ts';
import type { Kind, Shape, ValueOf } from './shape.ts';
import { scalarOf, type LayoutMember, type StructLayout } from './struct-layout.ts';

/** A codec that speaks in meanings. */
export interface BoundCodec<T> extends Codec<T> {
  /** How many items the list at its end holds; 0 where there is none. */
  readonly capacity: number;
  /** Bytes from the beginning of the message to a field: `['item', 2, 'trade_quantity']`. */
  offsetOf(path: readonly (string | number)[]): number;
}

export type Binding<T> = { readonly codec: BoundCodec<T> } | { readonly missing: readonly string[] };

/** Binds a shape to a struct of the dictionary, or says which fields it lacks or has as something else. */
export function bind<const S extends Shape>(
  layout: StructLayout,
  shape: S,
  dictionary: Dictionary,
): Binding<ValueOf<S>> {
  const missing: string[] = [];
  const plan = planOf(layout, shape, dictionary, '', missing);
  if (missing.length > 0) return { missing };
  const codec = codecOf(layout, plan, dictionary) as Codec<ValueOf<S>>;
  const capacity = repeatedMember(layout, dictionary)?.member.dimensions[0] ?? 0;
  return { codec: { ...codec, capacity, offsetOf: (path) => offsetIn(plan, path) } };
}

function planOf(layout: StructLayout, shape: Shape, dictionary: Dictionary, at: string, missing: string[]): Plan {
  const members = new Map(layout.members.map((each) => [dictionary.meaningOf(layout.name, each.name), each]));
  const fields: PlanField[] = [];
  const used = new Set<LayoutMember>();
  for (const [meaning, asked] of Object.entries(shape)) {
    const kind = asked.kind === 'optional' ? asked.of : asked;
    const member = kind.kind === 'type' ? typeMember(layout) : members.get(meaning);
    if (!member) {
      if (asked.kind !== 'optional') missing.push(`${layout.name} has no field for ${at}${meaning}`);
      continue;
    }
    const field = fieldOf(member, meaning, kind, layout, dictionary, at, missing);
    if (!field) continue;
    const isOptional = asked.kind === 'optional';
    if (!isOptional) used.add(member);
    fields.push({ ...field, optional: isOptional });
  }
  const blanks = layout.members.flatMap((member) => (used.has(member) ? [] : blanksIn(member)));
  return { name: layout.name, size: layout.size, fields, blanks };
}

// oapi-facts.md Appendix A has no name for it.
function typeMember({ members }: StructLayout): LayoutMember | undefined {
  return members.find(({ element }) => element.kind === 'scalar' && element.scalar === 'TYPE');
}

function fieldOf(
  member: LayoutMember,
  meaning: string,
  kind: Kind,
  layout: StructLayout,
  dictionary: Dictionary,
  at: string,
  missing: string[],
): Omit<PlanField, 'optional'> | undefined {
  const { offset, elementSize, dimensions } = member;
  const place = `${layout.name}.${member.name}`;
  if (kind.kind === 'list') {
    const counter = counterBefore(member, layout, dictionary);
    if (member.element.kind !== 'struct' || dimensions.length !== 1 || !counter) {
      missing.push(`${place} is no list of structs with a field items before it, which ${at}${meaning} needs`);
      return undefined;
    }
    const plan = planOf(member.element.of, kind.shape, dictionary, `${at}${meaning}.`, missing);
    return {
      property: meaning,
      offset,
      elementSize,
      dimensions,
      element: { kind: 'struct', plan },
      counter: { offset: counter.offset, scalar: scalarOf(counter) as Scalar },
    };
  }
  const element = dimensions.length > 0 ? undefined : elementOf(member, kind, dictionary, `${at}${meaning}.`, missing);
  if (!element) {
    missing.push(`${place} is no ${WORDS[kind.kind]}, which ${at}${meaning} needs`);
    return undefined;
  }
  return { property: meaning, offset, elementSize, dimensions, element };
}

const WORDS: Readonly<Record<Kind['kind'], string>> = {
  int: 'whole number',
  text: 'text',
  search: 'text',
  type: 'type of a message',
  struct: 'struct',
  list: 'list',
  optional: 'field',
};

function elementOf(
  { element }: LayoutMember,
  kind: Kind,
  dictionary: Dictionary,
  at: string,
  missing: string[],
): PlanElement | undefined {
  if (kind.kind === 'int') {
    if (element.kind === 'scalar' && element.scalar !== 'TYPE') return { ...element, exact: false };
    return element.kind === 'text' && element.bytes === 1 ? { kind: 'code' } : undefined;
  }
  if (kind.kind === 'text' || kind.kind === 'search') {
    return element.kind === 'text' ? { ...element, search: kind.kind === 'search' } : undefined;
  }
  if (kind.kind === 'type') return element.kind === 'scalar' ? { ...element, exact: false } : undefined;
  if (kind.kind !== 'struct' || element.kind !== 'struct') return undefined;
  return { kind: 'struct', plan: planOf(element.of, kind.shape, dictionary, at, missing) };
}

// Inside lists and arrays nothing is blanked: unused items are cut or all zero.
function blanksIn(member: LayoutMember, base = 0): readonly { offset: number; size: number }[] {
  const offset = base + member.offset;
  if (member.dimensions.length > 0) return [];
  if (member.element.kind === 'text') return [{ offset, size: member.size }];
  if (member.element.kind !== 'struct') return [];
  return member.element.of.members.flatMap((each) => blanksIn(each, offset));
}

function offsetIn(plan: Plan, path: readonly (string | number)[]): number {
  const [name, ...rest] = path;
  const field = plan.fields.find((each) => each.property === name);
  if (!field) return 0;
  const [index, ...inside] = rest;
  const at = field.offset + (typeof index === 'number' ? index * field.elementSize : 0);
  const further = typeof index === 'number' ? inside : rest;
  return field.element.kind === 'struct' && further.length > 0 ? at + offsetIn(field.element.plan, further) : at;
}
