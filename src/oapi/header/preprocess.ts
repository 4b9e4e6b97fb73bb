import { evaluate } from './expression.ts';
import { expand, type Macro } from './macros.ts';
import { findingAt, HeaderError, type Finding, type Place, type Token } from './token.ts';
import { tokensOf } from './tokens.ts';

export interface Sources {
  /** The text of a file, or undefined where there is none. */
  readFile(path: string): string | undefined;
  /** Where an #include looks after the folder of the file itself. */
  readonly includeDirs: readonly string[];
  /** `NAME` or `NAME=value`, as for a compiler. */
  readonly defines: readonly string[];
}

export interface Preprocessed {
  /** Without directives; comments stay, for they have the types. */
  readonly tokens: readonly Token[];
  /** Every macro that was ever defined, also those that were undefined later, in order. */
  readonly macros: ReadonlyMap<string, Macro>;
  readonly findings: readonly Finding[];
  readonly notes: readonly Finding[];
}

/** Their types are known to the reader; the others have none that a layout may use. */
const SYSTEM =
  /^(?:stdint|stddef|inttypes|limits|string|stdlib|stdio|time|ctype|assert|errno|sys\/types|sys\/time)\.h$/;
const COMPILERS_OWN = /^(?:__|_[A-Z]|WIN32$|WIN64$|unix$|linux$|NDEBUG$|UNICODE$)/;
const HARMLESS =
  /^(?:once|message|warning|region|endregion|comment|ident|mark|GCC (?:diagnostic|system_header|poison))\b/;
const DEPTH_MAX = 60;

interface Branch {
  /** `lost`: its condition could not be read, so none of its branches is. */
  state: 'on' | 'off' | 'done' | 'lost';
  readonly outerOn: boolean;
  readonly place: Place;
}

