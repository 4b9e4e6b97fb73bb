import type { DictionaryFamily, DictionaryFile, MessageEntry } from './dictionary-file.ts';
import { NotationError } from './notation.ts';
import { layOut, type StructLayout } from './struct-layout.ts';

/** A dictionary ready for use: layouts with offsets, and what stands where by name and number. */
export interface Dictionary {
  readonly name: string;
  readonly family: DictionaryFamily;
  readonly structs: ReadonlyMap<string, StructLayout>;
  /** By `CQ3`. */
  readonly messages: ReadonlyMap<string, Message>;
  readonly namedStructs: ReadonlyMap<number, StructLayout>;
  /** Numbers by name: `CL_OMN_ILLTRNSTIME`. */
  readonly codes: ReadonlyMap<string, number>;
  /** By field, then by the model's word. */
  readonly enumerations: ReadonlyMap<string, Readonly<Record<string, number>>>;
  /** What a member means: the name that the shipped dictionaries have for it. */
  meaningOf(struct: string, member: string): string;
}

export interface Message extends Omit<MessageEntry, 'struct'> {
  readonly struct: StructLayout;
}

/** Compiles a file that has been read. @throws NotationError that says where */
export function openDictionary(file: DictionaryFile): Dictionary {
  const structs = new Map<string, StructLayout>();
  for (const entry of file.structs) {
    if (structs.has(entry.name)) throw new NotationError(`there are two structs ${entry.name}`);
    structs.set(entry.name, layOut(entry, structs));
  }
  const structOf = (name: string, place: string): StructLayout => {
    const struct = structs.get(name);
    if (!struct) throw new NotationError(`${place}: there is no struct ${name}`);
    return struct;
  };
  const messages = new Map<string, Message>();
  for (const entry of file.messages) {
    if (messages.has(entry.type)) throw new NotationError(`there are two messages ${entry.type}`);
    messages.set(entry.type, { ...entry, struct: structOf(entry.struct, `message ${entry.type}`) });
  }
  const namedStructs = new Map<number, StructLayout>();
  for (const { number, struct } of file.namedStructs) {
    if (namedStructs.has(number)) throw new NotationError(`there are two named structs ${number}`);
    namedStructs.set(number, structOf(struct, `named struct ${number}`));
  }
  const meanings = file.meanings ?? {};
  return {
    name: file.name,
    family: file.family,
    structs,
    messages,
    namedStructs,
    codes: new Map(file.codes.map(({ name, value }) => [name, value])),
    enumerations: new Map(file.enumerations.map(({ name, values }) => [name, values])),
    meaningOf: (struct, member) => meanings[struct]?.[member] ?? meanings['*']?.[member] ?? withoutSuffix(member),
  };
}

/**
 * oapi-facts.md section 3: the headers' names end in a mark of the type (`trade_quantity_i`, `account_id_s`) that does
 * not say the width (C). The shipped dictionaries leave it out.
 */
export function withoutSuffix(member: string): string {
  return member.replace(/_[scniuq]$/, '');
}

/**
 * A dictionary with the codes and enumerations of its family where it has none of its own: headers have the layouts and
 * some codes, but no numbers of fields.
 */
export function withFamily(own: Dictionary, family: Dictionary): Dictionary {
  return {
    ...own,
    codes: new Map([...family.codes, ...own.codes]),
    enumerations: new Map(
      [...new Set([...family.enumerations.keys(), ...own.enumerations.keys()])].map((name) => [
        name,
        { ...family.enumerations.get(name), ...own.enumerations.get(name) },
      ]),
    ),
  };
}
