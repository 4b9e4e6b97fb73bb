import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { build } from '../../scripts/build.mjs';

const ROOT = path.join(import.meta.dirname, '../..');

const CLI = `
import { greeting } from '../index.ts';
void main();
async function main(): Promise<void> {
  await using end = { [Symbol.asyncDispose]: async (): Promise<void> => console.log('disposed') };
  const { Registry } = await import('prom-client');
  const { default: ssh2 } = await import('ssh2');
  console.log(greeting, typeof end, typeof Registry, typeof ssh2.Server);
}
`;

test('the bundle runs on this Node, with lazily imported CommonJS packages, and writes the declarations', async () => {
  using project = scratchProject();
  await build(project.root);
  expect(project.runCli()).toBe('hello object function function\ndisposed\n');
  expect(readFileSync(path.join(project.root, 'dist/types/index.d.ts'), 'utf8')).toContain('greeting');
  expect(readdirSync(path.join(project.root, 'dist/packages'))).toContain('prom-client.cjs');
});

test('nothing is built again until the content of a source changes', async () => {
  using project = scratchProject();
  const builtAt = (): number => statSync(path.join(project.root, 'dist')).ctimeMs;
  await build(project.root);
  const first = builtAt();
  await build(project.root);
  expect(builtAt()).toBe(first);
  writeFileSync(path.join(project.root, 'src/index.ts'), `export const greeting = 'good evening';\n`);
  await build(project.root);
  expect(project.runCli()).toContain('good evening');
});

test('a build that fails names the trouble and leaves the last good one in place', async () => {
  using project = scratchProject();
  await build(project.root);
  writeFileSync(path.join(project.root, 'src/index.ts'), `export { greeting } from './nowhere.ts';\n`);
  await expect(build(project.root)).rejects.toThrow('Could not resolve "./nowhere.ts"');
  expect(project.runCli()).toContain('hello');
});

/** On the file system of this project, because the build moves its folders. */
function scratchProject(): Disposable & { readonly root: string; runCli(): string } {
  mkdirSync(path.join(ROOT, '.state'), { recursive: true });
  const root = mkdtempSync(path.join(ROOT, '.state/test-build-'));
  for (const name of ['package.json', 'tsconfig.json', 'tsconfig.build.json'])
    cpSync(path.join(ROOT, name), path.join(root, name));
  mkdirSync(path.join(root, 'node_modules'));
  for (const name of readdirSync(path.join(ROOT, 'node_modules')).filter((entry) => !entry.startsWith('.'))) {
    symlinkSync(path.join(ROOT, 'node_modules', name), path.join(root, 'node_modules', name), 'junction');
  }
  mkdirSync(path.join(root, 'src/cli'), { recursive: true });
  writeFileSync(path.join(root, 'src/index.ts'), `export const greeting = 'hello';\n`);
  writeFileSync(path.join(root, 'src/cli/main.ts'), CLI);
  // The other entries: what they hold does not matter here.
  mkdirSync(path.join(root, 'src/client'));
  for (const entry of ['src/client/client.ts', 'src/vitest.ts']) writeFileSync(path.join(root, entry), 'export {};\n');
  return {
    root,
    runCli: () =>
      spawnSync(process.execPath, ['-e', `require('./dist/load.cjs').program.commandLine()`], {
        cwd: root,
        encoding: 'utf8',
      }).stdout,
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}
