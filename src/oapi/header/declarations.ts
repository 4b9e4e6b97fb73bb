import { place as placeMembers, unreadIn, type CMember, type CStruct, type CType } from './c-type.ts';
import { evaluate } from './expression.ts';
import { DeclaratorReader, type DeclarationOptions, type Declarator } from './declarator-reader.ts';
import { FIXED_WIDTH, scalarType, TYPE_WORDS } from './scalar-types.ts';
import type { Tag } from './tags.ts';
import { HeaderError, type Finding, type Place, type Token } from './token.ts';

export interface Declarations {
  /** In an order in which each stands after those that it contains; those that were left out too. */
  readonly structs: readonly CStruct[];
  readonly tags: ReadonlyMap<CStruct, readonly Tag[]>;
  readonly typedefs: ReadonlyMap<string, CType>;
  readonly constants: ReadonlyMap<string, bigint>;
  readonly findings: readonly Finding[];
}

const QUALIFIERS = new Set(
  'const volatile static extern inline __inline __inline__ register restrict __extension__ __cdecl __stdcall __fastcall'.split(
    ' ',
  ),
);
const DEPTH_MAX = 60;

/** Reads typedefs, structs and enums from the tokens of a preprocessed header. It never throws for what it reads. */
export function declarationsOf(all: readonly Token[], options: DeclarationOptions): Declarations {
  const reader = new Reader(all, options);
  reader.readAll();
  return reader;
}

interface Specifier {
  readonly type: CType;
  /** A struct whose body stands here. */
  readonly body: CStruct | undefined;
}

class Reader extends DeclaratorReader implements Declarations {
  readonly structs: CStruct[] = [];
  readonly tags = new Map<CStruct, readonly Tag[]>();
  readonly #enumTags = new Map<string, CType>();
  #depth = 0;

  readAll(): void {
    let openBlocks = 0;
    for (;;) {
      this.between(true);
      const token = this.tokens[this.at];
      if (!token) break;
      const from = this.at;
      if (token.text === 'extern' && this.tokens[this.at + 1]?.kind === 'text') {
        this.at += 2;
        if (this.take('{')) openBlocks++;
        continue;
      }
      if (token.text === '}' && openBlocks > 0) {
        openBlocks--;
        this.at++;
        continue;
      }
      this.#depth = 0;
      try {
        this.#declaration(token);
      } catch (error) {
        if (!(error instanceof HeaderError)) throw error;
        this.report(error.place, error.message);
        this.#recover(from);
      }
    }
    if (openBlocks > 0) this.reportAtEnd('extern "C" { has no }');
    for (const tag of this.pendingTags) this.report(tag.token, 'no struct comes after the types of this comment');
  }

