#!/usr/bin/env node
// The launcher: start-up time is a feature, so nothing is loaded here that the fast path does not need.
import { existsSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { requireNode } from './require-node.mjs';

requireNode();
// Node 22 and later keep compiled code between starts, where the package has none: a quarter off.
module.enableCompileCache?.();

const load = fileURLToPath(new URL('../dist/load.cjs', import.meta.url));
if (!existsSync(load)) {
  const setUp = new URL('../scripts/set-up.mjs', import.meta.url);
  if (!existsSync(setUp)) {
    process.stderr.write('dist/load.cjs is missing: this package was packed without its build.\n');
    process.exit(3);
  }
  await (await import(setUp.href)).setUp();
}
const { program, keepCompiled } = createRequire(import.meta.url)(load);
// Earlier ones do not: so a day that was run leaves what was compiled of it for the next, once for each Node.
if (['up', 'run'].includes(process.argv[2] ?? '')) process.once('exit', keepCompiled);
await program.commandLine();
