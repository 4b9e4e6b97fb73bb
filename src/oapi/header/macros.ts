import { HeaderError, type Place, type Token } from './token.ts';

export interface Macro {
  readonly place: Place;
  /** Of a function-like macro. */
  readonly parameters?: readonly string[];
  readonly body: readonly Token[];
}

/** More tokens than any header's line needs: a macro that doubles itself again and again ends here. */
const TOKENS_MAX = 100_000;

/** The tokens with every macro in its place; they stand where the macro was used. @throws HeaderError */
export function expand(tokens: readonly Token[], macros: ReadonlyMap<string, Macro>): readonly Token[] {
  if (!tokens.some(({ kind, text }) => kind === 'name' && macros.has(text))) return tokens;
  const out: Token[] = [];
  expandInto(tokens, macros, new Set(), out);
  return out;
}

function expandInto(
  tokens: readonly Token[],
  macros: ReadonlyMap<string, Macro>,
  active: ReadonlySet<string>,
  out: Token[],
): void {
  const limit = out.length + tokens.length + TOKENS_MAX;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    const macro = token.kind === 'name' && !active.has(token.text) ? macros.get(token.text) : undefined;
    const called = macro?.parameters === undefined ? undefined : argumentsAt(tokens, at + 1, token);
    if (!macro || (macro.parameters && !called)) {
      out.push(token);
      continue;
    }
    if (out.length > limit) throw new HeaderError(token, `${token.text} grows beyond ${TOKENS_MAX} words`);
    const within = new Set([...active, token.text]);
    const { file, line, column } = token;
    const body = replaced(macro, called?.list ?? [], token, (list) => {
      const expanded: Token[] = [];
      expandInto(list, macros, active, expanded);
      return expanded;
    });
    expandInto(
      body.map((each) => ({ ...each, file, line, column })),
      macros,
      within,
      out,
    );
    if (called) at = called.end;
  }
}

function replaced(
  macro: Macro,
  given: readonly (readonly Token[])[],
  use: Token,
  expanded: (list: readonly Token[]) => readonly Token[],
): readonly Token[] {
  const { parameters, body } = macro;
  if (body.some(({ text }) => text === '##' || (parameters && text === '#'))) {
    throw new HeaderError(use, `${use.text} makes words with # or ##, which is not read`);
  }
  if (!parameters) return body;
  const count = parameters.length === 0 && given.length === 1 && given[0]?.length === 0 ? 0 : given.length;
  if (count !== parameters.length) {
    throw new HeaderError(use, `${use.text} has ${count} arguments, not ${parameters.length}`);
  }
  return body.flatMap((each) => {
    const index = each.kind === 'name' ? parameters.indexOf(each.text) : -1;
    return index < 0 ? [each] : expanded(given[index] ?? []);
  });
}

function argumentsAt(
  tokens: readonly Token[],
  from: number,
  use: Token,
): { readonly list: readonly (readonly Token[])[]; readonly end: number } | undefined {
  let at = from;
  while (tokens[at]?.kind === 'comment') at++;
  if (tokens[at]?.text !== '(') return undefined;
  const list: Token[][] = [[]];
  let depth = 0;
  for (; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    if (token.text === '(' && depth++ === 0) continue;
    if (token.text === ')' && --depth === 0) return { list, end: at };
    if (token.text === ',' && depth === 1) list.push([]);
    else if (token.kind !== 'comment') list.at(-1)?.push(token);
  }
  throw new HeaderError(use, `the arguments of ${use.text} do not end`);
}
