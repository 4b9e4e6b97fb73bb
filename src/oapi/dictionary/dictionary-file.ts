/**
 * A dictionary as it stands in a file: the messages of one generation of the vendor's API as data. `dictionaries/`
 * holds two; `dcass-sim dictionary import` writes others from a user's own headers. docs/reference/dictionary.md.
 */
export interface DictionaryFile {
  readonly format: 'dcass-dictionary/1';
  readonly name: string;
  /** Whose codes, enumerations and meanings stand in where this dictionary says nothing. */
  readonly family: DictionaryFamily;
  readonly title: string;
  /** What each source mark means: `SGX21` and so on. */
  readonly sources: Readonly<Record<string, string>>;
  /** In an order in which each struct stands after those that it contains. */
  readonly structs: readonly StructEntry[];
  readonly messages: readonly MessageEntry[];
  readonly namedStructs: readonly NamedStructEntry[];
  readonly codes: readonly CodeEntry[];
  readonly enumerations: readonly EnumerationEntry[];
  /**
   * What a member means to the simulator, where its name does not say so: by struct, then member, the name that
   * the shipped dictionaries have for it. `{ "acct_ref": { "acct_no": "account_id" } }`. `*` stands for every struct.
   */
  readonly meanings?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export const DICTIONARY_FORMAT = 'dcass-dictionary/1';

/** `genium`: accounts of 24 bytes, 64-bit quantities. `click`: 20 bytes, 32 bits, and the older types. */
export type DictionaryFamily = 'genium' | 'click';

/** A packed struct. */
export interface StructEntry {
  /** The name of its typedef. */
  readonly name: string;
  /** Bytes; what the members must add up to. */
  readonly size: number;
  /** Source mark and sureness, `SGX21 C`; of an import, file and line. */
  readonly source: string;
  /** `name type`, in order: see notation.ts. */
  readonly members: readonly string[];
}

export interface MessageEntry {
  /** `CQ3`. */
  readonly type: string;
  /** The struct of the message, or of its header where sub items follow. */
  readonly struct: string;
  /** What a variable message carries after its header: named structs in items, or directly (BD6). */
  readonly variable?: 'items' | 'sub-items';
  /** `EP3`, where facilities are strict. */
  readonly facility?: string;
  readonly source: string;
}

export interface NamedStructEntry {
  readonly number: number;
  readonly struct: string;
  readonly source: string;
}

/** A completion code or a transaction status. */
export interface CodeEntry {
  /** `CL_OMN_ILLTRNSTIME`. */
  readonly name: string;
  readonly value: number;
  readonly source: string;
}

/** The numbers of a field: `trade_type` is `{ standard: 1, … }`. The words are the model's. */
export interface EnumerationEntry {
  readonly name: string;
  readonly values: Readonly<Record<string, number>>;
  readonly source: string;
}