  #declaration(start: Token): void {
    if (this.take(';')) return;
    if (start.text === '_Static_assert' || start.text === 'static_assert') return this.skip();
    if (start.text !== 'typedef' && this.isPrototype()) return this.skip();
    const isTypedef = this.take('typedef');
    const { type, body } = this.#specifier();
    if (isTypedef && body) this.#claimTags(body);
    if (this.take(';')) {
      if (!isTypedef && body) this.#claimTags(body);
      if (isTypedef) this.report(start, 'this typedef has no name');
      return;
    }
    if (body && !isTypedef) this.#claimTags(body);
    const declarators: Declarator[] = [];
    do declarators.push(this.declarator(type));
    while (this.take(','));
    // A name that is followed by something else must not become a typedef without it.
    this.expect(';');
    for (const declarator of declarators) {
      if (!declarator.name) throw new HeaderError(start, 'this declaration has no name');
      if (isTypedef) this.#typedef(declarator, type, declarator.name);
    }
  }

  #typedef({ name, type, isPlain }: Declarator, base: CType, token: Token): void {
    if (!name) return;
    const before = this.typedefs.get(token.text);
    if (before !== undefined && !sameType(before, type)) {
      throw new HeaderError(token, `there is a typedef ${token.text} already, of something else`);
    }
    this.typedefs.set(token.text, type);
    if (isPlain && base.kind === 'struct' && base.struct.typedef === undefined) base.struct.typedef = token.text;
  }

  /** What stands before the names: qualifiers and a type. */
  #specifier(): Specifier {
    const words: string[] = [];
    let found: Specifier | undefined;
    let packedBefore = false;
    for (;;) {
      this.between(false);
      const token = this.tokens[this.at];
      if (!token || token.kind !== 'name') break;
      if (QUALIFIERS.has(token.text)) this.at++;
      else if (token.text === '__attribute__') packedBefore = this.attributes() || packedBefore;
      else if (token.text === '_Alignas' || token.text === '__declspec' || token.text === 'alignas') {
        throw new HeaderError(token, `${token.text} may change a layout and is not read`);
      } else if (TYPE_WORDS.has(token.text) && !found) {
        words.push(token.text);
        this.at++;
      } else if (words.length > 0 || found) break;
      else if (token.text === 'struct' || token.text === 'union') found = this.#struct();
      else if (token.text === 'enum') found = { type: this.#enum(), body: undefined };
      else {
        const type = this.typedefs.get(token.text) ?? FIXED_WIDTH.get(token.text);
        this.at++;
        const why = `${token.text} is no type that was read before this line`;
        found = { type: type ?? { kind: 'unread', why }, body: undefined };
      }
    }
    if (packedBefore)
      this.report(this.here(), '__attribute__((packed)) stands before its struct and is not read there');
    if (found) return found;
    if (words.length === 0) return this.unexpected('a type is needed');
    return { type: scalarType(words, this.options.longBytes), body: undefined };
  }

  /** `struct tag`, `struct tag { … }` or `struct { … }`. */
  #struct(): Specifier {
    const keyword = this.tokens[this.at++] as Token;
    const packedBefore = this.attributes();
    const tag = this.name();
    const key = `${keyword.text === 'union' ? 'union ' : ''}${tag?.text}`;
    let struct = tag && this.tagged.get(key);
    if (!struct) {
      struct = {
        tag: tag?.text,
        typedef: undefined,
        owner: undefined,
        place: tag ?? keyword,
        members: undefined,
        size: 0,
        align: 1,
        unread: undefined,
      };
      if (tag) this.tagged.set(key, struct);
    }
    this.between(false);
    if (this.tokens[this.at]?.text !== '{') {
      if (!tag) return this.unexpected('a struct’s name or "{" is needed');
      return { type: { kind: 'struct', struct }, body: undefined };
    }
    if (struct.members || struct.unread !== undefined)
      throw new HeaderError(tag ?? keyword, `there are two struct ${tag?.text}`);
    struct.place = keyword;
    this.#body(struct, keyword, packedBefore);
    return { type: { kind: 'struct', struct }, body: struct };
  }

  #body(struct: CStruct, keyword: Token, packedBefore: boolean): void {
    const from = this.at++;
    if (++this.#depth > DEPTH_MAX) throw new HeaderError(keyword, `structs are nested more than ${DEPTH_MAX} deep`);
    const packing = this.packing;
    const members: CMember[] = [];
    const faults: { readonly place: Place; readonly message: string }[] = [];
    if (keyword.text === 'union') {
      faults.push({
        place: keyword,
        message: 'a union has no single layout; a message has structs, arrays, char and whole numbers',
      });
    }
    try {
      for (this.between(false); !this.take('}'); this.between(false)) this.#member(struct, members, faults);
    } catch (error) {
      if (!(error instanceof HeaderError)) throw error;
      faults.push({ place: error.place, message: error.message });
      struct.unread = error.message;
      this.leaveBody(from);
    }
    const packed = this.attributes() || packedBefore;
    if (this.packing !== packing) faults.push({ place: keyword, message: 'the packing changes inside this struct' });
    if (members.length === 0 && faults.length === 0)
      faults.push({ place: keyword, message: 'this struct has no members' });
    faults.push(...namesakes(members));
    for (const fault of faults) this.report(fault.place, fault.message);
    struct.unread = faults[0]?.message;
    placeMembers(struct, members, packed ? 1 : packing);
    this.structs.push(struct);
    this.#depth--;
  }

  #member(struct: CStruct, members: CMember[], faults: { readonly place: Place; readonly message: string }[]): void {
    if (this.take(';')) return;
    const start = this.here();
    const { type: base, body } = this.#specifier();
    if (this.take(';')) {
      if (!body || body.tag !== undefined) throw new HeaderError(start, 'this member has no name');
      body.owner = { struct, member: `anonymous_${members.length + 1}` };
      const why = unreadIn(base);
      if (why !== undefined) faults.push({ place: start, message: `this member: ${why}` });
      members.push({ name: undefined, type: base, place: start, offset: 0 });
      return;
    }
    let isFirst = true;
    do {
      const { name, type } = this.declarator(base);
      const why = unreadIn(type);
      if (!name && why === undefined) return this.unexpected('a member’s name is needed');
      if (body && isFirst && name) body.owner = { struct, member: name.text };
      isFirst = false;
      if (why !== undefined) faults.push({ place: name ?? start, message: `${name?.text ?? 'this member'}: ${why}` });
      members.push({ name: name?.text ?? '', type, place: name ?? start, offset: 0 });
    } while (this.take(','));
    this.expect(';');
  }

  #enum(): CType {
    const keyword = this.tokens[this.at++] as Token;
    this.attributes();
    const tag = this.name();
    if (!this.take('{')) {
      const known = tag && this.#enumTags.get(tag.text);
      return known ?? { kind: 'unread', why: `enum ${tag?.text ?? ''} has no body before this line` };
    }
    let next = 0n;
    let lowest = 0n;
    let highest = 0n;
    for (this.between(false); !this.take('}'); this.between(false)) {
      const name = this.name();
      if (!name) return this.unexpected('the name of a constant is needed');
      if (this.take('=')) {
        const from = this.at;
        let depth = 0;
        for (; depth > 0 || !/^[,}]$/.test(this.tokens[this.at]?.text ?? ','); this.at++) {
          const text = this.tokens[this.at]?.text;
          if (text === '(') depth++;
          if (text === ')') depth--;
          if (text === undefined || text === ';') throw new HeaderError(name, 'this constant’s value does not end');
        }
        next = evaluate(this.tokens.slice(from, this.at), this.names(), name);
      }
      this.constants.set(name.text, next);
      if (next < lowest) lowest = next;
      if (next > highest) highest = next;
      next++;
      this.between(false);
      if (this.tokens[this.at]?.text !== '}' && !this.take(',')) return this.unexpected('"," or "}" is needed');
    }
    const isPacked = this.attributes();
    const fits = lowest < 0n ? lowest >= -0x8000_0000n && highest <= 0x7fff_ffffn : highest <= 0xffff_ffffn;
    const type: CType =
      isPacked || !fits
        ? { kind: 'unread', why: `the size of the enum of line ${keyword.line} is the compiler’s choice` }
        : { kind: 'integer', bytes: 4, signed: lowest < 0n, isChar: false };
    if (tag) this.#enumTags.set(tag.text, type);
    return type;
  }

  /** After a fault: goes behind the declaration's end, and notes its names as left out. */
  #recover(from: number): void {
    let depth = 0;
    this.at = from;
    let last: Token | undefined;
    for (; this.at < this.tokens.length; this.at++) {
      const token = this.tokens[this.at] as Token;
      if (token.kind === 'pack') this.packing = Number(token.text);
      if (token.text === '{') depth++;
      if (token.text === '}' && --depth < 0) {
        // An extern "C" may end here; a brace of its own would stop us for ever.
        this.at = Math.max(this.at, from + 1);
        break;
      }
      // Nothing inside a struct begins so: the one before it was never closed.
      if (token.text === 'typedef' && this.at > from) break;
      if (token.text === ';' && depth === 0) {
        this.at++;
        break;
      }
      if (depth === 0 && token.kind === 'name') last = token;
    }
    if (last && this.tokens[from]?.text === 'typedef' && !this.typedefs.has(last.text)) {
      this.typedefs.set(last.text, { kind: 'unread', why: `${last.text} of line ${last.line} was left out` });
    }
    for (const { token, type, namedStruct } of this.pendingTags) {
      this.report(token, `${type ?? `named struct ${namedStruct}`}: its struct was left out`);
    }
    this.pendingTags = [];
  }

  #claimTags(struct: CStruct): void {
    this.tags.set(struct, this.pendingTags);
    this.pendingTags = [];
  }
}

function sameType(a: CType, b: CType): boolean {
  if (a.kind === 'struct' && b.kind === 'struct') return a.struct === b.struct;
  if (a.kind === 'array' && b.kind === 'array') return a.count === b.count && sameType(a.of, b.of);
  return a.kind === b.kind && a.kind !== 'struct' && a.kind !== 'array' && JSON.stringify(a) === JSON.stringify(b);
}

function namesakes(members: readonly CMember[]): readonly { readonly place: Place; readonly message: string }[] {
  const seen = new Set<string>();
  return namesOf(members).flatMap(({ name, place }) => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [{ place, message: `there are two members ${name}` }];
  });
}

function namesOf(members: readonly CMember[]): readonly { readonly name: string; readonly place: Place }[] {
  return members.flatMap(({ name, type, place }) => {
    if (name !== undefined) return name === '' ? [] : [{ name, place }];
    return type.kind === 'struct' ? namesOf(type.struct.members ?? []) : [];
  });
}
