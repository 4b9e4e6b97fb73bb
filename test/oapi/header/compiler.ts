import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { DictionaryFile } from '../../../src/oapi/dictionary/dictionary-file.ts';
import { openDictionary } from '../../../src/oapi/dictionary/dictionary.ts';
import { clientPath } from '../../support/real-clients.ts';
import { importHeaders, type Imported, type ImportOptions } from '../../../src/oapi/header/import-headers.ts';

export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Imports files, or the texts of files that are not on the disk. */
export function imported(
  files: Readonly<Record<string, string>> | readonly string[],
  options: Partial<ImportOptions> = {},
): Imported {
  const texts = Array.isArray(files) ? undefined : (files as Readonly<Record<string, string>>);
  const paths = texts ? Object.keys(texts).slice(0, 1) : (files as readonly string[]);
  return importHeaders(paths, {
    name: 'own',
    family: 'genium',
    includeDirs: [],
    defines: [],
    readFile: texts ? (path) => texts[path] : readIfThere,
    ...options,
  });
}

/** Lines `struct size` and `struct.member offset size` of a dictionary, without the members that stand for gaps. */
export function layoutLines(file: DictionaryFile): readonly string[] {
  return [...openDictionary(file).structs.values()].flatMap(({ name, size, members }) => [
    `${name} ${size}`,
    ...members
      .filter((member) => !member.name.startsWith('padding__'))
      .map((member) => `${name}.${member.name} ${member.offset} ${member.size}`),
  ]);
}

/** The same lines from gcc, which reads the header itself. `tags` are the structs without a typedef. */
export function compilerLines(file: DictionaryFile, header: string, tags: ReadonlySet<string>): readonly string[] {
  const dictionary = openDictionary(file);
  const places = new Map<string, string>();
  for (const { name, members } of dictionary.structs.values()) {
    for (const { name: member, element, dimensions } of members) {
      if (element.kind === 'struct' && element.of.name === `${name}__${member}`) {
        places.set(element.of.name, `${name} ${member}${dimensions.map(() => '[0]').join('')}`);
      }
    }
  }
  const place = (name: string): string => {
    const [owner, path] = places.get(name)?.split(' ') ?? [];
    return owner === undefined ? `v_${name}` : `${place(owner)}.${path}`;
  };
  const own = [...dictionary.structs.keys()].filter((name) => !places.has(name));
  const program = [
    '#include <stdio.h>',
    `#include "${header}"`,
    ...own.map((name) => `static ${tags.has(name) ? 'struct ' : ''}${name} v_${name};`),
    'int main(void) {',
    ...[...dictionary.structs.values()].flatMap(({ name, members }) => [
      `printf("${name} %zu\\n", sizeof(${place(name)}));`,
      ...members
        .filter((member) => !member.name.startsWith('padding__'))
        .map(({ name: member }) => {
          const at = `${place(name)}.${member}`;
          return `printf("${name}.${member} %zu %zu\\n", (size_t)((char *)&${at} - (char *)&${place(name)}), sizeof(${at}));`;
        }),
    ]),
    'return 0; }',
  ].join('\n');
  const folder = mkdtempSync(join(tmpdir(), 'dcass-sim-header-'));
  try {
    writeFileSync(join(folder, 'main.c'), program);
    execFileSync(clientPath('gcc'), ['-w', '-O0', '-o', join(folder, 'main'), join(folder, 'main.c')], {
      stdio: 'pipe',
    });
    return execFileSync(join(folder, 'main'), { encoding: 'utf8' }).trimEnd().split('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A file for gcc, gone with the test. */
export function headerFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'dcass-sim-header-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'generated.h');
  writeFileSync(file, text);
  return file;
}
