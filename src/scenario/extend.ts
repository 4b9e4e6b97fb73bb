import type { Problem } from './problem.ts';
import type { ListNode, MapNode, SourceNode } from './source-node.ts';

/**
 * A day that is written as what it changes of another one (design.md 6.9): maps merge key by key, lists merge by the
 * `id` (or `code`) of their items, `remove: true` takes an item away, and everything else is replaced. Each value
 * keeps the place where it stands, so that a complaint points into the right file.
 */
export function extendDay(child: MapNode, parent: MapNode, tell: (problem: Problem) => void): MapNode {
  const own = child.entries.get('scenario')?.node;
  if (own?.type !== 'map' || !own.entries.has('id')) {
    const message = 'a day that extends another one has a name of its own; write scenario: { id: …, title: … }';
    tell({ ...(own?.at ?? child.at), message });
  }
  const { entries } = mergeMaps(withoutKeys(child, ['extends']), withoutKeys(parent, ['extends', 'format']), tell, []);
  return { ...child, entries };
}

function mergeMaps(
  child: MapNode,
  parent: MapNode,
  tell: (problem: Problem) => void,
  path: readonly string[],
): MapNode {
  const entries = new Map(parent.entries);
  for (const [key, entry] of child.entries) {
    const below = parent.entries.get(key)?.node;
    const node = below ? merge(entry.node, below, tell, [...path, key]) : entry.node;
    entries.set(key, { key: entry.key, node });
  }
  // Where the item of a list changes an item of the parent, it stays the parent's item.
  return { type: 'map', at: parent.at, entries };
}

function merge(
  child: SourceNode,
  parent: SourceNode,
  tell: (problem: Problem) => void,
  path: readonly string[],
): SourceNode {
  if (child.type === 'map' && parent.type === 'map') return mergeMaps(child, parent, tell, path);
  if (child.type === 'list' && parent.type === 'list' && mergesById(child, path)) {
    return mergeLists(child, parent, tell, path);
  }
  return child;
}

/** The lists whose items are told one by one even where they have no id. */
const ALWAYS_MERGED = ['timeline', 'expect'];

function mergesById(child: ListNode, path: readonly string[]): boolean {
  return ALWAYS_MERGED.includes(path.join('.')) || child.items.some((item) => idOf(item) !== undefined);
}

function idOf(item: SourceNode): string | undefined {
  if (item.type !== 'map') return undefined;
  const { node } = item.entries.get('id') ?? item.entries.get('code') ?? {};
  return node?.type === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

function mergeLists(
  child: ListNode,
  parent: ListNode,
  tell: (problem: Problem) => void,
  path: readonly string[],
): ListNode {
  const items = [...parent.items];
  for (const item of child.items) {
    const id = idOf(item);
    const index = id === undefined ? -1 : items.findIndex((each) => idOf(each) === id);
    const before = items[index];
    if (isRemoved(item)) {
      if (before) items.splice(index, 1);
      else
        tell({
          ...item.at,
          message: `there is no "${id}" in the ${path.join('.')} of the day that this one extends; nothing can be removed`,
        });
    } else if (before?.type === 'map' && item.type === 'map') items[index] = mergeMaps(item, before, tell, path);
    else items.push(item);
  }
  return { type: 'list', at: child.at, items };
}

function isRemoved(item: SourceNode): boolean {
  const remove = item.type === 'map' ? item.entries.get('remove')?.node : undefined;
  return remove?.type === 'scalar' && remove.value === true;
}

function withoutKeys(map: MapNode, keys: readonly string[]): MapNode {
  return { ...map, entries: new Map([...map.entries].filter(([key]) => !keys.includes(key))) };
}
