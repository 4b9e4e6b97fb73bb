import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { run } from './command.ts';

const HEADER = fileURLToPath(new URL('../oapi/header/corpus/messages.h', import.meta.url));

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'dcass-sim-dictionary-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test('an import is private: git-ignored, readable by its owner only, and the command says so', async () => {
  const stateDir = folder();
  const { code, stdout, stderr } = await run(['dictionary', 'import', HEADER, '--state-dir', stateDir]);
  const own = join(stateDir, 'dictionaries');
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  expect(stderr).toContain('This file is private');
  expect(stderr).toContain(join(own, 'messages.json'));
  expect(readFileSync(join(own, '.gitignore'), 'utf8')).toBe('*\n');
  expect(statSync(join(own, 'messages.json')).mode & 0o77).toBe(0);
  const list = JSON.parse((await run(['dictionary', 'list', '--json', '--state-dir', stateDir])).stdout) as object;
  expect(list).toEqual({ shipped: ['click', 'genium'], own: ['messages'] });
});

test('show prints a type with offsets, in 80 columns, and as JSON of the documented form', async () => {
  const stateDir = folder();
  await run(['dictionary', 'import', HEADER, '--state-dir', stateDir, '--name', 'own']);
  const show = ['dictionary', 'show', 'own', 'CQ10', '--state-dir', stateDir];
  expect((await run(show)).stdout).toBe(`ask_trades_t, 32 bytes: CQ10, CQ11
  OFFSET  SIZE  TYPE      NAME     MEANING
  0       4     TYPE      type
  4       12    series_t  series
  16      4     i32       first_i  first
  20      4     i32       last_i   last
  24      8     c8        date_s   date
`);
  expect(JSON.parse((await run([...show, '--json'])).stdout)).toEqual({
    name: 'own',
    structs: [
      {
        name: 'ask_trades_t',
        size: 32,
        members: [
          { name: 'type', offset: 0, size: 4, type: 'TYPE' },
          { name: 'series', offset: 4, size: 12, type: 'series_t' },
          { name: 'first_i', offset: 16, size: 4, type: 'i32' },
          { name: 'last_i', offset: 20, size: 4, type: 'i32' },
          { name: 'date_s', offset: 24, size: 8, type: 'c8' },
        ],
      },
    ],
    messages: [
      { type: 'CQ10', struct: 'ask_trades_t' },
      { type: 'CQ11', struct: 'ask_trades_t' },
    ],
    namedStructs: [],
    codes: [],
  });
});

test('diff ends with 0 for the same dictionary and with 1 and the fields for another one', async () => {
  const place = folder();
  const [a, b] = ['a', 'b'].map((name) => join(place, `${name}.h`)) as [string, string];
  writeFileSync(a, 'typedef struct { char id_s[16]; int n_i; } item_t;');
  writeFileSync(b, 'typedef struct { char id_s[12]; int n; } item_t;');
  const files = await Promise.all(
    [a, b].map(async (header) => {
      const out = `${header}.json`;
      await run(['dictionary', 'import', header, '--family', 'genium', '--out', out]);
      return out;
    }),
  );
  const diff = (from: string, to: string): ReturnType<typeof run> => run(['dictionary', 'diff', from, to]);
  expect(await diff(files[0] ?? '', files[0] ?? '')).toMatchObject({ code: 0, stdout: '' });
  expect(await diff(files[0] ?? '', files[1] ?? '')).toMatchObject({
    code: 1,
    stdout: `struct item_t  resized: 20 bytes -> 16 bytes
member item_t.id_s  resized: c16, 16 bytes -> c12, 12 bytes
member item_t.n_i  renamed: n_i -> n
member item_t.n_i  moved: offset 16 -> offset 12

4 differences, a -> b
`,
  });
});

test('what was not read is on stdout with file and line; --strict then writes nothing and ends with 2', async () => {
  const place = folder();
  const header = join(place, 'own.h');
  writeFileSync(header, 'typedef struct { char a; } good_t;\ntypedef struct { float f; } bad_t;\n');
  const args = ['dictionary', 'import', header, '--family', 'click', '--state-dir', place];
  const told = `${header}:2:24: f: float is no type of a message; allowed are whole numbers, char, arrays and structs\n`;
  expect(await run(args)).toMatchObject({ code: 0, stdout: told });
  const strict = await run([...args, '--strict', '--name', 'strict']);
  expect(strict).toMatchObject({ code: 2, stdout: told });
  expect(strict.stderr).toContain('Nothing was written');
  expect((await run(['dictionary', 'show', 'strict', '--state-dir', place])).code).toBe(2);
});

test('a shipped name is refused for an import, and an unknown name gets the nearest one', async () => {
  expect(await run(['dictionary', 'import', HEADER, '--name', 'genium'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('the name of a shipped dictionary') as string,
  });
  expect(await run(['dictionary', 'show', 'geniun', '--state-dir', folder()])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('did you mean genium?') as string,
  });
});
