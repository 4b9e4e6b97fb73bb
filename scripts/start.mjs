// npm start: set-up, then `dcass-sim up` with the arguments that were given. It begins at 09:00, when the
// session opens, so that a first login works; `npm start -- --at 06:30` shows the morning too.
import { fileURLToPath } from 'node:url';
import { setUp } from './set-up.mjs';

// npm runs this under a shell that dies of a signal without passing it on. Whoever stops npm means the
// simulator too: an orphan would keep the ports.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
}, 250).unref();

await setUp();
// In this very process: signals, the terminal and the exit code are then the simulator's own.
process.argv = [
  process.argv[0],
  fileURLToPath(new URL('../bin/dcass-sim.mjs', import.meta.url)),
  'up',
  '--at',
  '09:00',
  ...process.argv.slice(2),
];
await import('../bin/dcass-sim.mjs');
