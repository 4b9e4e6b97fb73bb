// The clearing model at 1 thousand, 100 thousand and 1 million trades, beside SQLite in memory.
//
//   node bench/clearing/run.mjs [rounds] [largest]      (default 3 rounds, up to 1000000 trades)
//
// Each size and contender runs in a process of its own; medians and ratios are what to read. A query returns the same
// number of rows at every size, so its time must not grow with the trades that it does not return.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const rounds = Number(process.argv[2] ?? 3);
const largest = Number(process.argv[3] ?? 1_000_000);
const sizes = [1_000, 100_000, 1_000_000].filter((size) => size <= largest);
const wasm = join(here, 'node_modules', 'sql.js', 'dist', 'sql-wasm.wasm');
const scratch = mkdtempSync(join(tmpdir(), 'dcass-bench-'));

if (!existsSync(join(here, 'node_modules', 'sql.js'))) {
  process.stderr.write('Installing sql.js for the comparison (first run only) …\n');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', '--engine-strict=false'], {
    cwd: here,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

try {
  await build({
    entryPoints: { model: join(here, 'measure.ts'), sqlite: join(here, 'sqlite.mjs') },
    outdir: scratch,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url); import { fileURLToPath as toPath } from 'node:url'; const __filename = toPath(import.meta.url); const __dirname = toPath(new URL('.', import.meta.url));",
    },
    logLevel: 'error',
  });
  const samples = { model: {}, sqlite: {} };
  for (let round = 0; round < rounds; round++) {
    for (const size of sizes) {
      for (const name of round % 2 === 0 ? ['model', 'sqlite'] : ['sqlite', 'model']) {
        (samples[name][size] ??= []).push(run(name, size));
      }
    }
  }
  print(samples);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function run(name, size) {
  const out = execFileSync(process.execPath, ['--expose-gc', join(scratch, `${name}.mjs`), String(size), wasm], {
    encoding: 'utf8',
  });
  return JSON.parse(out.trim().split('\n').at(-1));
}

function print({ model, sqlite }) {
  const of = (list, field) => {
    const values = list.map((each) => each[field]).toSorted((a, b) => a - b);
    return values[values.length >> 1];
  };
  const row = (cells) =>
    console.log(cells.map((cell, i) => (i === 0 ? String(cell).padEnd(34) : String(cell).padStart(14))).join(''));
  row(['', ...sizes.map((size) => `${size.toLocaleString('en')}`)]);
  const line = (title, field, list, format = (v) => v) =>
    row([title, ...sizes.map((size) => format(of(list[size], field)))]);
  line('load, s', 'loadSeconds', model, (v) => v.toFixed(3));
  line('memory per trade, bytes', 'bytesPerTrade', model);
  line('peak of the process, MB', 'peakMegabytes', model);
  line('commands per second', 'commandsPerSecond', model);
  line('positions of a participant, µs', 'positionQueryMicros', model);
  line('100 trades by sequence, µs', 'tradeQueryMicros', model);
  line('trade report, s', 'reportSeconds', model, (v) => v.toFixed(3));
  line('trade report, rows per s', 'reportRowsPerSecond', model);
  console.log('');
  const ratio = (title, field) =>
    row([title, ...sizes.map((size) => (of(model[size], field) / of(sqlite[size], field)).toFixed(3))]);
  ratio('load, to SQLite', 'loadSeconds');
  ratio('positions, to SQLite', 'positionQueryMicros');
  ratio('100 trades, to SQLite', 'tradeQueryMicros');
  if (sizes.length > 1) {
    const [smallest, biggest] = [sizes[0], sizes.at(-1)];
    for (const [title, field] of [
      ['positions', 'positionQueryMicros'],
      ['100 trades', 'tradeQueryMicros'],
    ]) {
      console.log(
        `${title}: ${biggest} to ${smallest} trades: ${(of(model[biggest], field) / of(model[smallest], field)).toFixed(2)}`,
      );
    }
  }
}
