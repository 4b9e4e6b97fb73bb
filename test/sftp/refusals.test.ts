import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pick, report, run, startReportServer, type KeyPair, type ReportServer } from './report-server.ts';

const FIELDS = ['outcome', 'code', 'user', 'method'];

function ssh(world: ReportServer, key: KeyPair | undefined, ...rest: readonly string[]): ReturnType<typeof run> {
  const options = world.sshOptions(key).map((option) => (option === '-P' ? '-p' : option));
  return run('ssh', [...options, ...rest], world.directory);
}

test('a wrong key and an unknown user are refused with the same words, and only the journal tells them apart', async () => {
  await using world = await startReportServer();
  const wrong = world.newKey('ed25519');
  const first = await ssh(world, wrong, '-T', 'rrs_cabc@127.0.0.1');
  const second = await ssh(world, wrong, '-T', 'rrs_nobody@127.0.0.1');
  expect(first).toEqual({ code: 255, stdout: '', stderr: 'rrs_cabc@127.0.0.1: Permission denied (publickey).\r\n' });
  expect(second.stderr.replace('nobody', 'cabc')).toBe(first.stderr);
  expect(pick(world.journal.of('sftp.login'), ...FIELDS)).toEqual([
    { outcome: 'refused', code: 'wrong-key', user: 'rrs_cabc', method: 'publickey' },
    { outcome: 'refused', code: 'unknown-user', user: 'rrs_nobody', method: 'publickey' },
  ]);
});

test('a password login is refused, and the password is not in the journal', async () => {
  await using world = await startReportServer();
  const url = `sftp://127.0.0.1:${world.server.port}/INBOX/`;
  const { code } = await run('curl', ['-sS', '-k', '--user', 'rrs_cabc:hunter2secret', url], world.directory);
  expect(code).toBe(67);
  // curl sees that only publickey is offered and does not even try; a raw client does, in hostile-clients.test.ts.
  expect(JSON.stringify(world.journal.entries)).not.toContain('hunter2secret');
  expect(world.journal.of('sftp.login').filter((entry) => entry.outcome === 'ok')).toEqual([]);
});

test('a key of the user that signs nothing valid is refused', async () => {
  await using world = await startReportServer();
  // The client offers the user's public key but holds another private one.
  const other = world.newKey('ed25519');
  writeFileSync(`${other.privateFile}.pub`, `${world.key.publicLine}\n`);
  const { code } = await ssh(world, other, 'rrs_cabc@127.0.0.1');
  expect(code).toBe(255);
  expect(world.journal.of('sftp.login').filter((entry) => entry.outcome === 'ok')).toEqual([]);
});

test.each(['ed25519', 'rsa', 'ecdsa'] as const)('a user logs in with a key of type %s', async (keyType) => {
  await using world = await startReportServer({ keyType });
  expect((await world.sftp('pwd\n')).code).toBe(0);
  const [login] = world.journal.of('sftp.login');
  expect(login).toMatchObject({
    outcome: 'ok',
    user: 'rrs_cabc',
    participant: 'CABC',
    method: 'publickey',
    address: '127.0.0.1',
  });
  const printed = await run('ssh-keygen', ['-lf', `${world.key.privateFile}.pub`], world.directory);
  expect(printed.stdout).toContain(String(login?.['key']));
});

