#!/usr/bin/env node
// The launcher: start-up time is a feature, so nothing is loaded here that the fast path does not need.
import { existsSync } from 'node:fs';
import module from 'node:module';
import { requireNode } from './require-node.mjs';

requireNode();
// Node 22 and later keep compiled code between starts: a quarter off.
module.enableCompileCache?.();

const cli = new URL('../dist/cli.js', import.meta.url);
if (!existsSync(cli)) {
  const setUp = new URL('../scripts/set-up.mjs', import.meta.url);
  if (!existsSync(setUp)) {
    process.stderr.write('dist/cli.js is missing: this package was packed without its build.\n');
    process.exit(3);
  }
  await (await import(setUp.href)).setUp();
}
await import(cli.href);
