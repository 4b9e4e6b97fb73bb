const LINE_CHARACTERS = 80;
const LINES = 10;

// What a text field of the wire cannot carry.
const UNPRINTABLE = /[^\x20-\x7e\xa0-\xff]/g;

/**
 * A clearing message in the lines of BI27 and UA13: at most 10 of at most 80 characters (oapi-facts.md Appendix A, C).
 * ASSUMED: how a text is cut, between words where it can be; a line feed begins a line. What does not fit is left out,
 * and the last line then ends in `...`; a character outside Latin-1 becomes `?`.
 */
export function messageLines(text: string): readonly string[] {
  const lines = text.split(/\r\n|\r|\n/).flatMap((part) => wrap(part.replaceAll(UNPRINTABLE, '?')));
  if (lines.length <= LINES) return lines;
  const last = (lines[LINES - 1] as string).slice(0, LINE_CHARACTERS - 4).trimEnd();
  return [...lines.slice(0, LINES - 1), `${last} ...`];
}

function wrap(text: string): readonly string[] {
  const lines: string[] = [];
  let rest = text.trimEnd();
  while (rest.length > LINE_CHARACTERS) {
    const space = rest.lastIndexOf(' ', LINE_CHARACTERS);
    const end = space > 0 ? space : LINE_CHARACTERS;
    lines.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return [...lines, rest];
}
