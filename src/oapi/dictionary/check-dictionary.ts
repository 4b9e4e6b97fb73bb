import type { DictionaryFile } from './dictionary-file.ts';
import { NotationError } from './notation.ts';
import { layOut, type StructLayout } from './struct-layout.ts';

/** What is wrong in a dictionary file whose shape is right: each with its place in the file. */
export function dictionaryProblems(file: DictionaryFile): readonly string[] {
  const problems: string[] = [];
  const structs = new Map<string, StructLayout>();
  for (const [i, entry] of file.structs.entries()) {
    const place = `structs[${i}]`;
    if (structs.has(entry.name)) problems.push(`${place}.name: there are two structs ${entry.name}`);
    try {
      structs.set(entry.name, layOut(entry, structs));
    } catch (error) {
      if (!(error instanceof NotationError)) throw error;
      problems.push(`${place}: ${error.message}`);
      // What contains it shall not be a problem of its own.
      structs.set(entry.name, { name: entry.name, size: entry.size, source: entry.source, members: [] });
    }
  }
  const known = [...structs.keys()];
  const checkStruct = (name: string, place: string): void => {
    if (!structs.has(name)) problems.push(`${place}: there is no struct ${name}; ${near(name, known)}`);
  };
  for (const [i, entry] of file.messages.entries()) checkStruct(entry.struct, `messages[${i}].struct (${entry.type})`);
  for (const [i, entry] of file.namedStructs.entries()) {
    checkStruct(entry.struct, `namedStructs[${i}].struct (${entry.number})`);
  }
  problems.push(
    ...twice(
      'messages',
      'type',
      file.messages.map((each) => each.type),
    ),
    ...twice(
      'namedStructs',
      'number',
      file.namedStructs.map((each) => String(each.number)),
    ),
    ...twice(
      'codes',
      'name',
      file.codes.map((each) => each.name),
    ),
    ...twice(
      'enumerations',
      'name',
      file.enumerations.map((each) => each.name),
    ),
    ...meaningProblems(file, structs),
  );
  return problems;
}

function meaningProblems({ meanings = {} }: DictionaryFile, structs: ReadonlyMap<string, StructLayout>): string[] {
  const every = new Set([...structs.values()].flatMap((struct) => struct.members.map((member) => member.name)));
  return Object.entries(meanings).flatMap(([struct, members]) => {
    const names = struct === '*' ? every : new Set(structs.get(struct)?.members.map((each) => each.name));
    if (struct !== '*' && !structs.has(struct)) {
      return [`meanings.${struct}: there is no struct ${struct}; ${near(struct, [...structs.keys()])}, and * for all`];
    }
    return Object.keys(members)
      .filter((member) => !names.has(member))
      .map((member) => `meanings.${struct}.${member}: there is no such member; ${near(member, [...names])}`);
  });
}

function twice(list: string, key: string, values: readonly string[]): string[] {
  return values.flatMap((value, i) =>
    values.indexOf(value) < i ? [`${list}[${i}].${key}: ${value} stands here a second time`] : [],
  );
}

const NAMES_SHOWN_MAX = 5;

/** Names that share the longest beginning with `wanted`: enough to find a slip of the pen. */
function near(wanted: string, names: readonly string[]): string {
  if (names.length === 0) return 'there is none at all';
  const common = (name: string): number => {
    let length = 0;
    while (length < name.length && name[length] === wanted[length]) length += 1;
    return length;
  };
  const best = names.toSorted((a, b) => common(b) - common(a) || (a < b ? -1 : 1)).slice(0, NAMES_SHOWN_MAX);
  return `there is ${best.join(', ')}${names.length > best.length ? ' and others' : ''}`;
}
