import { parseSource } from '../source.ts';
import type { Place, Problem } from '../problem.ts';
import type { MapNode, ScalarNode, SourceNode } from '../source-node.ts';
import { toCsvRows, type CsvRows } from './csv-rows.ts';
import type { CsvTable } from './csv-table.ts';
import { GROUP_COLUMNS, TIMELINE_COLUMNS } from './timeline-columns.ts';

/** More than the longest of days: each row is a step, with groups that are read as YAML. */
const STEPS_MAX = 10_000;

/**
 * The steps of a CSV file, as if they stood in a scenario file. What `explain` adds for the reader, a row for each
 * expectation, is passed over.
 */
export function toTimelineRows(table: CsvTable): CsvRows {
  const only = withoutExpectations(table);
  const { list, problems } = toCsvRows(only, TIMELINE_COLUMNS);
  if (list.items.length > STEPS_MAX) {
    const message = `this file has ${list.items.length} steps, and ${STEPS_MAX} are the most; write a shorter day`;
    return { list: { ...list, items: [] }, problems: [...problems, { ...list.at, message }] };
  }
  const found: Problem[] = [...problems];
  const items = list.items.map((row) => toStep(row, (problem) => found.push(problem)));
  return { list: { ...list, items }, problems: found };
}

function withoutExpectations(table: CsvTable): CsvTable {
  const column = table.header.indexOf('row');
  if (column < 0) return table;
  const kept = [...table.rows.keys()].filter((i) => table.rows[i]?.[column] !== 'expectation');
  return {
    ...table,
    rows: kept.map((i) => table.rows[i] ?? []),
    placeOf: (row, cell) => table.placeOf(row === 'header' ? row : (kept[row] ?? row), cell),
  };
}

// Steps are the scenario language, not data: a parameter may stand in a cell.
function toStep(row: SourceNode, tell: (problem: Problem) => void): SourceNode {
  if (row.type !== 'map') return row;
  const entries: MapNode['entries'] = new Map();
  for (const [key, { key: at, node }] of row.entries) {
    const isGroup = GROUP_COLUMNS.includes(key) && node.type === 'scalar' && typeof node.value === 'string';
    entries.set(key, { key: at, node: isGroup ? readGroup(key, node, tell) : plain(node) });
  }
  return { type: 'map', at: row.at, entries };
}

// A node of its own: a parameter's value is put into a copy, and a cell of the table cannot be copied.
function plain(node: SourceNode): SourceNode {
  if (node.type !== 'scalar') return node;
  const { type, at, value, text } = node;
  return { type, at, value, text };
}

/** `mode: enquiry-only`, or with the brackets around it: in a cell they go without saying. */
function readGroup(key: string, { at, text, value }: ScalarNode, tell: (problem: Problem) => void): SourceNode {
  const written = String(value).trim();
  const isOpen = !/^[{[]/.test(written);
  const { root, problems } = parseSource(isOpen ? `{ ${written} }` : written, at.file);
  const [first] = problems;
  const group = root && here(root, at);
  if (!first && group?.type === 'map' && !isBare(group, isOpen)) return group;
  const message = first
    ? `in this cell: ${first.message}`
    : `a cell of this column is written as in a scenario file: ${EXAMPLES[key]}`;
  // What was found is not told: it may hold a password.
  tell({ ...at, message });
  return { type: 'scalar', at, value: null, text, refused: true };
}

// `opens` in brackets is a group with a key that has no value: no step has one.
function isBare(group: MapNode, isOpen: boolean): boolean {
  return isOpen && [...group.entries].every(([, { node }]) => node.type === 'scalar' && node.value === null);
}

const EXAMPLES: Readonly<Record<string, string>> = {
  after: '{ id: opens, by: 3h }',
  when: '{ seen: { kind: online.login } }',
  between: '{ from: "09:00", to: "12:00" }',
  gate: '{ says: …, from: "06:40", timeout: 15m, default: skip }',
  repeat: '{ every: 15m, until: "12:00" }',
  with: '{ mode: enquiry-only }',
  else: '{ do: note, with: { text: … } }',
};

/** Everything in the cell stands where the cell does. */
function here(node: SourceNode, at: Place): SourceNode {
  if (node.type === 'scalar') return { ...node, at };
  if (node.type === 'list') return { ...node, at, items: node.items.map((item) => here(item, at)) };
  return {
    ...node,
    at,
    entries: new Map([...node.entries].map(([key, entry]) => [key, { key: at, node: here(entry.node, at) }])),
  };
}
