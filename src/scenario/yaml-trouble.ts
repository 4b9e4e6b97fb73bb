import type { ErrorCode } from 'yaml';

/**
 * The parser's complaint in the words of somebody who writes scenarios. The parser's own message is
 * never passed on: it may quote the line, and the line may hold a password.
 */
export function yamlTrouble(code: ErrorCode, character: string): string {
  switch (code) {
    case 'BAD_SCALAR_START':
      return `a text that begins with ${JSON.stringify(character)} must be quoted: write "…" around it`;
    case 'BAD_INDENT':
      return 'this line is indented differently from its neighbours; keys of one group begin in the same column';
    case 'TAB_AS_INDENT':
      return 'a tab stands here; indent with spaces';
    case 'MISSING_CHAR':
      return 'something is missing here: a closing quote or bracket, a comma, a colon, or the space after one of them';
    case 'BAD_DQ_ESCAPE':
      return 'a backslash inside double quotes begins an escape; write \\\\ for a backslash, or use single quotes';
    case 'MULTIPLE_DOCS':
      return 'one file tells one day; remove the line --- and what follows it, or put it into a file of its own';
    case 'BAD_DIRECTIVE':
      return 'lines that begin with % are not used in scenarios; remove it';
    case 'BAD_ALIAS':
    case 'ALIAS_PROPS':
      return 'aliases (*name) are not used in scenarios; write the value out here';
    case 'MULTIPLE_ANCHORS':
    case 'BAD_PROP_ORDER':
      return 'anchors (&name) are not used in scenarios; remove it and write the value out where it is needed';
    case 'MULTIPLE_TAGS':
    case 'TAG_RESOLVE_FAILED':
      return 'tags (!name) are not used in scenarios; remove it, and quote the value if it is a text';
    case 'DUPLICATE_KEY':
      return 'this key stands here a second time; keep one of the two';
    case 'NON_STRING_KEY':
    case 'KEY_OVER_1024_CHARS':
    case 'MULTILINE_IMPLICIT_KEY':
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'a key is one word on one line, followed by a colon and a space; a text that contains ": " is quoted';
    case 'BLOCK_IN_FLOW':
    case 'UNEXPECTED_TOKEN':
    case 'BAD_COLLECTION_TYPE':
    case 'IMPOSSIBLE':
    case 'RESOURCE_EXHAUSTION':
      return 'this does not fit here; look for a bracket, quote, comma or indent that is wrong just before it';
  }
}
