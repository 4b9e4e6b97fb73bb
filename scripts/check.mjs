// npm run check: everything that can be said about the code without running it.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from './run-program.mjs';
import { setUp } from './set-up.mjs';
import { say, secondsSince } from './talk.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const schema = path.join(root, 'scripts/schema.mjs');
const bin = (name) => path.join(root, 'node_modules', name);
const STEPS = [
  { name: 'format', program: bin('oxfmt/bin/oxfmt'), args: ['--check'] },
  { name: 'lint', program: bin('oxlint/bin/oxlint'), args: ['--deny-warnings'] },
  { name: 'types', program: bin('typescript/bin/tsc'), args: ['--noEmit'] },
  { name: 'dead code', program: bin('knip/bin/knip.js'), args: ['--no-progress'] },
  // Where there is a generated schema, it must be the one that the validator gives.
  ...(existsSync(schema) ? [{ name: 'schema', program: schema, args: ['--check'] }] : []),
];

await setUp({ root, build: false });
const failed = [];
for (const { name, program, args } of STEPS) {
  const startedAt = performance.now();
  const { code, output } = await runProgram(process.execPath, [program, ...args], { cwd: root, capture: true });
  say(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${secondsSince(startedAt)})`);
  if (code === 0) continue;
  process.stdout.write(`${output}\n`);
  failed.push(name);
}
if (failed.length > 0) {
  say(`check failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
