// DCASS Online under load, beside what answers with the same bytes, in one run: logins by a new TLS connection each and
// by connections that stay, and the page of positions with 100 and with 10,000 rows.
//
//   node bench/online/run.mjs [rounds] [seconds] [loads]  (default 3, 3 and all; build first: npm run build)
//
// `loads` narrows it to those whose title begins so: `login`, or `login, keep-alive, 10`.
//
// The peers: a bare fastify HTTPS server, and for the login mountebank and WireMock (npm; it needs Java), each with a
// canned answer. All have the same ECDSA P-256 certificate. The order changes every round; medians and ratios are
// what to read. The load comes from a process of its own; a wrong status ends the run. That process needs as much of a
// processor as a server does, so beside answers a second stands the processor time of the server for one answer.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loginBody, LOGIN_USERS } from './day.mjs';
import { startServers } from './servers.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const rounds = Number(process.argv[2] ?? 3);
const seconds = Number(process.argv[3] ?? 3);
const only = process.argv[4] ?? '';
const CONNECTIONS = [1, 10, 100];
const OURS = 'dcass-sim';
const TICKS_A_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

if (!existsSync(join(here, 'node_modules', 'autocannon'))) {
  process.stderr.write('Installing the peers (first run only) …\n');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', '--engine-strict=false'], {
    cwd: here,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

const scratch = mkdtempSync(join(tmpdir(), 'dcass-bench-'));
let stop = () => undefined;
try {
  const started = await startServers(scratch);
  stop = started.stop;
  const { servers, cookies } = started;
  const loads = planLoads(servers, cookies);
  const samples = new Map();
  for (let round = -1; round < rounds; round++) {
    for (const load of loads) {
      const turn = Math.max(round, 0) % load.names.length;
      for (const name of [...load.names.slice(turn), ...load.names.slice(0, turn)]) {
        const key = `${load.title}\t${name}`;
        const sample = runLoad(name, servers[name], load);
        // Round -1 warms the compilers up.
        if (round >= 0) samples.set(key, [...(samples.get(key) ?? []), sample]);
        process.stderr.write('.');
      }
    }
  }
  process.stderr.write('\n');
  print(loads, samples, servers);
} finally {
  stop();
  rmSync(scratch, { recursive: true, force: true });
}

function planLoads(servers, cookies) {
  const login = {
    method: 'POST',
    status: 303,
    path: () => '/login',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    bodies: LOGIN_USERS.map(loginBody),
    names: Object.keys(servers),
  };
  const page = (ours, canned, cookie) => ({
    method: 'GET',
    status: 200,
    path: (name) => (name === OURS ? ours : canned),
    headers: { cookie },
    names: [OURS, 'fastify https'],
  });
  const kinds = [
    { title: 'login, new TLS', isNewConnection: true, ...login },
    { title: 'login, keep-alive', ...login },
    { title: '/positions, 100 rows', ...page('/positions?size=1000', '/positions', cookies.small) },
    {
      title: '/positions, 10,000 rows',
      isLarge: true,
      ...page('/positions?size=10000', '/positions-large', cookies.large),
    },
  ];
  const loads = kinds.flatMap((kind) =>
    CONNECTIONS.map((connections) => ({ ...kind, title: `${kind.title}, ${connections}`, connections })),
  );
  const asked = loads.filter(({ title }) => title.startsWith(only));
  if (asked.length === 0)
    throw new Error(`no load begins with "${only}": ${loads.map(({ title }) => title).join('; ')}`);
  return asked;
}

function runLoad(name, { port, pid }, { path, names: _names, title: _title, ...load }) {
  const asked = { ...load, url: `https://127.0.0.1:${port}${path(name)}`, seconds };
  const before = processorMs(pid);
  const said = execFileSync(process.execPath, [join(here, 'load.mjs'), JSON.stringify(asked)], { encoding: 'utf8' });
  const result = JSON.parse(said);
  return { ...result, processorMs: (processorMs(pid) - before) / result.answers };
}

function print(loads, samples, servers) {
  console.log(`Node ${process.version}, ${rounds} rounds of ${seconds} s, medians\n`);
  console.log(
    `${'load, connections'.padEnd(30)}${'server'.padEnd(14)} a second    p50 ms    p99 ms  processor ms   dcass-sim is`,
  );
  for (const load of loads) {
    const of = (name, field) => median(samples.get(`${load.title}\t${name}`).map((each) => each[field]));
    for (const name of load.names) {
      const perSecond = of(name, 'perSecond');
      const numbers = [
        perSecond.toFixed(perSecond < 100 ? 1 : 0).padStart(9),
        of(name, 'p50').toFixed(1).padStart(10),
        of(name, 'p99').toFixed(1).padStart(10),
        of(name, 'processorMs').toFixed(2).padStart(14),
      ];
      const times = name === OURS ? '' : `   ${(of(OURS, 'perSecond') / perSecond).toFixed(2)} times`;
      console.log(`${load.title.padEnd(30)}${name.padEnd(14)}${numbers.join('')}${times}`);
    }
  }
  console.log('\nMemory after all of it:');
  for (const [name, { pid }] of Object.entries(servers)) console.log(`${name.padEnd(14)}${residentMb(pid)} MB`);
}

/** Processor time that a process has had, its own and the kernel's for it. */
function processorMs(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  // man proc_pid_stat: fields 14 and 15; the two before the state are cut off here.
  return ((Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND) * 1_000;
}

function residentMb(pid) {
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024);
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
