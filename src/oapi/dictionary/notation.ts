/** Whole numbers, little-endian; `qw` is 8 opaque bytes as one number; `TYPE` is the head of a message, `CQ3`. */
export type Scalar = 'u8' | 'i8' | 'u16' | 'i16' | 'u32' | 'i32' | 'u64' | 'i64' | 'qw' | 'TYPE';

export const SCALAR_BYTES: Readonly<Record<Scalar, number>> = {
  u8: 1,
  i8: 1,
  u16: 2,
  i16: 2,
  u32: 4,
  i32: 4,
  u64: 8,
  i64: 8,
  qw: 8,
  TYPE: 4,
};

/** What one element of a member is. */
export type ElementType =
  | { readonly kind: 'scalar'; readonly scalar: Scalar }
  /** Characters, padded with spaces: `c8`. */
  | { readonly kind: 'text'; readonly bytes: number }
  /** Bytes that mean nothing: `fill2`. */
  | { readonly kind: 'fill'; readonly bytes: number }
  /** Another struct: `<series>`. */
  | { readonly kind: 'struct'; readonly name: string };

export interface MemberNotation {
  readonly name: string;
  readonly type: ElementType;
  /** `[10][4]` is 10 times 4; empty for a member that is no array. */
  readonly dimensions: readonly number[];
}

/** A member's text that cannot be read: what was found and what is allowed. */
export class NotationError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotationError';
  }
}

const SHAPE = /^(\S+) (?:<([^<>]*)>|(c|fill)(\d+)|(\w+))((?:\[\d+\])*)$/;
// Names become property names in generated code, so nothing but an identifier of C gets through.
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Reads `trade_quantity i64`, `user c32`, `item <rectify_trade_item>[100]`. @throws NotationError */
export function parseMember(text: string): MemberNotation {
  const match = SHAPE.exec(text);
  if (!match) throw new NotationError(`"${text}" is no member; write for example "trade_quantity i64"`);
  const [, name = '', struct, letter, count, scalar, arrays = ''] = match;
  checkIdentifier(name);
  const dimensions = [...arrays.matchAll(/\d+/g)].map(([digits]) => positive(digits, text));
  if (struct !== undefined) {
    checkIdentifier(struct);
    return { name, type: { kind: 'struct', name: struct }, dimensions };
  }
  if (letter !== undefined && count !== undefined) {
    return { name, type: { kind: letter === 'c' ? 'text' : 'fill', bytes: positive(count, text) }, dimensions };
  }
  if (scalar === undefined || !Object.hasOwn(SCALAR_BYTES, scalar)) {
    const allowed = Object.keys(SCALAR_BYTES).join(', ');
    throw new NotationError(`"${text}": ${scalar} is no type; allowed are ${allowed}, c8, fill2 and <a struct>`);
  }
  return { name, type: { kind: 'scalar', scalar: scalar as Scalar }, dimensions };
}

/** The text that `parseMember` reads. */
export function printMember({ name, type, dimensions }: MemberNotation): string {
  return `${name} ${printType(type)}${dimensions.map((each) => `[${each}]`).join('')}`;
}

export function printType(type: ElementType): string {
  switch (type.kind) {
    case 'scalar':
      return type.scalar;
    case 'text':
      return `c${type.bytes}`;
    case 'fill':
      return `fill${type.bytes}`;
    case 'struct':
      return `<${type.name}>`;
  }
}

function checkIdentifier(name: string): void {
  if (!IDENTIFIER.test(name)) throw new NotationError(`"${name}" is no name: letters, digits and _ make one`);
}

function positive(digits: string, text: string): number {
  const value = Number(digits);
  if (value < 1 || value > 1_000_000) throw new NotationError(`"${text}": ${digits} is not from 1 to 1000000`);
  return value;
}
