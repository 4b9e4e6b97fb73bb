// Round trips per second and their p50 and p99 of the OAPI gateway, beside a bare node:net server that answers each
// request with the same bytes, in the same run; and broadcasts to 500 sessions.
//
//   node bench/oapi/run.mjs [rounds] [seconds]      (default 3 rounds of 3 seconds each; build first: npm run build)
//
// Server and load are processes of their own. The two servers take turns, so that a noisy machine troubles both alike;
// medians and ratios are what to read. Each session waits for its answer before it asks again, as the real API's calls
// do, so one session measures latency and a hundred measure throughput.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { benchDay } from './day.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const rounds = Number(process.argv[2] ?? 3);
const seconds = Number(process.argv[3] ?? 3);
const scratch = mkdtempSync(join(tmpdir(), 'dcass-bench-'));
const day = join(scratch, 'day.yaml');
writeFileSync(day, JSON.stringify(benchDay()));

const REQUESTS = ['UQ12', 'CQ3', 'CD35'];
const SESSIONS = [1, 10, 100];
const samples = new Map();
const broadcasts = [];
try {
  for (let round = 0; round < rounds; round++) {
    for (const sessions of SESSIONS) {
      const servers = round % 2 === 0 ? ['gateway', 'echo'] : ['echo', 'gateway'];
      for (const name of servers) for (const request of REQUESTS) await measure(name, request, sessions);
    }
    broadcasts.push(await measureBroadcasts());
  }
  print();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function measure(name, request, sessions) {
  const server = await start([join(here, `${name}.mjs`), name === 'gateway' ? day : request]);
  try {
    const load = await start([
      join(here, 'load.mjs'),
      JSON.stringify({ ...server.said, request, sessions, seconds, logIn: name === 'gateway' }),
    ]);
    const key = `${request} ${sessions} ${name}`;
    samples.set(key, [...(samples.get(key) ?? []), load.said]);
    await load.ended;
  } finally {
    await server.stop();
  }
}

async function measureBroadcasts() {
  const server = await start([join(here, 'gateway.mjs'), day]);
  try {
    const load = await start([join(here, 'listen.mjs'), JSON.stringify({ ...server.said, sessions: 500, deals: 40 })]);
    await load.ended;
    return load.said;
  } finally {
    await server.stop();
  }
}

// A process that says one line of JSON; the line is what it is ready with, or has measured.
async function start(args) {
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([once(lines, 'line'), ended.then(() => undefined)]);
  if (!first) throw new Error(`${args[0]} ended without a word`);
  return {
    said: JSON.parse(first[0]),
    ended,
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}

function print() {
  const median = (key, field) => {
    const values = (samples.get(key) ?? []).map((each) => each[field]).toSorted((a, b) => a - b);
    return values[values.length >> 1];
  };
  const row = (cells) =>
    console.log(cells.map((cell, i) => (i === 0 ? String(cell).padEnd(16) : String(cell).padStart(13))).join(''));
  row(['', 'per second', 'p50 ms', 'p99 ms', 'echo/second', 'echo p99 ms', 'of the echo']);
  for (const request of REQUESTS) {
    for (const sessions of SESSIONS) {
      const [gateway, echo] = [`${request} ${sessions} gateway`, `${request} ${sessions} echo`];
      row([
        `${request} x ${sessions}`,
        Math.round(median(gateway, 'perSecond')).toLocaleString('en'),
        median(gateway, 'p50').toFixed(2),
        median(gateway, 'p99').toFixed(2),
        Math.round(median(echo, 'perSecond')).toLocaleString('en'),
        median(echo, 'p99').toFixed(2),
        (median(gateway, 'perSecond') / median(echo, 'perSecond')).toFixed(2),
      ]);
    }
  }
  const of = (field) => broadcasts.map((each) => each[field]).toSorted((a, b) => a - b)[broadcasts.length >> 1];
  console.log(
    `broadcasts to 500 sessions: ${Math.round(of('perSecond')).toLocaleString('en')} events a second received; ` +
      `the last of 500 has one after ${of('lastP50').toFixed(1)} ms (p50), ${of('lastP99').toFixed(1)} ms (p99)`,
  );
}
