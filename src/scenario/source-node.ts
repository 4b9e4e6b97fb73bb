import type { Place, ProblemText } from './problem.ts';

/** A value of a scenario file that still knows the file, line and column where it stands. */
export type SourceNode = MapNode | ListNode | ScalarNode;

export interface MapNode {
  readonly type: 'map';
  readonly at: Place;
  readonly entries: Map<string, { readonly key: Place; readonly node: SourceNode }>;
  /** True for what was read from a file of data: nothing in it is the scenario language. */
  readonly isData?: true;
}

export interface ListNode {
  readonly type: 'list';
  readonly at: Place;
  readonly items: SourceNode[];
}

export interface ScalarNode {
  readonly type: 'scalar';
  readonly at: Place;
  readonly value: string | number | boolean | null;
  /** As it is written in the file, without the quotes. */
  readonly text: string;
  /** True where the reader has complained already: one mistake, one message. */
  readonly refused?: true;
}

/** The way from the top of a file to a value in it. */
export type Path = readonly (string | number)[];

/** The value without its places, for the validator. */
export function toPlain(node: SourceNode): unknown {
  if (node.type === 'scalar') return node.value;
  if (node.type === 'list') return node.items.map(toPlain);
  // `__proto__` becomes a key like any other, and is then refused like any other unknown key.
  return Object.fromEntries([...node.entries].map(([key, entry]) => [key, toPlain(entry.node)]));
}

/** The other way, for arguments that come from a program: they have no place. */
export function fromPlain(value: unknown, at: Place): SourceNode {
  if (Array.isArray(value)) return { type: 'list', at, items: value.map((item) => fromPlain(item, at)) };
  if (typeof value === 'object' && value !== null) {
    return {
      type: 'map',
      at,
      entries: new Map(Object.entries(value).map(([key, item]) => [key, { key: at, node: fromPlain(item, at) }])),
    };
  }
  const known = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
  return { type: 'scalar', at, value: known, text: String(value) };
}

/** The node at `path`; undefined when nothing stands there. */
export function nodeAt(root: SourceNode, path: Path): SourceNode | undefined {
  let node: SourceNode | undefined = root;
  for (const step of path) {
    if (node?.type === 'map') node = node.entries.get(String(step))?.node;
    else if (node?.type === 'list' && typeof step === 'number') node = node.items[step];
    else return undefined;
  }
  return node;
}

/** Where `path` stands, or the nearest thing above it that does. */
export function placeAt(root: SourceNode, path: Path): Place {
  for (let length = path.length; length > 0; length--) {
    const node = nodeAt(root, path.slice(0, length));
    if (node) return node.at;
  }
  return root.at;
}

/** Where the key of `path` stands: what is wrong there is the word before the colon. */
export function keyPlaceAt(root: SourceNode, path: Path): Place {
  const parent = nodeAt(root, path.slice(0, -1));
  const key = path.at(-1);
  const entry = parent?.type === 'map' ? parent.entries.get(String(key)) : undefined;
  return entry?.key ?? placeAt(root, path);
}

/** Takes the problems that a check finds at a path. */
export type Refuse = (path: Path, text: ProblemText) => void;
