import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import type { Ready } from '../../src/index.ts';
import { sftpCrypto } from '../../src/sftp/ssh2-private.ts';
import { hasClient } from '../support/real-clients.ts';
import { simulator } from '../support/simulator.ts';
import { run } from './report-server.ts';

const ROOT = join(import.meta.dirname, '../..');

test('what the journal says of the crypto at the start is what ssh2 itself has taken', async () => {
  const { bindingAvailable } = createRequire(import.meta.url)('ssh2/lib/protocol/crypto.js') as {
    readonly bindingAvailable?: unknown;
  };
  // Another version of ssh2 may say it elsewhere: then src/sftp/ssh2-private.ts is to be looked at.
  expect(typeof bindingAvailable).toBe('boolean');
  expect(sftpCrypto()).toBe(bindingAvailable === true ? 'native' : 'javascript');
  await using sim = await simulator();
  expect(sim.journal.entries({ kind: 'simulator.ready' })[0]).toMatchObject({ sftpCrypto: sftpCrypto() });
});

test.skipIf(!hasClient('sftp'))(
  'the built program takes the addon that was compiled in the checkout',
  async () => {
    expect(await firstReport(ROOT)).toEqual({ crypto: sftpCrypto(), begins: '# SIMULATED REPORT' });
  },
  60_000,
);

test.skipIf(!hasClient('sftp'))(
  'where there are no packages beside it, the built program serves without',
  async () => {
    const bare = mkdtempSync(join(tmpdir(), 'dcass-sim-bare-'));
    onTestFinished(() => rmSync(bare, { recursive: true, force: true }));
    for (const name of ['bin', 'dist', 'scenarios', 'dictionaries', 'package.json']) {
      cpSync(join(ROOT, name), join(bare, name), { recursive: true });
    }
    expect(await firstReport(bare)).toEqual({ crypto: 'javascript', begins: '# SIMULATED REPORT' });
  },
  60_000,
);

/** What the program in `root` says of its crypto, and how the first report begins that OpenSSH's sftp gets from it. */
async function firstReport(root: string): Promise<{ readonly crypto: unknown; readonly begins: string }> {
  const stateDir = mkdtempSync(join(tmpdir(), 'dcass-sim-crypto-'));
  onTestFinished(() => rmSync(stateDir, { recursive: true, force: true }));
  const args = ['up', '--json', '--plan', 'ephemeral', '--clock', 'paused', '--at', '08:00', '--state-dir', stateDir];
  const child = spawn(process.execPath, [join(root, 'bin/dcass-sim.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const over = once(child, 'exit');
  try {
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const next = async (): Promise<Record<string, unknown>> =>
      JSON.parse(((await lines.next()) as { readonly value: string }).value) as Record<string, unknown>;
    let ready: Ready | undefined;
    let crypto: unknown;
    while (!ready || crypto === undefined) {
      const said = await next();
      if (said['ready'] === true) ready = said as unknown as Ready;
      if (said['kind'] === 'simulator.ready') crypto = said['sftpCrypto'];
    }
    const [server] = ready.sftp;
    const { keys, knownHosts } = ready.files;
    const options = [`UserKnownHostsFile=${knownHosts}`, 'IdentitiesOnly=yes', 'BatchMode=yes'];
    const got = join(stateDir, 'got.csv');
    await run(
      'sftp',
      [
        '-F',
        '/dev/null',
        '-i',
        keys['CABC'] ?? '',
        '-P',
        String(server?.port),
        ...[...options, 'Ciphers=aes128-gcm@openssh.com'].flatMap((each) => ['-o', each]),
        `CABC@${server?.address}:/INBOX/20190505/TRADES_CABC_20190506_0730.csv`,
        got,
      ],
      stateDir,
    );
    return { crypto, begins: readFileSync(got, 'latin1').slice(0, 18) };
  } finally {
    child.kill();
    await over;
  }
}
