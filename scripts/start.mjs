// npm start: set-up, then `dcass-sim up` with the arguments that were given.
import { setUp } from './set-up.mjs';

await setUp();
// In this very process: signals, the terminal and the exit code are then the simulator's own.
process.argv = [
  process.argv[0],
  new URL('../bin/dcass-sim.mjs', import.meta.url).pathname,
  'up',
  ...process.argv.slice(2),
];
await import('../bin/dcass-sim.mjs');
