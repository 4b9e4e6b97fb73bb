// Time from `spawn` to ready and to the first answer, and memory, of the simulator beside two peers, in one run.
//
//   node bench/start-up/run.mjs [rounds]          (default 9; build first: npm run build)
//
// The peers: a minimal fastify HTTPS server, which is the least that four gateways could cost, and
// mountebank, the multi-protocol simulator nearest to this one. The order changes every round, so that
// a noisy machine troubles all three alike; medians and ratios are what to read. The first answer is a page, asked for at the
// moment of readiness: what a program makes ready only then is waited for there.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get as getPlain } from 'node:http';
import { get as getTls } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const rounds = Number(process.argv[2] ?? 9);
const scratch = mkdtempSync(join(tmpdir(), 'dcass-bench-'));

if (!existsSync(join(here, 'node_modules', 'mountebank'))) {
  process.stderr.write('Installing mountebank for the comparison (first run only) …\n');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', '--engine-strict=false'], {
    cwd: here,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

const contenders = {
  'dcass-sim': {
    args: [join(root, 'bin', 'dcass-sim.mjs'), 'up', '--json', '--plan', 'ephemeral', '--clock', 'paused'],
    ready: /^(\{"ready":true.*)\n/m,
    page: (line) => {
      const { address, port } = JSON.parse(line).online[0];
      return `https://${address}:${port}/login`;
    },
  },
  'fastify https': { args: [join(here, 'minimal-fastify.mjs')], ready: /ready (\S+)\n/, page: (url) => url },
  mountebank: {
    args: [
      join(here, 'node_modules', 'mountebank', 'bin', 'mb'),
      'start',
      '--port',
      // It says where it was told to listen, and not where it does.
      String(await freePort()),
      '--pidfile',
      join(scratch, 'mb.pid'),
      '--nologfile',
      '--localOnly',
    ],
    ready: /now taking orders - point your browser to (\S+)/,
    page: (url) => url,
  },
};

const results = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
try {
  for (let round = -1; round < rounds; round++) {
    const names = Object.keys(contenders);
    for (const name of [
      ...names.slice(Math.max(round, 0) % names.length),
      ...names.slice(0, Math.max(round, 0) % names.length),
    ]) {
      const sample = await measure(contenders[name]);
      if (round >= 0) results[name].push(sample); // Round -1 warms the file cache.
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

const summary = Object.fromEntries(
  Object.entries(results).map(([name, samples]) => [
    name,
    Object.fromEntries(Object.keys(samples[0]).map((figure) => [figure, median(samples.map((s) => s[figure]))])),
  ]),
);
console.log(`Node ${process.version}, ${rounds} rounds, medians (minimum to maximum)\n`);
for (const [name, samples] of Object.entries(results)) {
  const ms = samples.map((s) => s.readyMs);
  console.log(
    `${name.padEnd(14)} ready ${String(Math.round(summary[name].readyMs)).padStart(5)} ms (${Math.round(Math.min(...ms))} to ${Math.round(Math.max(...ms))})   first answer ${String(Math.round(summary[name].answerMs)).padStart(5)} ms   memory ${Math.round(summary[name].rssMb)} MB`,
  );
}
const ratio = (peer, figure) => (summary['dcass-sim'][figure] / summary[peer][figure]).toFixed(2);
console.log('');
for (const peer of ['mountebank', 'fastify https']) {
  console.log(`dcass-sim / ${peer}: ready ${ratio(peer, 'readyMs')}, first answer ${ratio(peer, 'answerMs')}`);
}

/** Starts a contender, waits for its ready text, reads its memory, ends it. */
function measure({ args, ready, page }) {
  return new Promise((resolve, reject) => {
    const from = performance.now();
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const timeout = setTimeout(() => finish(new Error(`not ready in 30 s: ${args[0]}\n${said.slice(-2000)}`)), 30_000);
    const finish = (outcome) => {
      clearTimeout(timeout);
      child.removeAllListeners('exit');
      child.once('exit', () => (outcome instanceof Error ? reject(outcome) : resolve(outcome)));
      child.kill('SIGTERM');
    };
    child.once('exit', (code) => reject(new Error(`${args[0]} ended with ${code}\n${said.slice(-2000)}`)));
    const hear = (chunk) => {
      said += chunk;
      const told = ready.exec(said)?.[1];
      if (told === undefined) return;
      child.stdout.removeListener('data', hear);
      const readyMs = performance.now() - from;
      const rssMb = residentMb(child.pid);
      const url = page(told);
      const ask = url.startsWith('https:') ? getTls : getPlain;
      ask(url, { rejectUnauthorized: false, agent: false }, (response) => {
        response.resume().once('end', () => finish({ readyMs, answerMs: performance.now() - from, rssMb }));
      }).once('error', finish);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', (chunk) => (said += chunk));
  });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function residentMb(pid) {
  if (!existsSync(`/proc/${pid}/status`)) return NaN;
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
