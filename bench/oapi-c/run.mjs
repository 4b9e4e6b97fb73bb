// Query round trips per second from C: the library against the gateway, beside bare sockets against a node:net server that
// answers with as many bytes, in the same run.
//
//   node bench/oapi-c/run.mjs [rounds] [seconds]      (default 3 rounds of 3 seconds; needs gcc; build first: npm run build)
//
// The two take turns, so that a noisy machine troubles both alike; medians and ratios are what to read.
import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { benchDay, USER_PASSWORD, userOf } from '../oapi/day.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const library = join(here, '../../clients/oapi-c');
const rounds = Number(process.argv[2] ?? 3);
const seconds = Number(process.argv[3] ?? 3);
const scratch = mkdtempSync(join(tmpdir(), 'dcass-bench-c-'));
const samples = new Map();
try {
  const day = join(scratch, 'day.yaml');
  writeFileSync(day, JSON.stringify(benchDay()));
  const sources = readdirSync(join(library, 'src')).filter((file) => file.endsWith('.c'));
  const load = join(scratch, 'load');
  const files = [join(here, 'load.c'), ...sources.map((file) => join(library, 'src', file))];
  execFileSync('gcc', ['-std=c11', '-O2', '-pthread', `-I${library}`, '-o', load, ...files]);
  for (let round = 0; round < rounds; round++) {
    for (const sessions of [1, 50]) {
      for (const how of round % 2 === 0 ? ['library', 'bare'] : ['bare', 'library']) {
        const perSecond = await measure(load, how, sessions, day);
        const key = `${how} ${sessions}`;
        samples.set(key, [...(samples.get(key) ?? []), perSecond]);
      }
    }
  }
  for (const sessions of [1, 50]) {
    const [ours, bare] = [median(`library ${sessions}`), median(`bare ${sessions}`)];
    console.log(
      `UQ12 x ${sessions}: ${ours.toLocaleString('en')} a second by the library, ` +
        `${bare.toLocaleString('en')} by bare sockets to an echo: ${(ours / bare).toFixed(2)}`,
    );
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function measure(load, how, sessions, day) {
  const server = join(here, '../oapi', how === 'library' ? 'gateway.mjs' : 'echo.mjs');
  const child = spawn(process.execPath, [server, how === 'library' ? day : 'UQ12'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const { host, port } = JSON.parse(line);
  const users = Array.from({ length: sessions }, (_, i) => userOf(i));
  const args = [how, host, String(port), String(seconds), USER_PASSWORD, ...users];
  const { stdout } = await promisify(execFile)(load, args);
  child.stdin.end();
  await ended;
  return Number(stdout);
}

function median(key) {
  const values = (samples.get(key) ?? []).toSorted((a, b) => a - b);
  return values[values.length >> 1];
}
