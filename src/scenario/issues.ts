import type * as z from 'zod/mini';
import { leafOf } from './leaf.ts';
import { validate } from './long-lists.ts';
import { listNames, nearest, quoteFound } from './nearest.ts';
import type { Problem, ProblemText } from './problem.ts';
import { keyPlaceAt, nodeAt, placeAt, type Path, type SourceNode } from './source-node.ts';
import { usableBeside } from './usable.ts';

type Issue = z.core.$ZodIssue;

export interface Shaped {
  readonly problems: readonly Problem[];
  /** True when nothing that stands at `path`, above or below it has the wrong shape: it can be read as typed. */
  usable(path: Path): boolean;
}

/** Holds the file against the schema. Every complaint gets its place and says what to write. */
export function checkShape(schema: z.ZodMiniType, root: SourceNode, value: unknown, prefix: Path = []): Shaped {
  const { issues: complaints, unseen } = validate(schema, value, (list) => itemSchemaAt(schema, list));
  const issues = complaints.flatMap((issue) => meantBy(schema, root, issue, prefix));
  // A key that is missing because it is misspelt is told once, where the misspelt one stands.
  const misspelt = new Set(
    issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) =>
            JSON.stringify([...issue.path, nearest(key, keysOf(schemaAt(schema, issue.path as Path)))]),
          )
        : [],
    ),
  );
  const isMisspelt = (issue: Issue): boolean =>
    misspelt.has(JSON.stringify(issue.path)) && !nodeAt(root, [...prefix, ...(issue.path as Path)]);
  const broken = issues
    .filter((issue) => issue.code !== 'unrecognized_keys')
    .map((issue) => [...prefix, ...(issue.path as Path)]);
  return {
    problems: issues.filter((issue) => !isMisspelt(issue)).flatMap((issue) => problemsOf(schema, root, issue, prefix)),
    usable: usableBeside([...broken, ...unseen.map((path) => [...prefix, ...path])]),
  };
}

/**
 * A value that can be written in several shapes fails all of them at once. What stands there, a list or a
 * group, tells which one was meant: only that shape's complaints are told.
 */
function meantBy(schema: z.core.$ZodType, root: SourceNode, issue: Issue, prefix: Path): Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const path = issue.path as Path;
  const found = nodeAt(root, [...prefix, ...path])?.type;
  // A single word or number may be meant for any of them: the union's own words name all.
  if (found === undefined || found === 'scalar') return [issue];
  const meant = optionsOf(schemaAt(schema, path)).findIndex((option) => shapeOf(option) === found);
  return (issue.errors[meant] ?? [undefined]).flatMap((inner) =>
    inner ? meantBy(schema, root, { ...inner, path: [...path, ...inner.path] }, prefix) : [issue],
  );
}

function problemsOf(schema: z.core.$ZodType, root: SourceNode, issue: Issue, prefix: Path): Problem[] {
  const inside = issue.path as Path;
  const path = [...prefix, ...inside];
  if (issue.code === 'unrecognized_keys') {
    const responsible = schemaAt(schema, inside);
    const allowed = keysOf(responsible);
    const alone = wordsOf(responsible);
    return issue.keys.map((key) => ({
      ...keyPlaceAt(root, [...path, key]),
      ...(alone.includes(key) ? wordAsKey(key, String(path.at(-1)), alone) : unknownKey(key, allowed)),
    }));
  }
  const node = nodeAt(root, path);
  if (node?.type === 'scalar' && node.refused) return [];
  const responsible = schemaAt(schema, inside);
  // Where a schema is not known any more, the words of the whole file would mislead.
  const words = responsible && leafOf(responsible);
  if (!node) {
    const key = String(path.at(-1));
    const values =
      issue.code === 'invalid_value' ? `one of: ${issue.values.join(', ')}` : (words?.expects ?? 'a value');
    return [{ ...placeAt(root, path), message: `"${key}" is missing here; write ${key}: and ${values}` }];
  }
  const secret = path.at(-1) === 'password';
  const about = { expects: words?.expects, mend: words?.mend, secret, onlyTexts: takesOnlyTexts(responsible) };
  return [{ ...node.at, ...wrongValue(issue, node, about) }];
}

/** The words for a key that is not known here. */
function unknownKey(key: string, allowed: readonly string[]): ProblemText {
  const near = nearest(key, allowed);
  return {
    message: `unknown key ${quoteFound(key)}; ${near ? `write "${near}"` : 'remove it'} (allowed here: ${allowed.join(', ')})`,
    found: key,
    allowed,
    ...(near === undefined ? {} : { nearest: near }),
  };
}

/** Where a word stands alone, somebody wrote it as a key: `effect: { reset: true }`. */
function wordAsKey(word: string, of: string, allowed: readonly string[]): ProblemText {
  const right = `${of}: ${word}`;
  return { message: `${quoteFound(word)} stands alone; write ${right}`, found: word, allowed, nearest: right };
}

