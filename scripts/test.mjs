// npm test: set-up, the real clients, the whole suite; the last line on stdout is the count.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installRealClients } from './install-real-clients.mjs';
import { runProgram } from './run-program.mjs';
import { setUp } from './set-up.mjs';
import { say } from './talk.mjs';
import { readResults } from './test-results.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');

await setUp();
await installRealClients();
say('Running the tests ...');
const folder = mkdtempSync(path.join(tmpdir(), 'dcass-sim-test-'));
const file = path.join(folder, 'results.json');
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
const { code } = await runProgram(process.execPath, [vitest, 'run', ...reporters, ...process.argv.slice(2)], {
  cwd: root,
});
const results = readResults(file);
rmSync(folder, { recursive: true, force: true });

for (const name of results.failedNames) console.log(`failed: ${name}`);
for (const name of results.skippedNames) console.log(`skipped: ${name}`);
if (results.passed + results.failed === 0) console.log('No test ran.');
console.log(results.line);
// Nothing that passed is nothing proved. vitest's own code also covers errors outside of any test.
process.exitCode = code || (results.failed > 0 || results.passed === 0 ? 1 : 0);
