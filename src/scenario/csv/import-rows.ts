import { isAbsolute, join, win32 } from 'node:path';
import { checkShape } from '../issues.ts';
import type { Problem } from '../problem.ts';
import { importedRows } from '../schema.ts';
import { nodeAt, toPlain, type Path, type SourceNode } from '../source-node.ts';
import type { SourceResult } from '../to-result.ts';
import { DEAL_COLUMNS, POSITION_COLUMNS } from './book-columns.ts';
import { readCsvBytes } from './csv-file.ts';
import { toCsvRows, type CsvRows } from './csv-rows.ts';
import { toTimelineRows } from './timeline-rows.ts';
import { readCsvTable, type CsvTable } from './csv-table.ts';
import { findImports, pathOfList, type ImportableList, type WantedImport } from './find-imports.ts';

/** Where a scenario lies: its folder on this machine, and its own name as messages have it. */
export interface ImportPlace {
  readonly folder: string;
  readonly file: string;
  /** Told of each CSV file before it is read. */
  readonly onFile?: ((path: string) => void) | undefined;
}

/**
 * Puts the rows of CSV files where a scenario asks for them, as if they stood in it: whatever checks a row and says
 * where it is wrong does so for both. Files are read as data and never changed.
 */
export async function importRows({ root, problems }: SourceResult, place: ImportPlace): Promise<SourceResult> {
  const wanted = root ? findImports(root) : [];
  const read = await Promise.all(wanted.map((each) => readRows(each, place)));
  const found: Problem[] = [...problems];
  let imported = root;
  // From the last one on: the rows of one item do not move those before it.
  for (const [i, each] of [...wanted.entries()].toReversed()) {
    const rows = read[i] ?? { items: [], problems: [] };
    imported = imported && withRows(imported, each, rows.items);
  }
  for (const rows of read) found.push(...rows.problems);
  return { root: imported, problems: found };
}

interface ImportedRows {
  readonly items: readonly SourceNode[];
  readonly problems: readonly Problem[];
}

async function readRows({ list, node }: WantedImport, { folder, file, onFile }: ImportPlace): Promise<ImportedRows> {
  const value = toPlain(node);
  const shape = checkShape(importedRows, node, value);
  if (shape.problems.length > 0) return { items: [], problems: shape.problems };
  const { from } = value as { from: string };
  const at = nodeAt(node, ['from'])?.at ?? node.at;
  const refused = (message: string): ImportedRows => ({ items: [], problems: [{ ...at, message, found: from }] });
  if (isAbsolute(from) || win32.isAbsolute(from) || from.includes('\\')) {
    return refused(`"${from}" is not beside the scenario; write its way from this file, with /: books/${list}.csv`);
  }
  onFile?.(join(folder, from));
  const content = await readCsvBytes(join(folder, from));
  if ('trouble' in content) return refused(`${from}: ${content.trouble} (looked for beside this file)`);
  const table = await readCsvTable(content.bytes, besideFile(file, from));
  const rows = toRows(list, table);
  return { items: rows.list.items.filter((row) => !isNothing(list, row)), problems: rows.problems };
}

function toRows(list: ImportableList, table: CsvTable): CsvRows {
  switch (list) {
    case 'trades':
      return toCsvRows(table, DEAL_COLUMNS);
    case 'positions':
      return toCsvRows(table, POSITION_COLUMNS);
    case 'timeline':
      return toTimelineRows(table);
  }
}

function besideFile(file: string, from: string): string {
  const folder = /^.*[\\/]/.exec(file)?.[0] ?? '';
  return folder + from.replace(/^(\.\/)+/, '');
}

// DCASS lists what has been closed again as a position of nothing; a scenario has no use for it.
function isNothing(list: ImportableList, row: SourceNode): boolean {
  if (list !== 'positions') return false;
  const { held, written } = toPlain(row) as { readonly held?: unknown; readonly written?: unknown };
  return held === 0 && written === 0;
}

function withRows(root: SourceNode, { path, list }: WantedImport, rows: readonly SourceNode[]): SourceNode {
  const where = pathOfList(list);
  const before = nodeAt(root, where);
  if (!before) return root;
  const index = path[where.length];
  const items =
    before.type === 'list' && typeof index === 'number'
      ? [...before.items.slice(0, index), ...rows, ...before.items.slice(index + 1)]
      : [...rows];
  return withNode(root, where, { type: 'list', at: before.at, items });
}

function withNode(root: SourceNode, [name, ...below]: Path, node: SourceNode): SourceNode {
  if (name === undefined) return node;
  const entry = root.type === 'map' ? root.entries.get(String(name)) : undefined;
  if (root.type !== 'map' || !entry) return root;
  const changed = { key: entry.key, node: withNode(entry.node, below, node) };
  return { ...root, entries: new Map([...root.entries, [String(name), changed]]) };
}
