import * as z from 'zod/mini';
import * as l from './leaf.ts';
import { leafOf } from './leaf.ts';
import { nearest, quoteFound } from './nearest.ts';
import type { Place, Problem } from './problem.ts';
import { nodeAt, toPlain, type MapNode, type ScalarNode, type SourceNode } from './source-node.ts';

const number = l.leaf(z.int(), { expects: 'a whole number without quotes, for example 3' });

/** The types of parameters, each with the shape of its values. */
const TYPES = {
  text: l.line,
  number,
  time: l.time,
  duration: l.duration,
  date: l.date,
  participant: l.customerCode,
  user: l.userId,
  series: l.seriesName,
} as const;

type TypeName = keyof typeof TYPES;

/** `params`: what a run may set, `--param closes=11:30`. */
export const paramsSection = () =>
  l.leaf(
    z.record(
      z.string().check(z.regex(/^[a-z][A-Za-z0-9-]{0,39}$/)),
      l.group(
        {
          type: l.oneOf(Object.keys(TYPES) as [TypeName, ...TypeName[]]),
          default: z.union([l.line, number]),
          says: l.line,
        },
        'a parameter: { type: time, default: "12:00", says: "When the session ends." }',
      ),
    ),
    { expects: 'parameters by name: { closes: { type: time, default: "12:00", says: … } }' },
  );

const NOTHING: Pick<MapNode, 'entries'> = { entries: new Map<string, never>() };

/** A parameter with its value in this run. */
export interface Parameter {
  readonly name: string;
  readonly says: string;
  readonly value: string | number;
}

export interface Parametrised {
  readonly root: SourceNode;
  readonly params: readonly Parameter[];
  /** Where a parameter has no value, which has been told. */
  readonly unknown: readonly Place[];
}

const REFERENCE = /\$\{([^}]*)\}/g;

/**
 * Puts the values of parameters where the day names them, `"${closes}"`. A text that is nothing but the name becomes
 * the value itself, so that a number stays a number; `$${` is a `${` that is meant.
 * @param given from the command line or a program, by name
 */
export function applyParameters(
  root: SourceNode,
  given: Readonly<Record<string, string | number>>,
  file: string,
  tell: (problem: Problem) => void,
): Parametrised {
  const top: Place = { file, line: 1, column: 1 };
  const section = nodeAt(root, ['params']);
  const written: MapNode['entries'] = (section?.type === 'map' ? section : NOTHING).entries;
  const values = new Map<string, Parameter>();
  for (const [name, definition] of written) {
    const parameter = readParameter(name, definition, given[name], tell);
    if (parameter) values.set(name, parameter);
  }
  for (const name of Object.keys(given)) {
    if (written.has(name)) continue;
    const known = [...written.keys()];
    const near = nearest(name, known);
    const write = near
      ? `; did you mean ${near}?`
      : known.length === 0
        ? '; it has none'
        : ` (it has ${known.join(', ')})`;
    tell({ ...top, message: `this day has no parameter "${name}"${write}`, found: name, allowed: known });
  }
  const used = new Set<string>();
  const unknown: Place[] = [];
  const replaced = replaceIn(root, { written, values, used, unknown, tell });
  for (const [name, { key }] of written) {
    if (!used.has(name) && values.has(name)) {
      tell({
        ...key,
        message: `nothing uses the parameter "${name}"; write "\${${name}}" where its value belongs, or remove it`,
      });
    }
  }
  return { root: replaced, params: [...values.values()], unknown };
}

function readParameter(
  name: string,
  { key, node }: { readonly key: Place; readonly node: SourceNode },
  given: string | number | undefined,
  tell: (problem: Problem) => void,
): Parameter | undefined {
  const { type, default: usual, says } = (toPlain(node) ?? {}) as { type?: unknown; default?: unknown; says?: unknown };
  // What is wrong with the definition itself is told by the schema.
  const shape = typeof type === 'string' ? (TYPES as Record<string, z.ZodMiniType | undefined>)[type] : undefined;
  if (!shape || (typeof usual !== 'string' && typeof usual !== 'number')) return undefined;
  const toValue = (text: string | number): string | number =>
    type === 'number' && /^-?\d{1,15}$/.test(String(text)) ? Number(text) : text;
  const expects = leafOf(shape)?.expects ?? 'a value';
  if (!z.safeParse(shape, toValue(usual)).success) {
    const at = nodeAt(node, ['default'])?.at ?? node.at;
    tell({
      ...at,
      message: `the default of "${name}" is ${quoteFound(String(usual))}; write ${expects}`,
      found: String(usual),
    });
    return undefined;
  }
  if (given !== undefined && !z.safeParse(shape, toValue(given)).success) {
    // On a command line nothing stands in quotes.
    const wanted = expects.replaceAll(/,? (in|without) quotes\b/g, '');
    tell({
      ...key,
      message: `the parameter "${name}" was given as ${quoteFound(String(given))}; give ${wanted}`,
      found: String(given),
    });
    // The rest of the day is checked with the usual value: one mistake, one message.
    return { name, says: String(says), value: toValue(usual) };
  }
  return { name, says: String(says), value: toValue(given ?? usual) };
}

interface Replacing {
  /** Those that are there, also where their definition is broken. */
  readonly written: ReadonlyMap<string, unknown>;
  readonly values: ReadonlyMap<string, Parameter>;
  readonly used: Set<string>;
  readonly unknown: Place[];
  readonly tell: (problem: Problem) => void;
}

function replaceIn(node: SourceNode, replacing: Replacing, isTop = true): SourceNode {
  switch (node.type) {
    case 'scalar':
      return replaceScalar(node, replacing);
    case 'list':
      return { ...node, items: node.items.map((item) => replaceIn(item, replacing, false)) };
    case 'map':
      return node.isData ? node : replaceMap(node, replacing, isTop);
  }
}

function replaceMap(node: MapNode, replacing: Replacing, isTop: boolean): MapNode {
  const entries = new Map<string, { readonly key: Place; readonly node: SourceNode }>();
  for (const [name, entry] of node.entries) {
    const isOther = isTop && (name === 'params' || name.startsWith('x-'));
    entries.set(name, isOther ? entry : { ...entry, node: replaceIn(entry.node, replacing, false) });
  }
  return { ...node, entries };
}

function replaceScalar(node: ScalarNode, { written, values, used, unknown, tell }: Replacing): ScalarNode {
  const { value } = node;
  if (typeof value !== 'string' || !value.includes('${')) return node;
  let whole: string | number | undefined;
  let isBroken = false;
  const text = value.replaceAll(REFERENCE, (match, name: string, offset: number) => {
    if (value[offset - 1] === '$') return match;
    const parameter = values.get(name);
    used.add(name);
    if (!parameter) {
      isBroken = true;
      unknown.push(node.at);
      if (written.has(name)) return match;
      const near = nearest(name, written.keys());
      if (near !== undefined) used.add(near);
      const write = near ? `write "\${${near}}"` : 'write it under params, or "$${" where the text is meant';
      const message = `there is no parameter ${quoteFound(name)}; ${write}`;
      tell({ ...node.at, message, found: name, allowed: [...written.keys()] });
      return match;
    }
    if (match === value) whole = parameter.value;
    return String(parameter.value);
  });
  const plain = text.replaceAll('$${', '${');
  return { ...node, value: whole ?? plain, text: plain, ...(isBroken ? { refused: true } : {}) };
}
