// The report server under OpenSSH's own client, beside OpenSSH's own server and a minimal ssh2 server, in one run: one large file,
// many small files, logins, and the memory of the server.
//
//   node bench/sftp/run.mjs [rounds] [MiB] [small files] [logins] [cipher …]
//          (default 3, 512, 2000, 40, and the client's own choice and aes128-gcm@openssh.com; needs Debian's openssh-server)
//
// The order changes every round; medians and ratios are what to read. On a machine that has other work, read the processor
// time of the server for a MiB, a file or a login, which says the same with less noise. The client needs as much of a processor as the server
// does. All servers have the same RSA key of 3072 bits; OpenSSH's reads its files from a disk that the kernel has in memory.
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { startServers } from './servers.mjs';

const [rounds = 3, mebibytes = 512, smallFiles = 2_000, loginCount = 40] = process.argv.slice(2, 6).map(Number);
const named = process.argv.slice(6);
const ciphers = named.length > 0 ? named : ['default', 'aes128-gcm@openssh.com'];
const OURS = 'dcass-sim';
const SMALL_BYTES = 8 * 1024;
const LOGINS_AT_ONCE = 4;
const TICKS_A_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

if (!existsSync('/usr/sbin/sshd')) {
  process.stderr.write('There is no /usr/sbin/sshd; on Debian: apt install openssh-server (it need not be running)\n');
  process.exit(2);
}

const scratch = mkdtempSync(join(tmpdir(), 'dcass-bench-'));
let stop = () => undefined;
try {
  const largeBytes = mebibytes * 1024 * 1024;
  const started = await startServers(scratch, { largeBytes, smallFiles, smallBytes: SMALL_BYTES });
  stop = started.stop;
  const { servers } = started;
  const loads = [
    ...ciphers.map((cipher) => ({
      title: `${mebibytes} MiB, ${cipher}`,
      unit: 'MiB/s',
      run: (server) => mebibytes / download(server, cipher, ['large.csv']),
      count: mebibytes,
    })),
    {
      title: `${smallFiles} files of 8 KiB`,
      unit: 'files/s',
      count: smallFiles,
      run: (server) => smallFiles / download(server, 'default', ['small-*.csv'], smallFiles),
    },
    {
      title: `logins, ${LOGINS_AT_ONCE} at once`,
      unit: 'logins/s',
      count: loginCount,
      run: (server) => logins(server),
    },
  ];
  const samples = new Map();
  const names = Object.keys(servers);
  for (let round = -1; round < rounds; round++) {
    for (const load of loads) {
      const turn = Math.max(round, 0) % names.length;
      for (const name of [...names.slice(turn), ...names.slice(0, turn)]) {
        const { pid } = servers[name];
        clearPeak(pid);
        const before = processorMs(pid);
        const speed = await load.run(servers[name]);
        const key = `${load.title}\t${name}`;
        // Per MiB, file or login.
        const each = (processorMs(pid) - before) / load.count;
        // Round -1 warms the compilers up.
        if (round >= 0) samples.set(key, [...(samples.get(key) ?? []), { speed, each, peak: peakMb(pid) }]);
        process.stderr.write('.');
      }
    }
  }
  process.stderr.write('\n');
  print(loads, names, samples);
} finally {
  stop();
  rmSync(scratch, { recursive: true, force: true });
}

/** @returns seconds */
function download({ port, user, folder, keyFile }, cipher, files, count = files.length) {
  const target = join(scratch, 'got');
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target);
  const batch = join(scratch, 'batch');
  writeFileSync(batch, `lcd ${target}\ncd ${folder}\n${files.map((name) => `get ${name}`).join('\n')}\n`);
  const from = performance.now();
  execFileSync('sftp', ['-b', batch, ...options({ port, user, keyFile }, cipher)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const seconds = (performance.now() - from) / 1_000;
  const got = readdirSync(target).length;
  if (got !== count) throw new Error(`${got} files came, not ${count}`);
  return seconds;
}

/** @returns logins a second; each is a client process of its own */
async function logins(server) {
  const batch = join(scratch, 'nothing');
  writeFileSync(batch, 'pwd\n');
  let left = loginCount;
  const from = performance.now();
  const one = () =>
    new Promise((resolve, reject) => {
      execFile('sftp', ['-b', batch, ...options(server, 'default')], (error) =>
        error ? reject(new Error(error.message)) : resolve(),
      );
    });
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await one();
    }
  };
  await Promise.all(Array.from({ length: LOGINS_AT_ONCE }, worker));
  return loginCount / ((performance.now() - from) / 1_000);
}

function options({ port, user, keyFile }, cipher) {
  const set = [
    'StrictHostKeyChecking=no',
    'UserKnownHostsFile=/dev/null',
    'IdentitiesOnly=yes',
    'IdentityAgent=none',
    'BatchMode=yes',
    'LogLevel=ERROR',
    ...(cipher === 'default' ? [] : [`Ciphers=${cipher}`]),
  ];
  return [
    '-q',
    '-F',
    '/dev/null',
    '-i',
    keyFile,
    '-P',
    String(port),
    ...set.flatMap((each) => ['-o', each]),
    `${user}@127.0.0.1`,
  ];
}

function print(loads, names, samples) {
  console.log(`Node ${process.version}, ${rounds} rounds, medians\n`);
  const titles = ['speed', '', 'spread', 'processor ms', 'peak memory'];
  const widths = [10, 10, 8, 14, 13];
  const row = (load, server, cells, rest) =>
    `${load.padEnd(36)}${server.padEnd(16)}${cells.map((cell, i) => (i === 1 ? ` ${cell}`.padEnd(widths[i]) : cell.padStart(widths[i]))).join('')}   ${rest}`;
  console.log(row('load', 'server', titles, 'dcass-sim is, by speed and by processor'));
  for (const { title, unit } of loads) {
    const all = (name, field) => samples.get(`${title}\t${name}`).map((sample) => sample[field]);
    for (const name of names) {
      const speeds = all(name, 'speed');
      const [speed, each] = [median(speeds), median(all(name, 'each'))];
      const spread = (Math.max(...speeds) - Math.min(...speeds)) / speed;
      // OpenSSH forks: of its memory the process that listens is all that could be asked.
      const memory = name === 'OpenSSH sshd' ? '-' : `${Math.max(...all(name, 'peak'))} MB`;
      const times = [median(all(OURS, 'speed')) / speed, each / median(all(OURS, 'each'))];
      console.log(
        row(
          title,
          name,
          [speed.toFixed(speed < 100 ? 1 : 0), unit, `${Math.round(spread * 100)} %`, each.toFixed(2), memory],
          name === OURS ? '' : times.map((ratio) => `${ratio.toFixed(2)} times`.padStart(12)).join(''),
        ),
      );
    }
  }
}

/** Processor time that a process and those of its children that have ended have had, its own and the kernel's for it. */
function processorMs(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  // man proc_pid_stat: fields 14 to 17; the two before the state are cut off here.
  return (fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) / TICKS_A_SECOND) * 1_000;
}

/** From now on the peak is counted anew (Linux). */
function clearPeak(pid) {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** The most memory that a process has had since then. */
function peakMb(pid) {
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024);
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
