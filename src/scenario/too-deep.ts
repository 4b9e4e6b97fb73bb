/** Far deeper than any scenario; far less than what exhausts the parser. */
const OPEN_BRACKETS_MAX = 200;
const INDENT_MAX = 200;
/** `- - - -` and `? ? ?` open a level each. */
const CHAIN_ON_ONE_LINE = /(?:[-?:][ \t]+){24}/;

/**
 * The line of a text that is nested too deeply to be given to the parser, which recurses and keeps
 * every level in memory: half a megabyte of `- ` takes the whole process down. Brackets inside quotes
 * count as well, which no honest text notices.
 */
export function tooDeepAt(text: string): number | undefined {
  let open = 0;
  for (const [index, line] of text.split('\n').entries()) {
    for (const character of line) {
      if (character === '[' || character === '{') open += 1;
      else if ((character === ']' || character === '}') && open > 0) open -= 1;
      if (open > OPEN_BRACKETS_MAX) return index + 1;
    }
    if (line.search(/[^ ]/) > INDENT_MAX || CHAIN_ON_ONE_LINE.test(line)) return index + 1;
  }
  return undefined;
}
