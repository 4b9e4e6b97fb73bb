import { nodeAt, type MapNode, type Path, type SourceNode } from '../source-node.ts';

/** A place of a scenario file at which rows of a CSV file are wanted: `{ from: trades.csv }`. */
export interface WantedImport {
  readonly list: ImportableList;
  /** The list itself, or an item of it. */
  readonly path: Path;
  readonly node: MapNode;
}

export type ImportableList = (typeof IMPORTABLE_LISTS)[number];

const IMPORTABLE_LISTS = ['trades', 'positions', 'timeline'] as const;

/** Where each of them stands in a scenario file. */
export function pathOfList(list: ImportableList): Path {
  return list === 'timeline' ? ['timeline'] : ['world', list];
}

/** All groups with a key `from`, in the order of the file. */
export function findImports(root: SourceNode): readonly WantedImport[] {
  return IMPORTABLE_LISTS.flatMap((list) => {
    const path = pathOfList(list);
    const node = nodeAt(root, path);
    if (node?.type === 'map' && node.entries.has('from')) return [{ list, path, node }];
    if (node?.type !== 'list') return [];
    return node.items.flatMap((item, i) =>
      item.type === 'map' && item.entries.has('from') ? [{ list, path: [...path, i], node: item }] : [],
    );
  });
}
