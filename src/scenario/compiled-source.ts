import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceNode } from './source-node.ts';

/**
 * A scenario file as the YAML library read it, places and all, in JSON: the build makes one for each shipped
 * day, because reading YAML is a quarter of a start. Kind, line, column, then the scalar's value and text
 * (where it differs), the list's items, or the map's keys with their own places.
 */
type Compiled =
  | readonly ['s', number, number, string | number | boolean | null, string?]
  | readonly ['l', number, number, readonly Compiled[]]
  | readonly ['m', number, number, readonly (readonly [string, number, number, Compiled])[]];

/** The file's name is the text's own hash: a day that was edited since the build is read anew. */
export function compiledName(text: string): string {
  return `${createHash('sha256').update(text).digest('hex').slice(0, 32)}.json`;
}

export function compile(node: SourceNode): Compiled {
  const { line, column } = node.at;
  switch (node.type) {
    case 'scalar':
      return node.text === String(node.value)
        ? ['s', line, column, node.value]
        : ['s', line, column, node.value, node.text];
    case 'list':
      return ['l', line, column, node.items.map(compile)];
    case 'map':
      return [
        'm',
        line,
        column,
        [...node.entries].map(([name, { key, node: value }]) => [name, key.line, key.column, compile(value)]),
      ];
  }
}

export function restore(compiled: Compiled, file: string): SourceNode {
  const [kind, line, column] = compiled;
  const at = { file, line, column };
  switch (kind) {
    case 's': {
      const [, , , value, text = String(value)] = compiled;
      return { type: 'scalar', at, value, text };
    }
    case 'l':
      return { type: 'list', at, items: compiled[3].map((item) => restore(item, file)) };
    case 'm':
      return {
        type: 'map',
        at,
        entries: new Map(
          compiled[3].map(([name, l, c, value]) => [
            name,
            { key: { file, line: l, column: c }, node: restore(value, file) },
          ]),
        ),
      };
  }
}

/** What the build read of this very text; undefined when it did not. */
export async function readCompiled(folder: string, text: string, file: string): Promise<SourceNode | undefined> {
  const json = await readFile(join(folder, compiledName(text)), 'utf8').catch(() => undefined);
  return json === undefined ? undefined : restore(JSON.parse(json) as Compiled, file);
}
