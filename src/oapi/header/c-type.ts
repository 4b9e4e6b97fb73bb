import type { Place } from './token.ts';

/** A type of C as far as a layout needs it; x86-64. */
export type CType =
  | { readonly kind: 'integer'; readonly bytes: 1 | 2 | 4 | 8; readonly signed: boolean; readonly isChar: boolean }
  | { readonly kind: 'struct'; readonly struct: CStruct }
  | { readonly kind: 'array'; readonly of: CType; readonly count: number }
  /** What cannot stand in a message: why. */
  | { readonly kind: 'unread'; readonly why: string };

export interface CMember {
  /** Absent for an anonymous struct whose members are its owner's. */
  readonly name: string | undefined;
  readonly type: CType;
  readonly place: Place;
  /** Bytes from the beginning of the struct. */
  offset: number;
}

export interface CStruct {
  tag: string | undefined;
  /** Its first typedef. */
  typedef: string | undefined;
  /** Where it stands inside another one without a name of its own: its name is made of both. */
  owner: { readonly struct: CStruct; readonly member: string } | undefined;
  place: Place;
  /** Undefined until its body has been read. */
  members: readonly CMember[] | undefined;
  size: number;
  align: number;
  /** Why it was left out. */
  unread: string | undefined;
}

export function sizeOf(type: CType): number {
  switch (type.kind) {
    case 'integer':
      return type.bytes;
    case 'struct':
      return type.struct.size;
    case 'array':
      return type.count * sizeOf(type.of);
    case 'unread':
      return 0;
  }
}

export function alignOf(type: CType): number {
  switch (type.kind) {
    case 'integer':
      return type.bytes;
    case 'struct':
      return type.struct.align;
    case 'array':
      return alignOf(type.of);
    case 'unread':
      return 1;
  }
}

/** Why a type cannot stand in a message; undefined where it can. */
export function unreadIn(type: CType): string | undefined {
  switch (type.kind) {
    case 'integer':
      return undefined;
    case 'array':
      return unreadIn(type.of);
    case 'unread':
      return type.why;
    case 'struct': {
      const { struct } = type;
      if (struct.unread !== undefined) return `it has ${nameOf(struct)} in it, which was left out`;
      return struct.members ? undefined : `struct ${nameOf(struct)} has no body before this line`;
    }
  }
}

/** The name in the dictionary: the typedef's, else the tag's, else of the place where it stands. */
export function nameOf(struct: CStruct): string {
  const own = struct.typedef ?? struct.tag;
  if (own !== undefined) return own;
  return struct.owner ? `${nameOf(struct.owner.struct)}__${struct.owner.member}` : 'a struct without a name';
}

/** Offsets by the rules of C: each member on a multiple of its alignment, none wider than the packing. */
export function place(struct: CStruct, members: readonly CMember[], packing: number): void {
  const most = packing === 0 ? 16 : packing;
  let offset = 0;
  let align = 1;
  for (const member of members) {
    const own = Math.min(alignOf(member.type), most);
    align = Math.max(align, own);
    offset = Math.ceil(offset / own) * own;
    member.offset = offset;
    offset += sizeOf(member.type);
  }
  struct.members = members;
  struct.align = align;
  struct.size = Math.ceil(offset / align) * align;
}
