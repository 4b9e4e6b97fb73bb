import { alignOf, sizeOf, unreadIn, type CStruct, type CType } from './c-type.ts';
import { DeclarationTokens } from './declaration-tokens.ts';
import { evaluate } from './expression.ts';
import { FIXED_WIDTH, scalarType, TYPE_WORDS } from './scalar-types.ts';
import { HeaderError, type Token } from './token.ts';

export interface DeclarationOptions {
  /** Bytes of `long`; without it a `long` is reported. */
  readonly longBytes: 4 | 8 | undefined;
}

/** A name with what stands around it: `trade_number`, `item [100]`, `(*call)(int)`. */
export interface Declarator {
  readonly name: Token | undefined;
  readonly type: CType;
  readonly isPlain: boolean;
}

const ELEMENTS_MAX = 1_000_000;

/** Reads names with their dimensions, which may need what was declared before. */
export class DeclaratorReader extends DeclarationTokens {
  readonly typedefs = new Map<string, CType>();
  readonly constants = new Map<string, bigint>();
  protected readonly options: DeclarationOptions;
  protected readonly tagged = new Map<string, CStruct>();

  constructor(tokens: readonly Token[], options: DeclarationOptions) {
    super(tokens);
    this.options = options;
  }

  protected declarator(base: CType): Declarator {
    this.between(false);
    const start = this.here();
    if (this.tokens[this.at]?.text === '*') {
      while (this.take('*') || this.take('const') || this.take('volatile'));
      const name = this.name();
      const type: CType = { kind: 'unread', why: 'a pointer has no place in a message' };
      this.#dimensions();
      return { name, type, isPlain: false };
    }
    if (this.tokens[this.at]?.text === '(') return this.#functionPointer();
    const name = this.name();
    if (this.tokens[this.at]?.text === '(') {
      this.balanced('(', ')');
      return { name, type: { kind: 'unread', why: 'a function has no place in a message' }, isPlain: false };
    }
    const dimensions = this.#dimensions();
    if (this.tokens[this.at]?.text === ':') {
      while (this.at < this.tokens.length && !/^[;,]$/.test(this.tokens[this.at]?.text ?? ';')) this.at++;
      const why = 'a bit-field has no place in a message: its bits are the compiler’s';
      return { name: name ?? undefined, type: { kind: 'unread', why }, isPlain: false };
    }
    this.between(false);
    if (this.tokens[this.at]?.text === '__attribute__' && !this.attributes()) {
      throw new HeaderError(start, 'this __attribute__ is not read');
    } else if (this.tokens[this.at - 1]?.text === ')' && base.kind !== 'struct') {
      // Packed after a member's name changes that member alone.
      if (alignOf(base) > 1) throw new HeaderError(start, '__attribute__((packed)) of one member is not read');
    }
    const type = dimensions.reduceRight<CType>((of, count) => arrayOf(of, count), base);
    return { name, type, isPlain: dimensions.length === 0 };
  }

  #functionPointer(): Declarator {
    const from = this.at;
    this.balanced('(', ')');
    const inside = this.tokens.slice(from, this.at);
    if (this.tokens[this.at]?.text === '(') this.balanced('(', ')');
    const name = inside.findLast(({ kind }) => kind === 'name');
    return { name, type: { kind: 'unread', why: 'a pointer has no place in a message' }, isPlain: false };
  }

  #dimensions(): readonly CountOrFault[] {
    const counts: CountOrFault[] = [];
    for (;;) {
      this.between(false);
      const open = this.tokens[this.at];
      if (open?.text !== '[') return counts;
      this.at++;
      const from = this.at;
      let depth = 0;
      for (; depth > 0 || this.tokens[this.at]?.text !== ']'; this.at++) {
        const text = this.tokens[this.at]?.text;
        if (text === '[') depth++;
        if (text === ']') depth--;
        if (text === undefined || text === ';' || text === '{' || text === '}')
          throw new HeaderError(open, '"]" is missing');
      }
      counts.push(this.#count(this.tokens.slice(from, this.at), open));
      this.at++;
    }
  }

  #count(tokens: readonly Token[], open: Token): CountOrFault {
    if (tokens.length === 0) return 'an array without a size has no place in a message';
    try {
      const value = evaluate(tokens, this.names(), open);
      if (value >= 1n && value <= BigInt(ELEMENTS_MAX)) return Number(value);
      return `an array of ${value}; allowed are 1 to ${ELEMENTS_MAX}`;
    } catch (error) {
      if (error instanceof HeaderError) return `its array: ${error.message}`;
      throw error;
    }
  }

  protected names(): { value(name: string): bigint | undefined; sizeOf(tokens: readonly Token[]): bigint } {
    return {
      value: (name) => this.constants.get(name),
      sizeOf: (tokens) => {
        const first = tokens[0];
        const words = tokens.filter(({ text }) => text !== 'const' && text !== 'struct').map(({ text }) => text);
        const [word = ''] = words;
        const struct = this.tagged.get(word);
        const named = this.typedefs.get(word) ?? FIXED_WIDTH.get(word);
        const type: CType | undefined = words.every((each) => TYPE_WORDS.has(each))
          ? scalarType(words, this.options.longBytes)
          : words.length > 1
            ? undefined
            : first?.text === 'struct' && struct
              ? { kind: 'struct', struct }
              : named;
        const why = type ? unreadIn(type) : 'it is no type that was read before this line';
        if (!type || why !== undefined || words.length === 0) {
          throw new HeaderError(first ?? this.here(), `sizeof(${words.join(' ')}): ${why ?? 'a type is needed'}`);
        }
        return BigInt(sizeOf(type));
      },
    };
  }

  /** @returns whether `packed` was one of them. @throws HeaderError for one that may change a layout */
  protected attributes(): boolean {
    let packed = false;
    for (;;) {
      this.between(false);
      const start = this.tokens[this.at];
      if (start?.text !== '__attribute__') return packed;
      const from = ++this.at;
      this.balanced('(', ')');
      const words = this.tokens.slice(from, this.at).filter(({ kind }) => kind === 'name');
      for (const { text } of words) {
        if (/^(?:__)?packed(?:__)?$/.test(text)) packed = true;
        else if (!/^(?:__)?(?:unused|deprecated|may_alias|visibility|default)(?:__)?$/.test(text)) {
          throw new HeaderError(start, `__attribute__((${text})) is not read; a layout may depend on it`);
        }
      }
    }
  }
}

type CountOrFault = number | string;

function arrayOf(of: CType, count: CountOrFault): CType {
  if (of.kind === 'unread') return of;
  return typeof count === 'number' ? { kind: 'array', of, count } : { kind: 'unread', why: count };
}
