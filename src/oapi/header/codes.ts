import type { CodeEntry } from '../dictionary/dictionary-file.ts';
import { baseName } from './dictionary-structs.ts';
import { evaluate } from './expression.ts';
import { expand, type Macro } from './macros.ts';
import { HeaderError } from './token.ts';

/** oapi-facts.md section 5: the modules whose numbers begin at 100,000. */
const MODULE = /^(?:GEN|OMN|OMDU|CDB|PD|MP|IDL|INFO|LM|CL|RI|SU|CX|CM)_/;
const MODULE_FROM = 100_000n;
/** Positive numbers of the API itself that are codes, not options or sizes: 0 to 5 by name, 2000 to 2099, 3003 to 4999. */
const POSITIVE = /^OMNIAPI_(?:NORMAL|SUCCESS|ALR_SET|ALR_CLR|OVERFLOW|ALLEVTS|TX_IN_PROGRESS)$/;

/**
 * The codes among the macros: whole numbers under a module's name from 100,000 on, either sign; under `OMNIAPI_` the
 * negative ones and the few positive ones of section 1.5, for its other numbers are options and sizes. `prefixes` adds
 * names of which every number is one.
 */
export function codesOf(macros: ReadonlyMap<string, Macro>, prefixes: readonly string[]): readonly CodeEntry[] {
  const codes: CodeEntry[] = [];
  for (const [name, { parameters, body, place }] of macros) {
    const given = prefixes.some((prefix) => name.startsWith(prefix));
    if (parameters || body.length === 0 || !(given || MODULE.test(name) || name.startsWith('OMNIAPI_'))) continue;
    const value = valueOf(body, macros, place);
    if (value === undefined || !(given || isCode(name, value))) continue;
    codes.push({ name, value: Number(value), source: `${baseName(place.file)}:${place.line}` });
  }
  return codes;
}

function isCode(name: string, value: bigint): boolean {
  const size = value < 0n ? -value : value;
  if (size > 0x7fff_ffffn) return false;
  if (!name.startsWith('OMNIAPI_')) return size >= MODULE_FROM;
  return value < 0n || (value >= 2000n && value < 2100n) || POSITIVE.test(name);
}

function valueOf(body: Macro['body'], macros: ReadonlyMap<string, Macro>, place: Macro['place']): bigint | undefined {
  try {
    return evaluate(expand(body, macros), { value: () => undefined }, place);
  } catch (error) {
    if (error instanceof HeaderError) return undefined;
    throw error;
  }
}
