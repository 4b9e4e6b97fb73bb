// The simulator by its library: like its peers it prints no line for a request. Arguments: a scenario, a state directory.
import { startSimulator } from '../../dist/index.js';

const [, , scenario, stateDir] = process.argv;
const simulator = await startSimulator({ scenario, stateDir, plan: 'ephemeral', clock: 'paused', at: '09:00' });
process.once('SIGTERM', () => void simulator.stop());
console.log(JSON.stringify(simulator.endpoints));
