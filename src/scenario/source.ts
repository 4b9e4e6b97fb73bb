import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type ParsedNode } from 'yaml';
import type { Place, Problem } from './problem.ts';
import type { MapNode, ScalarNode, SourceNode } from './source-node.ts';
import { tooDeepAt } from './too-deep.ts';
import { yamlTrouble } from './yaml-trouble.ts';

/** Far more than any day needs: a file that is larger is not a scenario. */
const FILE_CHARACTERS_MAX = 512 * 1024;
const DEPTH_MAX = 24;
const TOO_DEEP = 'this text is nested too deeply to be a scenario; write lists and groups at most a few levels deep';

/**
 * Reads YAML 1.2 core and refuses what a reader would stumble over: anchors, aliases, merge keys,
 * tags, several documents, duplicate keys, unquoted times (design.md 6.8).
 */
export function parseSource(
  text: string,
  file: string,
): { readonly root: SourceNode | undefined; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const top: Place = { file, line: 1, column: 1 };
  if (text.length > FILE_CHARACTERS_MAX) {
    return {
      root: undefined,
      problems: [{ ...top, message: 'a scenario file holds at most 512 KiB of text; write shorter lists' }],
    };
  }
  const deep = tooDeepAt(text);
  if (deep !== undefined) {
    return { root: undefined, problems: [{ file, line: deep, column: 1, message: TOO_DEEP }] };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
    lineCounter: lines,
  });
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(Math.min(Math.max(0, offset), text.length));
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  // What follows a broken line is read wrongly, so only the first one is told, and nothing else.
  const [broken] = document.errors.toSorted((a, b) => a.pos[0] - b.pos[0]);
  if (broken) {
    const message = yamlTrouble(broken.code, text.slice(broken.pos[0], broken.pos[0] + 1));
    return { root: undefined, problems: [{ ...placeOf(broken.pos[0]), message }] };
  }
  const root = new Converter(placeOf, problems).convert(document.contents, top, 0);
  return { root, problems };
}

class Converter {
  readonly #placeOf: (offset: number) => Place;
  readonly #problems: Problem[];

  constructor(placeOf: (offset: number) => Place, problems: Problem[]) {
    this.#placeOf = placeOf;
    this.#problems = problems;
  }

  convert(node: ParsedNode | null, parent: Place, depth: number): SourceNode {
    if (!node) return { type: 'scalar', at: parent, value: null, text: '' };
    const at = this.#placeOf(node.range[0]);
    if (depth > DEPTH_MAX) {
      this.#problems.push({ ...at, message: TOO_DEEP });
      return { type: 'scalar', at, value: null, text: '', refused: true };
    }
    if (isAlias(node)) {
      this.#problems.push({ ...at, message: 'aliases (*name) are not used in scenarios; write the value out here' });
      return { type: 'scalar', at, value: null, text: '', refused: true };
    }
    if (node.anchor !== undefined) {
      this.#problems.push({
        ...at,
        message: 'anchors (&name) are not used in scenarios; remove it and write the value out where it is needed',
      });
    }
    if (node.tag !== undefined) {
      this.#problems.push({
        ...at,
        message: 'tags (!name) are not used in scenarios; remove it, and quote the value if it is a text',
      });
    }
    if (isMap(node)) return this.#map(node, at, depth);
    if (isSeq(node)) {
      return { type: 'list', at, items: node.items.map((item) => this.convert(item, at, depth + 1)) };
    }
    if (!isScalar(node)) return { type: 'scalar', at, value: null, text: '' };
    return this.#scalar(node, at);
  }

  #map(node: ParsedNode, at: Place, depth: number): MapNode {
    const entries: MapNode['entries'] = new Map();
    for (const pair of isMap(node) ? node.items : []) {
      const keyNode = pair.key as ParsedNode | null;
      const key = keyNode ? this.#placeOf(keyNode.range[0]) : at;
      const value = this.convert(pair.value, key, depth + 1);
      if (!isScalar(keyNode) || typeof keyNode.value !== 'string') {
        this.#problems.push({ ...key, message: 'a key is a word followed by a colon, for example title: …' });
      } else if (keyNode.value === '<<') {
        this.#problems.push({ ...key, message: 'merge keys (<<) are not used in scenarios; write the keys out here' });
      } else if (entries.has(keyNode.value)) {
        const first = entries.get(keyNode.value);
        this.#problems.push({
          ...key,
          message: `"${keyNode.value}" stands here a second time (first in line ${first?.key.line}); keep one of the two`,
        });
      } else {
        if (keyNode.anchor !== undefined)
          this.#problems.push({ ...key, message: 'anchors (&name) are not used in scenarios; remove it' });
        entries.set(keyNode.value, { key, node: value });
      }
    }
    return { type: 'map', at, entries };
  }

  #scalar(node: ParsedNode, at: Place): ScalarNode {
    const { value, source, type } = node as { value: unknown; source?: string; type?: string };
    const text = source ?? '';
    // Under YAML 1.1, which many editors still speak, 9:00 is the number 540.
    if (type === 'PLAIN' && /^\d{1,2}:\d\d(:\d\d)?$/.test(text)) {
      this.#problems.push({ ...at, message: `times are quoted: write "${text.replace(/^\d:/, '0$&')}"`, found: text });
      return { type: 'scalar', at, value: text, text, refused: true };
    }
    const known = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
    return { type: 'scalar', at, value: known, text };
  }
}
