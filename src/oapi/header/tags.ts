import { findingAt, type Finding, type Token } from './token.ts';

/** What the comments before a struct say of it (oapi-facts.md section 7). */
export interface Tag {
  readonly token: Token;
  readonly type?: string;
  readonly namedStruct?: number;
}

const KEY = /\b(TRANSACTION TYPE|BROADCAST TYPE|NAMED STRUCT)S?\s*[=:](.*)/i;
const TYPE = /^[A-Z]{2}\d{1,5}$/;
const NUMBER = /^\d{1,5}$/;

/** Reads `TRANSACTION TYPE = CQ38, CQ128`, `BROADCAST TYPE = BI7`, `NAMED STRUCT = 3`, over several lines too. */
export function tagsIn(token: Token, report: (finding: Finding) => void): readonly Tag[] {
  if (!/TYPE|STRUCT/i.test(token.text)) return [];
  const tags: Tag[] = [];
  let key: string | undefined;
  let goesOn = false;
  token.text
    .replace(/^\/[*/]|\*\/$/g, '')
    .split(/\r?\n|\u0001/)
    .forEach((line, index) => {
      const place = { ...token, line: token.line + index };
      const match = KEY.exec(line);
      const rest = match ? (match[2] ?? '') : line;
      const words = rest.split(/[\s,/*]+/).filter((word) => word !== '');
      const fits = key === 'NAMED STRUCT' ? NUMBER : TYPE;
      // A second line of a list has nothing else in it, unless the line before it says that the list goes on.
      if (!match && !(key !== undefined && words.length > 0 && (goesOn || words.every((word) => fits.test(word))))) {
        if (words.length > 0) key = undefined;
        return;
      }
      if (match) key = (match[1] ?? '').toUpperCase();
      goesOn = /[,/]\s*$/.test(rest);
      if (words.length === 0 && !goesOn) report(findingAt(place, `${key} has nothing after its "="`));
      for (const word of words) tags.push(...readWord(word, key ?? '', place, token, report));
    });
  return tags;
}

function readWord(
  word: string,
  key: string,
  place: Token,
  token: Token,
  report: (finding: Finding) => void,
): readonly Tag[] {
  if (key === 'NAMED STRUCT') {
    if (NUMBER.test(word) && Number(word) <= 65_535) return [{ token, namedStruct: Number(word) }];
    report(findingAt(place, `${key}: "${word}" is no number from 0 to 65535`));
    return [];
  }
  if (TYPE.test(word) && Number(word.slice(2)) <= 65_535) return [{ token, type: word }];
  report(findingAt(place, `${key}: "${word}" is no type; two capitals and a number make one, for example CQ10`));
  return [];
}
