// The simulator as a library, with its journal in a file as always. Says its address, and matches deals when asked.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startSimulator } from '../../dist/index.js';

const stateDir = mkdtempSync(join(tmpdir(), 'dcass-bench-state-'));
const sim = await startSimulator({ scenario: process.argv[2], plan: 'ephemeral', clock: 'paused', stateDir });
await sim.clock.advanceTo('09:30');
const [{ address, port }] = sim.endpoints.oapi;
console.log(JSON.stringify({ host: address, port, control: sim.endpoints.control }));
for await (const _line of createInterface({ input: process.stdin }));
await sim.stop();
rmSync(stateDir, { recursive: true, force: true });