/** Runs the preprocessor over headers, one after the other, as if one file included them all. */
export function preprocess(files: readonly string[], sources: Sources): Preprocessed {
  const macros = new Map<string, Macro>();
  const everDefined = new Map<string, Macro>();
  const findings: Finding[] = [];
  const notes: Finding[] = [];
  const told = new Set<string>();
  const out: Token[] = [];
  const once = new Set<string>();
  const packs: number[] = [];
  let pack = 0;
  const report = (finding: Finding): void => void findings.push(finding);

  const define = (name: string, macro: Macro): void => {
    macros.set(name, macro);
    everDefined.set(name, macro);
  };
  for (const each of sources.defines) {
    const [, name = '', value = '1'] = /^([A-Za-z_]\w*)(?:=(.*))?$/s.exec(each) ?? [];
    const place = { file: '-D', line: 1, column: 1 };
    if (name === '') report(findingAt(place, `-D ${each}: write NAME or NAME=value`));
    else define(name, { place, body: tokensOf(value, '-D', report) });
  }

  const openFile = (path: string, depth: number): boolean => {
    const text = sources.readFile(path);
    if (text === undefined) return false;
    if (!once.has(path)) runFile(path, text, depth);
    return true;
  };

  const runFile = (path: string, text: string, depth: number): void => {
    const tokens = tokensOf(text, path, report);
    const branches: Branch[] = [];
    let pending: Token[] = [];
    const isOn = (): boolean => branches.every(({ state }) => state === 'on');
    const flush = (): void => {
      if (pending.length === 0) return;
      try {
        for (const token of expand(pending, macros)) out.push(token);
      } catch (error) {
        if (!(error instanceof HeaderError)) throw error;
        report(findingAt(error.place, error.message));
        for (const token of pending) out.push(token);
      }
      pending = [];
    };
    for (let at = 0; at < tokens.length; at++) {
      const token = tokens[at] as Token;
      if (!token.first || token.text !== '#') {
        if (isOn()) pending.push(token);
        continue;
      }
      const line: Token[] = [];
      while (at + 1 < tokens.length && !tokens[at + 1]?.first) line.push(tokens[++at] as Token);
      const words = line.filter(({ kind }) => kind !== 'comment');
      try {
        if (!conditional(words, token, branches) && isOn()) {
          flush();
          directive(words, token, path, depth);
        } else flush();
      } catch (error) {
        if (!(error instanceof HeaderError)) throw error;
        report(findingAt(error.place, error.message));
      }
    }
    flush();
    for (const { place } of branches) report(findingAt(place, 'this #if has no #endif in its file'));
  };

  const conditional = (words: readonly Token[], hash: Token, branches: Branch[]): boolean => {
    const [name, ...rest] = words;
    const top = branches.at(-1);
    switch (name?.text) {
      case 'if':
      case 'ifdef':
      case 'ifndef': {
        const outerOn = branches.every(({ state }) => state === 'on');
        const branch: Branch = { state: 'lost', outerOn, place: hash };
        branches.push(branch);
        if (outerOn) branch.state = condition(name, rest) ? 'on' : 'off';
        return true;
      }
      case 'elif':
        if (!top) throw new HeaderError(hash, '#elif without #if');
        if (top.state === 'off' && top.outerOn) {
          top.state = 'lost';
          top.state = condition(name, rest) ? 'on' : 'off';
        } else if (top.state === 'on') top.state = 'done';
        return true;
      case 'else':
        if (!top) throw new HeaderError(hash, '#else without #if');
        if (top.state === 'off') top.state = 'on';
        else if (top.state === 'on') top.state = 'done';
        return true;
      case 'endif':
        if (!branches.pop()) throw new HeaderError(hash, '#endif without #if');
        return true;
      default:
        return false;
    }
  };

  const condition = (name: Token, rest: readonly Token[]): boolean => {
    if (name.text !== 'if' && name.text !== 'elif') {
      const [tested] = rest;
      if (tested?.kind !== 'name') throw new HeaderError(name, `#${name.text} needs a name`);
      return isDefined(tested) === (name.text === 'ifdef');
    }
    const plain: Token[] = [];
    for (let at = 0; at < rest.length; at++) {
      const token = rest[at] as Token;
      if (token.text !== 'defined') {
        plain.push(token);
        continue;
      }
      const bracketed = rest[at + 1]?.text === '(';
      const tested = rest[at + (bracketed ? 2 : 1)];
      if (tested?.kind !== 'name' || (bracketed && rest[at + 3]?.text !== ')')) {
        throw new HeaderError(token, 'defined needs a name');
      }
      plain.push({ ...token, kind: 'number', text: isDefined(tested) ? '1' : '0' });
      at += bracketed ? 3 : 1;
    }
    // A name that is no macro is 0 in a condition: a rule of C, not a guess.
    const value = (text: string): bigint => {
      if (COMPILERS_OWN.test(text)) tell(name, text);
      return 0n;
    };
    return evaluate(expand(plain, macros), { value }, name) !== 0n;
  };

  const isDefined = (tested: Token): boolean => {
    const defined = macros.has(tested.text);
    if (!defined && COMPILERS_OWN.test(tested.text) && !/_H_*$|INCLUDED/i.test(tested.text)) tell(tested, tested.text);
    return defined;
  };
  const tell = (place: Place, name: string): void => {
    if (told.has(name)) return;
    told.add(name);
    notes.push(findingAt(place, `${name} is taken as not defined; if your compiler defines it, give -D ${name}`));
  };

  const directive = (words: readonly Token[], hash: Token, path: string, depth: number): void => {
    const [name, ...rest] = words;
    switch (name?.text) {
      case undefined:
        return;
      case 'define':
        return readDefine(rest, hash);
      case 'undef':
        macros.delete(rest[0]?.text ?? '');
        return;
      case 'include':
        return include(rest, hash, path, depth);
      case 'pragma':
        return pragma(rest, hash, path);
      case 'error':
        throw new HeaderError(hash, `the header stops here itself: #error ${rest.map(({ text }) => text).join(' ')}`);
      case 'warning':
      case 'ident':
      case 'line':
        return;
    }
    throw new HeaderError(hash, `#${name?.text} is no directive that is read`);
  };

  const readDefine = (words: readonly Token[], hash: Token): void => {
    const [name, ...rest] = words;
    if (name?.kind !== 'name') throw new HeaderError(hash, '#define needs a name');
    if (rest[0]?.text !== '(' || !rest[0].joined) {
      define(name.text, { place: name, body: rest });
      return;
    }
    const end = rest.findIndex(({ text }) => text === ')');
    const inside = rest.slice(1, Math.max(end, 1));
    const parameters = inside.filter((_, index) => index % 2 === 0);
    const wrong =
      inside.some(({ kind, text }, index) => (index % 2 === 0 ? kind !== 'name' : text !== ',')) ||
      (inside.length > 0 && inside.length % 2 === 0);
    if (end < 0 || wrong) throw new HeaderError(name, `the parameters of ${name.text} are not names in ( and )`);
    const parameterNames = parameters.map(({ text }) => text);
    define(name.text, { place: name, parameters: parameterNames, body: rest.slice(end + 1) });
  };

  const include = (words: readonly Token[], hash: Token, path: string, depth: number): void => {
    const read = words[0]?.kind === 'name' ? expand(words, macros) : words;
    const text = read.map((token, index) => (index > 0 && !token.joined ? ' ' : '') + token.text).join('');
    const [, quoted, angled] = /^(?:"([^"]+)"|<([^>]+)>)$/.exec(text) ?? [];
    const name = quoted ?? angled;
    if (name === undefined) throw new HeaderError(hash, `#include ${text}: write "a file" or <a file>`);
    if (depth >= DEPTH_MAX)
      throw new HeaderError(hash, `"${name}" is included more than ${DEPTH_MAX} deep: by itself?`);
    const folders = quoted === undefined ? sources.includeDirs : [folderOf(path), ...sources.includeDirs];
    const absolute = /^(?:\/|[A-Za-z]:)/.test(name);
    if ((absolute ? [''] : folders).some((folder) => openFile(`${folder}${name}`, depth + 1))) return;
    if (SYSTEM.test(name)) return;
    throw new HeaderError(hash, `there is no file "${name}" beside this one or in the folders of -I`);
  };

  const pragma = (words: readonly Token[], hash: Token, path: string): void => {
    const [first, ...rest] = words;
    if (first?.text === 'once') once.add(path);
    if (first?.text === 'pack') return packing(expand(rest, macros), hash);
    const text = words.map((each) => each.text).join(' ');
    if (!HARMLESS.test(text)) throw new HeaderError(hash, `#pragma ${text} is not read; a layout may depend on it`);
  };

  const packing = (words: readonly Token[], hash: Token): void => {
    const text = words.map((each) => each.text).join('');
    const [, push, pop, digits] = /^\((?:(push)(?:,(?=\d))?|(pop))?(1|2|4|8|16)?\)$/.exec(text) ?? [];
    if (!/^\((?:push|pop|(?:push,)?(?:1|2|4|8|16))?\)$/.test(text)) {
      throw new HeaderError(
        hash,
        `#pragma pack${text} is not read; allowed are push, pop, 1, 2, 4, 8, 16 and "push, 1"`,
      );
    }
    if (push !== undefined) packs.push(pack);
    if (pop !== undefined) {
      const before = packs.pop();
      if (before === undefined) throw new HeaderError(hash, '#pragma pack(pop) without a push before it');
      pack = before;
    } else if (digits !== undefined || push === undefined) pack = Number(digits ?? 0);
    out.push({ ...hash, kind: 'pack', text: String(pack) });
  };

  for (const file of files) {
    if (!openFile(file, 0))
      report(findingAt({ file, line: 1, column: 1 }, 'there is no such file, or it cannot be read'));
  }
  if (packs.length > 0) {
    const end = out.findLast(({ kind }) => kind === 'pack');
    if (end) report(findingAt(end, `${packs.length} #pragma pack(push) without a pop: the packing goes on to the end`));
  }
  return { tokens: out, macros: everDefined, findings, notes };
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