function wrongValue(
  issue: Issue,
  node: SourceNode,
  {
    expects,
    mend,
    secret,
    onlyTexts,
  }: {
    readonly expects: string | undefined;
    readonly mend: ((found: string) => string | undefined) | undefined;
    readonly secret: boolean;
    /** True where nothing but text is right, in whichever of several shapes. */
    readonly onlyTexts: boolean;
  },
): ProblemText {
  const found = secret ? 'what stands here (not shown)' : describeFound(node);
  const wantsText = (issue.code === 'invalid_type' && issue.expected === 'string') || onlyTexts;
  if (node.type === 'scalar' && typeof node.value !== 'string' && node.value !== null && wantsText) {
    // YAML reads 0123 as the number 123, and "no" has its own trap elsewhere: text is quoted.
    const quoted = secret ? 'put it in quotes' : `quote it: write "${mend?.(node.text) ?? node.text}"`;
    return {
      message: `${found} is a ${typeof node.value} without quotes; ${quoted}${expects ? ` (${expects})` : ''}`,
      ...(secret ? {} : { found: node.text }),
    };
  }
  if (issue.code === 'invalid_value' && issue.values.length > 1) {
    const allowed = issue.values.map(String);
    const near = node.type === 'scalar' ? nearest(node.text, allowed) : undefined;
    return {
      message: `found ${found}; write ${near ?? `one of: ${listNames(allowed)}`}${near ? ` (allowed: ${listNames(allowed)})` : ''}`,
      allowed,
      ...(node.type === 'scalar' ? { found: node.text } : {}),
      ...(near === undefined ? {} : { nearest: near }),
    };
  }
  const mended = node.type === 'scalar' && !secret ? mend?.(node.text) : undefined;
  const write = mended
    ? `write "${mended}" (${expects})`
    : `write ${expects ?? `a ${'expected' in issue ? issue.expected : 'value'}`}`;
  return {
    message: `found ${found}; ${write}`,
    ...(node.type === 'scalar' && !secret ? { found: node.text } : {}),
    ...(mended === undefined ? {} : { nearest: mended }),
  };
}

function describeFound(node: SourceNode): string {
  if (node.type === 'map') return node.entries.size === 0 ? 'an empty group {}' : 'a group of keys';
  if (node.type === 'list') return node.items.length === 0 ? 'an empty list []' : 'a list';
  if (node.value === null) return 'nothing';
  return typeof node.value === 'string' ? quoteFound(node.value) : node.text.slice(0, 40);
}

/** The schema that is responsible for `path`; undefined where a union or record leaves it open. */
export function schemaAt(schema: z.core.$ZodType, path: Path): z.core.$ZodType | undefined {
  let here: z.core.$ZodType | undefined = unwrap(schema);
  for (const step of path) {
    here = writtenAs(here, typeof step === 'number' ? 'list' : 'map');
    const def = here?._zod.def as
      | {
          type: string;
          shape?: Record<string, z.core.$ZodType>;
          element?: z.core.$ZodType;
          valueType?: z.core.$ZodType;
          catchall?: z.core.$ZodType;
        }
      | undefined;
    if (def?.type === 'object') here = def.shape?.[String(step)] ?? def.catchall;
    else here = def?.type === 'array' ? def.element : def?.type === 'record' ? def.valueType : undefined;
    here = here && unwrap(here);
  }
  return here;
}

/** The schema of the items of the list at `path`; undefined where no list belongs. */
function itemSchemaAt(schema: z.core.$ZodType, path: Path): z.core.$ZodType | undefined {
  const list = writtenAs(schemaAt(schema, path), 'list');
  return (list?._zod.def as { element?: z.core.$ZodType } | undefined)?.element;
}

export function keysOf(schema: z.core.$ZodType | undefined): readonly string[] {
  const def = writtenAs(schema, 'map')?._zod.def as { shape?: Record<string, unknown> } | undefined;
  return Object.keys(def?.shape ?? {});
}

// The option of a union that takes a list, or a group; any other schema is itself.
function writtenAs(schema: z.core.$ZodType | undefined, shape: 'list' | 'map'): z.core.$ZodType | undefined {
  return optionsOf(schema).find((option) => shapeOf(option) === shape) ?? schema;
}

function optionsOf(schema: z.core.$ZodType | undefined): readonly z.core.$ZodType[] {
  return (schema?._zod.def as { options?: readonly z.core.$ZodType[] } | undefined)?.options ?? [];
}

/** The single words that may stand where a group may stand too. */
function wordsOf(schema: z.core.$ZodType | undefined): readonly string[] {
  return optionsOf(schema).flatMap((option) => {
    const { values, entries } = unwrap(option)._zod.def as { values?: unknown[]; entries?: Record<string, unknown> };
    return [...(values ?? []), ...Object.values(entries ?? {})].filter((each) => typeof each === 'string');
  });
}

/** `all`, or a participant: a number is neither, and means a code without its quotes. */
function takesOnlyTexts(schema: z.core.$ZodType | undefined): boolean {
  const options = optionsOf(schema).map((option) => unwrap(option)._zod.def as { type: string; values?: unknown[] });
  return (
    options.some(({ type }) => type === 'string') &&
    options.every(({ type, values }) => type === 'string' || values?.every((value) => typeof value === 'string'))
  );
}

function shapeOf(schema: z.core.$ZodType): SourceNode['type'] {
  const { type } = unwrap(schema)._zod.def;
  return type === 'array' ? 'list' : type === 'object' ? 'map' : 'scalar';
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  const def = schema._zod.def as { type: string; innerType?: z.core.$ZodType };
  return def.type === 'optional' && def.innerType ? unwrap(def.innerType) : schema;
}
