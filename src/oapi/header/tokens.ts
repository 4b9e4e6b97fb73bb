import { findingAt, type Finding, type Token } from './token.ts';

const TOKEN =
  /(?<blank>[ \t\r\f\v\u0001]+)|(?<line>\n)|(?<comment>\/\*[^]*?\*\/|\/\/[^\n]*)|(?<name>[A-Za-z_]\w*)|(?<number>\.?\d(?:[eEpP][+-]|[\w.])*)|(?<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(?<mark>\.\.\.|##|<<|>>|<=|>=|==|!=|&&|\|\||[{}()[\];,:*&=<>?!~^|+\-/%.#@])/y;

/** Stands for a line that goes on: white space, but a line of the file. */
const JOINT = '\u0001';

/** The tokens of a header; what is no C is reported and left out. */
export function tokensOf(source: string, file: string, report: (finding: Finding) => void): readonly Token[] {
  const text = source.replace(/^\uFEFF/, '').replace(/\\[ \t]*\r?\n/g, JOINT);
  const tokens: Token[] = [];
  let line = 1;
  let lineStart = 0;
  let first = true;
  let end = -1;
  TOKEN.lastIndex = 0;
  for (let at = 0; at < text.length;) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    const place = { file, line, column: at - lineStart + 1 };
    if (!match?.groups) {
      report(findingAt(place, `${JSON.stringify(text[at])} is no C: ${lostAt(text, at)}`));
      at = text[at] === '"' || text[at] === "'" ? endOfLine(text, at) : at + 1;
      continue;
    }
    const [found] = match;
    const kind = kindOf(match.groups);
    if (found === '/' && text[at + 1] === '*') {
      report(findingAt(place, 'this comment does not end: */ is missing, and the rest of the file is in it'));
      break;
    }
    if (kind !== undefined) {
      if (end === at && kind === 'name' && text[at - 1] === JOINT)
        report(findingAt(place, 'a word goes over two lines'));
      tokens.push({ ...place, kind, text: found, first, joined: end === at });
      if (kind !== 'comment') first = false;
    } else if (
      found.includes(JOINT) &&
      /\w/.test(text[at - 1] ?? '') &&
      found === JOINT &&
      /\w/.test(text[at + 1] ?? '')
    ) {
      report(findingAt(place, 'a word is split by the \\ at the end of its line; write it in one line'));
    }
    at += found.length;
    if (kind !== undefined) end = at;
    if (kind === undefined || kind === 'comment') {
      for (let k = 0; k < found.length; k++) {
        if (found[k] !== '\n' && found[k] !== JOINT) continue;
        line++;
        lineStart = at - found.length + k + 1;
      }
    }
    if (found === '\n') first = true;
  }
  return tokens;
}

function kindOf(groups: Record<string, string | undefined>): Token['kind'] | undefined {
  if (groups['name'] !== undefined) return 'name';
  if (groups['mark'] !== undefined) return 'mark';
  if (groups['number'] !== undefined) return 'number';
  if (groups['comment'] !== undefined) return 'comment';
  return groups['text'] === undefined ? undefined : 'text';
}

function lostAt(text: string, at: number): string {
  return text[at] === '"' || text[at] === "'" ? 'this text does not end in its line' : 'it is left out';
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}
