import { tagsIn, type Tag } from './tags.ts';
import { findingAt, HeaderError, type Finding, type Place, type Token } from './token.ts';

/** The tokens of a header, one after the other, with what stands between declarations: comments and packing. */
export class DeclarationTokens {
  readonly findings: Finding[] = [];
  protected readonly tokens: readonly Token[];
  protected at = 0;
  /** Of the last `#pragma pack`; 0: none. */
  protected packing = 0;
  /** The types of messages in comments whose struct has not come yet. */
  protected pendingTags: Tag[] = [];

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  /** Goes over comments and changes of the packing. The types of a message stand before its struct. */
  protected between(outside: boolean): void {
    for (;;) {
      const token = this.tokens[this.at];
      if (token?.kind === 'pack') this.packing = Number(token.text);
      else if (token?.kind === 'comment') {
        const found = tagsIn(token, (finding) => void this.findings.push(finding));
        if (outside) this.pendingTags.push(...found);
        else if (found.length > 0) this.report(token, 'the types of a message stand before its struct, not inside');
      } else return;
      this.at++;
    }
  }

  protected name(): Token | undefined {
    this.between(false);
    const token = this.tokens[this.at];
    if (token?.kind !== 'name') return undefined;
    this.at++;
    return token;
  }

  protected take(text: string): boolean {
    this.between(false);
    if (this.tokens[this.at]?.text !== text) return false;
    this.at++;
    return true;
  }

  protected expect(text: string): void {
    if (!this.take(text)) this.unexpected(`"${text}" is needed`);
  }

  protected unexpected(needed: string): never {
    const token = this.tokens[this.at];
    throw new HeaderError(this.here(), `${token ? `"${token.text}"` : 'the end of the file'} stands where ${needed}`);
  }

  protected here(): Token {
    const last = this.tokens.at(-1);
    const nowhere: Token = { file: '', line: 1, column: 1, kind: 'mark', text: '', first: false, joined: false };
    return this.tokens[this.at] ?? last ?? nowhere;
  }

  protected balanced(open: string, close: string): void {
    const start = this.here();
    let depth = 0;
    for (; this.at < this.tokens.length; this.at++) {
      const text = this.tokens[this.at]?.text;
      if (text === open) depth++;
      if (text === close && --depth === 0) {
        this.at++;
        return;
      }
      if (depth === 0) return this.unexpected(`"${open}" is needed`);
    }
    throw new HeaderError(start, `this "${open}" has no "${close}"`);
  }

  protected leaveBody(from: number): void {
    let depth = 0;
    for (this.at = from; this.at < this.tokens.length; this.at++) {
      const token = this.tokens[this.at] as Token;
      if (token.kind === 'pack') this.packing = Number(token.text);
      if (token.text === '{') depth++;
      if (token.text === '}' && --depth === 0) {
        this.at++;
        return;
      }
      if (token.text === 'typedef')
        throw new HeaderError(this.tokens[from] as Token, 'this "{" has no "}" before the next typedef');
    }
    throw new HeaderError(this.tokens[from] as Token, 'this "{" has no "}"');
  }

  /** Whether a function or a variable is declared here: neither is a layout. */
  protected isPrototype(): boolean {
    const first = this.tokens[this.at]?.text ?? '';
    for (let at = this.at; at < this.tokens.length; at++) {
      const text = this.tokens[at]?.text ?? '';
      if (text === '(') return this.tokens[at - 1]?.text !== '__attribute__';
      if (text === '{') return false;
      if (text === ';' || text === '=') return first !== 'struct' && first !== 'union' && first !== 'enum';
    }
    return false;
  }

  /** Goes behind a declaration that is no layout. A function with a body is reported: it is not expected in a header. */
  protected skip(): void {
    const start = this.here();
    for (; this.at < this.tokens.length; this.at++) {
      const text = this.tokens[this.at]?.text;
      if (text === '(') {
        this.balanced('(', ')');
        this.at--;
      } else if (text === '{') {
        this.balanced('{', '}');
        this.report(start, 'a body of a function or a list of values is not read');
        this.take(';');
        return;
      } else if (text === ';') {
        this.at++;
        return;
      } else if (text === 'typedef' || text === '}') throw new HeaderError(start, 'this declaration has no ";"');
    }
    throw new HeaderError(start, 'this declaration has no ";"');
  }

  protected report(place: Place, message: string): void {
    this.findings.push(findingAt(place, message));
  }

  protected reportAtEnd(message: string): void {
    const last = this.tokens.at(-1);
    if (last) this.report(last, message);
  }
}
