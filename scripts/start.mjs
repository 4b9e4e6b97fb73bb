// npm start: set-up, then `dcass-sim up` with the arguments that were given. It begins at 09:00, when the
// session opens, so that a first login works; `npm start -- --at 06:30` shows the morning too.
import { fileURLToPath } from 'node:url';
import { setUp } from './set-up.mjs';

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
