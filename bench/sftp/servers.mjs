// The servers of this benchmark, each a process of its own, with the same host key, user key and files.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const BANNER =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url); import { fileURLToPath as toPath } from 'node:url'; const __filename = toPath(import.meta.url); const __dirname = toPath(new URL('.', import.meta.url));";

/**
 * Starts all of them.
 * @param files `largeBytes`, `smallFiles`, `smallBytes`
 * @returns by name: `port`, `pid`, `user`, `folder`, and `keyFile` for the client; and `stop`
 */
export async function startServers(scratch, files) {
  const key = (name) => {
    execFileSync('ssh-keygen', ['-q', '-t', 'rsa', '-b', '3072', '-m', 'PEM', '-N', '', '-f', join(scratch, name)]);
    return join(scratch, name);
  };
  const hostKey = key('host');
  const keyFile = key('user');
  const asked = JSON.stringify({ ...files, hostKey, publicKey: `${keyFile}.pub` });
  // Inside the checkout, so that it finds ssh2 there.
  const state = join(here, '../../.state');
  mkdirSync(state, { recursive: true });
  const bundleFolder = mkdtempSync(join(state, 'bench-sftp-'));
  const bundled = join(bundleFolder, 'dcass.mjs');
  await build({
    entryPoints: [join(here, 'dcass.ts')],
    outfile: bundled,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    // As in the program: ssh2 with its addon where it was built.
    external: ['ssh2'],
    banner: { js: BANNER },
    logLevel: 'error',
  });

  const children = [];
  const node = async (...args) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    const [line] = await once(createInterface(child.stdout), 'line');
    return { ...JSON.parse(line), pid: child.pid, keyFile };
  };
  const servers = {
    'dcass-sim': await node(bundled, asked),
    'OpenSSH sshd': await startSshd(scratch, { ...files, hostKey, keyFile }, children),
    'minimal ssh2': await node(join(here, 'minimal.mjs'), asked),
  };
  const stop = () => {
    for (const child of children) child.kill();
    rmSync(bundleFolder, { recursive: true, force: true });
  };
  return { servers, stop };
}

/** OpenSSH's own server by hand: a configuration of its own, keys only, one port of loopback. */
async function startSshd(scratch, { largeBytes, smallFiles, smallBytes, hostKey, keyFile }, children) {
  const folder = join(scratch, 'files');
  mkdirSync(folder);
  const pattern = Buffer.alloc(4 * 1024 * 1024, 'row,HSIK9,OMNI1,7\r\n');
  writeFileSync(join(folder, 'large.csv'), '');
  for (let left = largeBytes; left > 0; left -= pattern.length) {
    writeFileSync(join(folder, 'large.csv'), pattern.subarray(0, Math.min(left, pattern.length)), { flag: 'a' });
  }
  for (let i = 0; i < smallFiles; i++) writeFileSync(join(folder, `small-${i}.csv`), pattern.subarray(0, smallBytes));
  const authorized = join(scratch, 'authorized_keys');
  writeFileSync(authorized, readFileSync(`${keyFile}.pub`));
  const port = await freePort();
  const config = join(scratch, 'sshd_config');
  writeFileSync(
    config,
    [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${hostKey}`,
      `AuthorizedKeysFile ${authorized}`,
      'PidFile none',
      'UsePAM no',
      'StrictModes no',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'PermitRootLogin yes',
      'MaxStartups 1000',
      'UseDNS no',
      'LogLevel QUIET',
      'Subsystem sftp internal-sftp',
      '',
    ].join('\n'),
  );
  // Where it runs as root it wants this folder, which the system makes at boot.
  if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true });
  const child = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', config], { stdio: ['ignore', 'inherit', 'inherit'] });
  children.push(child);
  await untilItAnswers(port, child);
  return { port, pid: child.pid, user: userInfo().username, folder, keyFile };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

async function untilItAnswers(port, child) {
  for (let tries = 0; tries < 100; tries++) {
    if (child.exitCode !== null) throw new Error('sshd ended at once; it stands above why');
    const socket = connect(port, '127.0.0.1');
    const answers = await Promise.race([
      once(socket, 'data').then(() => true),
      once(socket, 'close').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (answers) return;
    await wait(50);
  }
  throw new Error('sshd does not answer');
}
