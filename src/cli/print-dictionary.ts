import { typeOf, type Difference } from '../oapi/dictionary/compare.ts';
import type { Dictionary } from '../oapi/dictionary/dictionary.ts';
import type { StructLayout } from '../oapi/dictionary/struct-layout.ts';
import { toTable } from './output.ts';

/** design.md 5.6. With structs named, those alone and the messages that they are. */
export function dictionaryJson(dictionary: Dictionary, wanted: readonly StructLayout[]): object {
  const shown = wanted.length > 0 ? wanted : [...dictionary.structs.values()];
  const has = (struct: StructLayout): boolean => shown.includes(struct);
  return {
    name: dictionary.name,
    structs: shown.map(({ name, size, members }) => ({
      name,
      size,
      members: members.map((member) => ({
        name: member.name,
        offset: member.offset,
        size: member.size,
        type: typeOf(member),
      })),
    })),
    messages: [...dictionary.messages]
      .filter(([, { struct }]) => has(struct))
      .map(([type, { struct }]) => ({ type, struct: struct.name })),
    namedStructs: [...dictionary.namedStructs]
      .filter(([, struct]) => has(struct))
      .map(([number, struct]) => ({ number, struct: struct.name })),
    codes: wanted.length > 0 ? [] : [...dictionary.codes].map(([name, value]) => ({ name, value })),
  };
}

/** One struct as a table. */
export function layoutText(struct: StructLayout, dictionary: Dictionary): string {
  const types = [...dictionary.messages].filter(([, message]) => message.struct === struct).map(([type]) => type);
  const numbers = [...dictionary.namedStructs].filter(([, named]) => named === struct).map(([number]) => number);
  const uses = [...types, ...numbers.map((number) => `named struct ${number}`)];
  const rows = struct.members.map((member) => {
    const meaning = dictionary.meaningOf(struct.name, member.name);
    return [
      String(member.offset),
      String(member.size),
      typeOf(member),
      member.name,
      meaning === member.name ? '' : meaning,
    ];
  });
  const head = `${struct.name}, ${struct.size} bytes${uses.length > 0 ? `: ${uses.join(', ')}` : ''}`;
  return [head, toTable([['OFFSET', 'SIZE', 'TYPE', 'NAME', 'MEANING'], ...rows], '  ')].join('\n');
}

/** The messages, one a line. */
export function messagesText(dictionary: Dictionary): string {
  const rows = [...dictionary.messages].map(([type, { struct, variable }]) => [
    type,
    String(struct.size),
    struct.name,
    variable === undefined ? '' : `then ${variable}`,
  ]);
  const counts = `${dictionary.structs.size} structs, ${dictionary.messages.size} messages, ${dictionary.namedStructs.size} named structs, ${dictionary.codes.size} codes`;
  return `${toTable([['TYPE', 'SIZE', 'STRUCT', 'VARIABLE'], ...rows])}\n\n${dictionary.name} (${dictionary.family}): ${counts}`;
}

export function differencesText(differences: readonly Difference[], a: string, b: string): string {
  const lines = differences.map(({ kind, where, what, a: left, b: right }) => {
    const sides =
      left === undefined
        ? `only in ${b}: ${right}`
        : right === undefined
          ? `only in ${a}: ${left}`
          : `${what}: ${left} -> ${right}`;
    const oneLine = `${kind} ${where}  ${sides}`;
    return oneLine.length <= 80 ? oneLine : `${kind} ${where}\n    ${sides}`;
  });
  return `${lines.join('\n')}\n\n${differences.length} ${differences.length === 1 ? 'difference' : 'differences'}, ${a} -> ${b}`;
}
