import {
  DICTIONARY_FORMAT,
  type DictionaryFamily,
  type DictionaryFile,
  type MessageEntry,
  type NamedStructEntry,
  type StructEntry,
} from '../dictionary/dictionary-file.ts';
import { nameOf, type CStruct } from './c-type.ts';
import { codesOf } from './codes.ts';
import { declarationsOf, type Declarations } from './declarations.ts';
import { baseName, isMessageType, structEntry } from './dictionary-structs.ts';
import { preprocess, type Sources } from './preprocess.ts';
import { findingAt, type Finding } from './token.ts';

export interface ImportOptions extends Sources {
  readonly name: string;
  /** Bytes of `long`; without it a `long` is reported. */
  readonly longBytes?: 4 | 8;
  /** Left out: by the size of the account struct. */
  readonly family?: DictionaryFamily;
  /** Beginnings of names whose numbers are codes, beside the known ones. */
  readonly codePrefixes?: readonly string[];
}

export interface Imported {
  /** Undefined when there is no struct, or nothing says the family. */
  readonly dictionary: DictionaryFile | undefined;
  /** What was not read, in the order in which it was found. */
  readonly unread: readonly Finding[];
  /** Choices that were made by rule. */
  readonly notes: readonly Finding[];
  /** Why there is no dictionary. */
  readonly missing?: string;
}

/** oapi-facts.md section 3: the types of which the messages carry named structs, in items or directly. */
const VARIABLE: Readonly<Record<string, NonNullable<MessageEntry['variable']>>> = {
  CA10: 'items',
  CA11: 'items',
  CA128: 'items',
  UA14: 'items',
  ...Object.fromEntries(Array.from({ length: 10 }, (_, last) => [`DA12${last}`, 'items' as const])),
  BD6: 'sub-items',
  BO5: 'sub-items',
  BI81: 'sub-items',
  CB31: 'sub-items',
};
const ACCOUNT = /^account(?:_t|_s)?$/;
const FAMILY_OF_ACCOUNT: Readonly<Record<number, DictionaryFamily>> = { 24: 'genium', 20: 'click' };

/** Reads C headers into a dictionary. What cannot be read is left out with all that contains it, and reported. */
export function importHeaders(files: readonly string[], options: ImportOptions): Imported {
  const { tokens, macros, findings, notes: first } = preprocess(files, options);
  const declared = declarationsOf(tokens, { longBytes: options.longBytes });
  const unread = [...findings, ...declared.findings];
  const notes = [...first];
  const structs = entriesOf(declared, unread, notes);
  const kept = new Set(structs.keys());
  const { messages, namedStructs } = messagesOf(declared, kept, unread);
  const entries = [...structs.values()];
  const family = options.family ?? familyOf(entries);
  const codes = codesOf(macros, options.codePrefixes ?? []);
  if (entries.length === 0) return { dictionary: undefined, unread, notes, missing: 'no struct was read' };
  if (family === undefined) {
    const missing =
      'no struct account or account_t of 24 or of 20 bytes says the generation: give --family genium (24 bytes, 64-bit quantities) or --family click (20 bytes)';
    return { dictionary: undefined, unread, notes, missing };
  }
  const names = files.map(baseName);
  const dictionary: DictionaryFile = {
    format: DICTIONARY_FORMAT,
    name: options.name,
    family,
    title: `imported from ${names.join(', ')}`,
    sources: Object.fromEntries(names.map((each) => [each, 'a header of the user; private'])),
    structs: entries,
    messages,
    namedStructs,
    codes,
    enumerations: [],
  };
  return { dictionary, unread, notes };
}

function entriesOf(declared: Declarations, unread: Finding[], notes: Finding[]): ReadonlyMap<CStruct, StructEntry> {
  const entries = new Map<CStruct, StructEntry>();
  const owners = new Map<string, CStruct>();
  for (const struct of declared.structs) {
    if (struct.unread !== undefined || struct.owner?.struct.unread !== undefined) continue;
    // Its members stand in its owner.
    if (struct.owner?.member.startsWith('anonymous_') && struct.tag === undefined && isFlattened(struct)) continue;
    const name = nameOf(struct);
    if (struct.typedef === undefined && struct.tag === undefined && !struct.owner) continue;
    const before = owners.get(name);
    if (before) {
      unread.push(
        findingAt(
          struct.place,
          `there is a struct ${name} already, of line ${before.place.line}; this one is left out`,
        ),
      );
      struct.unread = 'its name is another’s';
      continue;
    }
    const lost = (struct.members ?? []).find(({ type }) => {
      for (let of = type; ; of = of.of) {
        if (of.kind === 'array') continue;
        return of.kind === 'struct' && of.struct.unread !== undefined;
      }
    });
    if (lost) {
      unread.push(findingAt(lost.place, `${lost.name ?? 'this member'}: its struct was left out, and so is ${name}`));
      struct.unread = 'it contains a struct that was left out';
      continue;
    }
    owners.set(name, struct);
    entries.set(
      struct,
      structEntry(struct, (finding) => void notes.push(finding)),
    );
    if (isMessageType(struct))
      notes.push(findingAt(struct.place, `${name}: two characters and 16 bits: it is the TYPE of messages`));
  }
  return entries;
}

function isFlattened(struct: CStruct): boolean {
  return (
    struct.owner?.struct.members?.some(
      ({ name, type }) => name === undefined && type.kind === 'struct' && type.struct === struct,
    ) ?? false
  );
}

function messagesOf(
  declared: Declarations,
  kept: ReadonlySet<CStruct>,
  unread: Finding[],
): { readonly messages: readonly MessageEntry[]; readonly namedStructs: readonly NamedStructEntry[] } {
  const messages = new Map<string, MessageEntry>();
  const namedStructs = new Map<number, NamedStructEntry>();
  const hasNamed = [...declared.tags].some(
    ([struct, tags]) => kept.has(struct) && tags.some((tag) => tag.namedStruct !== undefined),
  );
  for (const [struct, tags] of declared.tags) {
    for (const { token, type, namedStruct } of tags) {
      const what = type ?? `named struct ${namedStruct}`;
      const before = type === undefined ? namedStructs.get(namedStruct ?? 0) : messages.get(type);
      const entry = { struct: nameOf(struct), source: `${baseName(token.file)}:${token.line}` };
      if (!kept.has(struct)) unread.push(findingAt(token, `${what}: its struct ${entry.struct} was left out`));
      else if (before && before.struct !== entry.struct) {
        unread.push(findingAt(token, `${what} is ${before.struct} already; ${entry.struct} is left out`));
      } else if (before) continue;
      else if (type === undefined) namedStructs.set(namedStruct ?? 0, { number: namedStruct ?? 0, ...entry });
      else {
        const variable = hasNamed ? VARIABLE[type] : undefined;
        messages.set(type, { type, ...entry, ...(variable === undefined ? {} : { variable }) });
      }
    }
  }
  return { messages: [...messages.values()], namedStructs: [...namedStructs.values()] };
}

/** Undefined without an account struct, and with two that say different things. */
function familyOf(entries: readonly StructEntry[]): DictionaryFamily | undefined {
  const accounts = entries.filter(({ name }) => ACCOUNT.test(name)).map(({ size }) => FAMILY_OF_ACCOUNT[size]);
  const families = new Set(accounts.filter((each) => each !== undefined));
  return families.size === 1 ? [...families][0] : undefined;
}
