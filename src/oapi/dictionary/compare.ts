import type { Dictionary } from './dictionary.ts';
import { printType } from './notation.ts';
import type { Element, LayoutMember, StructLayout } from './struct-layout.ts';

/** One difference of two dictionaries; `a` and `b` say what each has, absent where it has nothing. */
export interface Difference {
  readonly kind: 'message' | 'struct' | 'member' | 'named-struct' | 'code' | 'enumeration';
  /** `CQ10`, `account_t`, `account_t.id`, `CL_OMN_X`, `trade_type.standard`. */
  readonly where: string;
  readonly what: 'missing' | 'moved' | 'resized' | 'renamed' | 'changed';
  readonly a?: string;
  readonly b?: string;
}

/** What two dictionaries have in another way, field by field; members are compared by what they mean. */
export function compareDictionaries(a: Dictionary, b: Dictionary): readonly Difference[] {
  const compared = new Set<string>();
  const out: Difference[] = [];
  for (const type of union(a.messages.keys(), b.messages.keys())) {
    const [left, right] = [a.messages.get(type), b.messages.get(type)];
    out.push(
      ...compareTexts(
        'message',
        type,
        left?.struct.name && sizeText(left.struct),
        right?.struct.name && sizeText(right.struct),
        'presence',
      ),
    );
    if (!left || !right) continue;
    out.push(...compareTexts('message', type, left.variable ?? 'fixed', right.variable ?? 'fixed', 'value'));
    // The two may name it in another way: the message says that they are the same.
    if (left.struct.name !== right.struct.name && !compared.has(`${left.struct.name} ${right.struct.name}`)) {
      compared.add(`${left.struct.name} ${right.struct.name}`);
      out.push({ kind: 'struct', where: left.struct.name, what: 'renamed', a: left.struct.name, b: right.struct.name });
      out.push(...compareStructs(left.struct, right.struct, a, b));
    }
  }
  for (const name of union(a.structs.keys(), b.structs.keys())) {
    const [left, right] = [a.structs.get(name), b.structs.get(name)];
    if (left && right) out.push(...compareStructs(left, right, a, b));
    else if (![...compared].some((pair) => pair.split(' ').includes(name))) {
      out.push(...compareTexts('struct', name, left && sizeText(left), right && sizeText(right), 'presence'));
    }
  }
  for (const number of union(a.namedStructs.keys(), b.namedStructs.keys())) {
    const [left, right] = [a.namedStructs.get(number)?.name, b.namedStructs.get(number)?.name];
    out.push(...compareTexts('named-struct', String(number), left, right, 'value'));
  }
  for (const name of union(a.codes.keys(), b.codes.keys())) {
    out.push(...compareTexts('code', name, a.codes.get(name)?.toString(), b.codes.get(name)?.toString(), 'value'));
  }
  for (const name of union(a.enumerations.keys(), b.enumerations.keys())) {
    const [left, right] = [a.enumerations.get(name) ?? {}, b.enumerations.get(name) ?? {}];
    for (const word of union(Object.keys(left), Object.keys(right))) {
      out.push(
        ...compareTexts('enumeration', `${name}.${word}`, left[word]?.toString(), right[word]?.toString(), 'value'),
      );
    }
  }
  return out;
}

function compareStructs(left: StructLayout, right: StructLayout, a: Dictionary, b: Dictionary): readonly Difference[] {
  const out: Difference[] = [];
  if (left.size !== right.size) {
    out.push({ kind: 'struct', where: left.name, what: 'resized', a: `${left.size} bytes`, b: `${right.size} bytes` });
  }
  const [ours, theirs] = [byMeaning(left, a), byMeaning(right, b)];
  for (const meaning of union(ours.keys(), theirs.keys())) {
    const [one, two] = [ours.get(meaning), theirs.get(meaning)];
    const where = `${left.name}.${one?.name ?? two?.name ?? meaning}`;
    const differ = (what: Difference['what'], x: string, y: string): void => {
      if (x !== y) out.push({ kind: 'member', where, what, a: x, b: y });
    };
    if (!one || !two) {
      out.push(...compareTexts('member', where, one && memberText(one), two && memberText(two), 'presence'));
      continue;
    }
    differ('renamed', one.name, two.name);
    differ('moved', `offset ${one.offset}`, `offset ${two.offset}`);
    if (one.size !== two.size) differ('resized', memberText(one), memberText(two));
    else differ('changed', typeOf(one), typeOf(two));
  }
  return out;
}

/** The type of a member as its notation has it, a struct without its brackets: `i64`, `series`, `c8[2]`. */
export function typeOf({ element, dimensions }: LayoutMember): string {
  return `${elementText(element)}${dimensions.map((each) => `[${each}]`).join('')}`;
}

function elementText(element: Element): string {
  return element.kind === 'struct' ? element.of.name : printType(element);
}

function byMeaning(struct: StructLayout, dictionary: Dictionary): ReadonlyMap<string, LayoutMember> {
  return new Map(struct.members.map((member) => [dictionary.meaningOf(struct.name, member.name), member]));
}

function compareTexts(
  kind: Difference['kind'],
  where: string,
  a: string | undefined,
  b: string | undefined,
  asks: 'presence' | 'value',
): readonly Difference[] {
  if (a === undefined && b === undefined) return [];
  if (a === undefined) return [{ kind, where, what: 'missing', b: b ?? '' }];
  if (b === undefined) return [{ kind, where, what: 'missing', a }];
  return asks === 'presence' || a === b ? [] : [{ kind, where, what: 'changed', a, b }];
}

function sizeText({ name, size }: StructLayout): string {
  return `${name}, ${size} bytes`;
}

function memberText(member: LayoutMember): string {
  return `${typeOf(member)}, ${member.size} ${member.size === 1 ? 'byte' : 'bytes'}`;
}

function union<T>(a: Iterable<T>, b: Iterable<T>): readonly T[] {
  return [...new Set([...a, ...b])];
}