test('writing, deleting, renaming and making folders are refused and journalled, and change nothing', async () => {
  await using world = await startReportServer();
  world.state.reports.push(report({ fileName: 'a.csv' }));
  writeFileSync(join(world.directory, 'mine.csv'), 'mine');
  const refused = [
    ['put mine.csv /INBOX/20190506/mine.csv', 'open-for-writing', '/INBOX/20190506/mine.csv'],
    ['put mine.csv /INBOX/20190506/a.csv', 'open-for-writing', '/INBOX/20190506/a.csv'],
    ['rm /INBOX/20190506/a.csv', 'remove', '/INBOX/20190506/a.csv'],
    ['rename /INBOX/20190506/a.csv /INBOX/20190506/b.csv', 'rename', '/INBOX/20190506/a.csv'],
    ['mkdir /INBOX/new', 'mkdir', '/INBOX/new'],
    ['rmdir /INBOX/20190506', 'rmdir', '/INBOX/20190506'],
    ['symlink /etc/passwd /INBOX/link', 'symlink', '/INBOX/link'],
    ['chmod 777 /INBOX/20190506/a.csv', 'setstat', '/INBOX/20190506/a.csv'],
  ] as const;
  const { code, stderr } = await world.sftp(
    `${refused.map(([command]) => `-${command}`).join('\n')}\nls -1 /INBOX/20190506\n`,
  );
  expect(code).toBe(0);
  expect(stderr.match(/Permission denied/gi)).toHaveLength(refused.length);
  expect(pick(world.journal.of('sftp.refused'), 'outcome', 'code', 'user', 'operation', 'path')).toEqual(
    refused.map(([, operation, path]) => ({
      outcome: 'refused',
      code: 'read-only',
      user: 'rrs_cabc',
      operation,
      path,
    })),
  );
  expect((await world.sftp('ls -1 /INBOX/20190506\n')).stdout).toBe(
    'sftp> ls -1 /INBOX/20190506\n/INBOX/20190506/a.csv\n',
  );
});

test("curl's and scp's uploads are refused and journalled", async () => {
  await using world = await startReportServer({ keyType: 'rsa' });
  writeFileSync(join(world.directory, 'mine.csv'), 'mine');
  const { privateFile } = world.key;
  const url = `sftp://rrs_cabc@127.0.0.1:${world.server.port}/INBOX/mine.csv`;
  const curl = await run(
    'curl',
    ['-sS', '-k', '--key', privateFile, '--pubkey', `${privateFile}.pub`, '-T', 'mine.csv', url],
    world.directory,
  );
  expect(curl.code).not.toBe(0);
  const scp = await run(
    'scp',
    [...world.sshOptions(), 'mine.csv', 'rrs_cabc@127.0.0.1:/INBOX/mine.csv'],
    world.directory,
  );
  expect(scp.code).not.toBe(0);
  expect(pick(world.journal.of('sftp.refused'), 'code', 'operation', 'path')).toEqual([
    { code: 'read-only', operation: 'open-for-writing', path: '/INBOX/mine.csv' },
    { code: 'read-only', operation: 'open-for-writing', path: '/INBOX/mine.csv' },
  ]);
});

test('shell, command, terminal and forwarding are refused and journalled, and the command is not repeated', async () => {
  await using world = await startReportServer();
  expect((await ssh(world, undefined, 'rrs_cabc@127.0.0.1')).code).not.toBe(0);
  expect((await ssh(world, undefined, 'rrs_cabc@127.0.0.1', 'cat /etc/passwd')).code).not.toBe(0);
  expect((await ssh(world, undefined, '-tt', 'rrs_cabc@127.0.0.1', 'true')).code).not.toBe(0);
  expect((await ssh(world, undefined, '-W', '127.0.0.1:25', 'rrs_cabc@127.0.0.1')).code).not.toBe(0);
  expect((await ssh(world, undefined, '-s', 'rrs_cabc@127.0.0.1', 'netconf')).code).not.toBe(0);
  expect(
    (await ssh(world, undefined, '-o', 'ExitOnForwardFailure=yes', '-N', '-R', '0:127.0.0.1:25', 'rrs_cabc@127.0.0.1'))
      .code,
  ).not.toBe(0);
  const refused = world.journal.of('sftp.refused');
  expect(new Set(refused.map((entry) => entry['operation']))).toEqual(
    new Set(['shell', 'exec', 'pty', 'direct-tcpip', 'subsystem', 'tcpip-forward']),
  );
  expect(refused.every((entry) => entry.code === 'not-allowed' && entry['user'] === 'rrs_cabc')).toBe(true);
  expect(JSON.stringify(world.journal.entries)).not.toContain('passwd');
});
