// Time and memory of simulators in one process, as a test suite has them: the first, the next ones, fifty in a row, and
// fifty at once.
//
//   node --expose-gc bench/start-up/in-process.mjs [rounds]     (default 20; build first: npm run build)
//
// Each stands on free ports with its clock standing still. The first includes loading the library.
const rounds = Number(process.argv[2] ?? 20);
const COUNT = 50;

const from = performance.now();
const { startSimulator } = await import('../../dist/index.js');
const loadedMs = performance.now() - from;
const first = await startSimulator();
const coldMs = performance.now() - from;
await first.stop();

const warm = [];
const stops = [];
for (let round = 0; round < rounds; round++) {
  const at = performance.now();
  const sim = await startSimulator();
  warm.push(performance.now() - at);
  const stopAt = performance.now();
  await sim.stop();
  stops.push(performance.now() - stopAt);
}

const row = performance.now();
for (let i = 0; i < COUNT; i++) await (await startSimulator()).stop();
const rowMs = performance.now() - row;

globalThis.gc?.();
const before = process.memoryUsage();
const at = performance.now();
const sims = await Promise.all([...Array(COUNT).keys()].map(() => startSimulator()));
const atOnceMs = performance.now() - at;
globalThis.gc?.();
const after = process.memoryUsage();
await Promise.all(sims.map((sim) => sim.stop()));

const ms = (value) => `${value.toFixed(1)} ms`;
const eachMb = (name) => ((after[name] - before[name]) / COUNT / 1024 / 1024).toFixed(2);
console.log(`Node ${process.version}, medians of ${rounds} (minimum to maximum)\n`);
console.log(`cold: library ${ms(loadedMs)}, ready ${ms(coldMs)}`);
console.log(`warm: ready ${describe(warm)}, stopped ${describe(stops)}`);
console.log(`${COUNT} in a row, start and stop: ${ms(rowMs)}, ${ms(rowMs / COUNT)} each`);
console.log(`${COUNT} at once: ready ${ms(atOnceMs)}, ${ms(atOnceMs / COUNT)} each`);
console.log(
  `memory of each of them: resident ${eachMb('rss')} MB, heap ${eachMb('heapUsed')} MB${globalThis.gc ? '' : ' (start with --expose-gc for the heap alone)'}`,
);

function describe(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return `${ms(sorted[Math.floor(sorted.length / 2)])} (${ms(sorted[0])} to ${ms(sorted.at(-1))})`;
}
