/**
 * What a handler needs of a message: the meanings of its fields, whatever the layout. A shape is bound to the struct of
 * the dictionary in use, so that the same handler serves structs whose fields are moved, widened or renamed.
 */
export type Shape = { readonly [meaning: string]: Kind };

export type Kind =
  | { readonly kind: 'int' }
  | { readonly kind: 'text' }
  | { readonly kind: 'search' }
  | { readonly kind: 'type' }
  | { readonly kind: 'struct'; readonly shape: Shape }
  | { readonly kind: 'list'; readonly shape: Shape }
  | { readonly kind: 'optional'; readonly of: Kind };

/** A whole number of any width; also a single character, as its code. */
export const INT = { kind: 'int' } as const;
/** A text without its padding. */
export const TEXT = { kind: 'text' } as const;
/** A text that searches: undefined where it begins with NUL, which is any; blank is '' (oapi-facts.md section 3, ISESIM, C). */
export const SEARCH = { kind: 'search' } as const;

/** The type of a message, `CQ3`; the only such member of its struct, whatever its name. */
export const TYPE = { kind: 'type' } as const;

export function struct<const S extends Shape>(shape: S): { readonly kind: 'struct'; readonly shape: S } {
  return { kind: 'struct', shape };
}

/** Repeated structs; how many are used stands in the field `items` before them. */
export function list<const S extends Shape>(shape: S): { readonly kind: 'list'; readonly shape: S } {
  return { kind: 'list', shape };
}

/** Read as undefined, and not written, where the dictionary has no such field. */
export function optional<const K extends Kind>(of: K): { readonly kind: 'optional'; readonly of: K } {
  return { kind: 'optional', of };
}

/** The value of a shape; of a shape that is not known, anything. */
export type ValueOf<S extends Shape> = string extends keyof S ? Readonly<Record<string, unknown>> : KnownValueOf<S>;

type KnownValueOf<S extends Shape> = {
  readonly [M in keyof S as S[M] extends { kind: 'optional' } ? never : M]: ValueOfKind<S[M]>;
} & { readonly [M in keyof S as S[M] extends { kind: 'optional' } ? M : never]?: ValueOfKind<S[M]> };

type ValueOfKind<K> = K extends { readonly kind: 'int' }
  ? number
  : K extends { readonly kind: 'text' | 'type' }
    ? string
    : K extends { readonly kind: 'search' }
      ? string | undefined
      : K extends { readonly kind: 'struct'; readonly shape: infer S extends Shape }
        ? ValueOf<S>
        : K extends { readonly kind: 'list'; readonly shape: infer S extends Shape }
          ? readonly ValueOf<S>[]
          : K extends { readonly kind: 'optional'; readonly of: infer Of }
            ? ValueOfKind<Of> | undefined
            : never;
