// Starts a day with the program that was built in a folder, keeps what V8 compiled until it was ready, and stops.
//
//   node scripts/keep-compiled.mjs <dist> <state directory>
import { createRequire } from 'node:module';
import path from 'node:path';

const [dist = '', stateDir = ''] = process.argv.slice(2);
const { program, keepCompiled } = createRequire(import.meta.url)(path.join(dist, 'load.cjs'));
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = (text) => {
  if (!String(text).startsWith('{"ready":true')) return true;
  keepCompiled();
  process.stdout.write = write;
  process.kill(process.pid, 'SIGTERM');
  return true;
};
const up = ['up', '--json', '--plan', 'ephemeral', '--clock', 'paused', '--state-dir', stateDir];
process.argv = [process.argv[0] ?? '', 'dcass-sim', ...up];
await program.commandLine();
