// npm start: set-up, then `dcass-sim up` with the arguments that were given.
import { fileURLToPath } from 'node:url';
import { setUp } from './set-up.mjs';

await setUp();
// In this very process: signals, the terminal and the exit code are then the simulator's own.
process.argv = [
  process.argv[0],
  fileURLToPath(new URL('../bin/dcass-sim.mjs', import.meta.url)),
  'up',
  ...process.argv.slice(2),
];
await import('../bin/dcass-sim.mjs');
