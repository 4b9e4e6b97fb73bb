import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CalendarDate } from '../../src/time/instant.ts';
import { CABC, CXYZ, largeText, pick, report, run, startReportServer, type ReportServer } from './report-server.ts';

const FILE = 'TRADES_CABC_20190506_1830.csv';
const TEXT = largeText(3_000_000);

function fill(world: ReportServer): void {
  world.state.reports.push(
    report({ fileName: FILE, text: TEXT }),
    report({ fileName: 'POSITIONS_CABC_20190506_1830.csv', code: 'positions' }),
    report({ fileName: 'TRADES_CXYZ_20190506_1830.csv', participant: CXYZ }),
    report({ fileName: 'BUSINESSDATES_COMMON_20190506_1830.csv', participant: undefined, code: 'business-dates' }),
  );
}

const DOWNLOADED = {
  outcome: 'ok',
  role: 'primary',
  user: 'rrs_cabc',
  participant: CABC,
  path: `/INBOX/20190506/${FILE}`,
  file: FILE,
  bytes: TEXT.length,
  complete: true,
};

async function expectOneDownload(world: ReportServer): Promise<void> {
  await world.journal.waitFor({ kind: 'sftp.download' });
  expect(pick(world.journal.of('sftp.download'), ...Object.keys(DOWNLOADED))).toEqual([DOWNLOADED]);
  expect(world.journal.of('sftp.refused')).toEqual([]);
  expect(world.journal.of('sftp.invalid')).toEqual([]);
}

test("OpenSSH's sftp lists and downloads equal bytes with strict host key checking, and exits", async () => {
  await using world = await startReportServer();
  fill(world);
  const { code, stdout, stderr } = await world.sftp(
    `pwd\nls -l /INBOX/20190506\nls /COMMON/20190506\nls\ncd INBOX/20190506\nget -p ${FILE}\n`,
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('Remote working directory: /\n');
  expect(stdout).toContain(`-r--r--r--    1 rrs      rrs       3000000 May  6 18:31 ${FILE}\n`);
  expect(stdout).toContain('/COMMON/20190506/BUSINESSDATES_COMMON_20190506_1830.csv');
  expect(stdout).not.toContain('CXYZ');
  expect(readFileSync(join(world.directory, FILE), 'latin1')).toBe(TEXT);
  await expectOneDownload(world);
});

test('OpenSSH is told how much it may ask for at once, asks for it, and gets equal bytes', async () => {
  await using world = await startReportServer();
  fill(world);
  const { code, stderr } = await world.sftp(`cd INBOX/20190506\nget ${FILE}\n`, world.key, ['-vvv']);
  expect(code).toBe(0);
  expect(stderr).toContain('Server supports extension "limits@openssh.com" revision 1');
  expect(stderr).toMatch(/buffer sizes 0 \/ 261120; using \d+ \/ 261120/);
  expect(stderr).toMatch(/server handle limit 64; using 64/);
  expect(readFileSync(join(world.directory, FILE), 'latin1')).toBe(TEXT);
  await expectOneDownload(world);
});

test('OpenSSH gets equal bytes with requests of any length, and where nothing is announced', async () => {
  await using world = await startReportServer({ settings: { tellsLimits: false, bytesUnreadMax: 200_000 } });
  fill(world);
  for (const length of ['1000', '32768', '65536', '261120', '262000']) {
    const { code, stderr } = await world.sftp(`cd INBOX/20190506\nget ${FILE}\n`, world.key, ['-B', length]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(readFileSync(join(world.directory, FILE), 'latin1')).toBe(TEXT);
  }
  const { stderr } = await world.sftp(`ls\n`, world.key, ['-vvv']);
  expect(stderr).not.toContain('limits@openssh.com');
});

test("OpenSSH's scp downloads equal bytes and exits", async () => {
  await using world = await startReportServer({ keyType: 'rsa' });
  fill(world);
  const args = [...world.sshOptions(), '-p', `rrs_cabc@127.0.0.1:/INBOX/20190506/${FILE}`, '.'];
  expect(await run('scp', args, world.directory)).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(readFileSync(join(world.directory, FILE), 'latin1')).toBe(TEXT);
  await expectOneDownload(world);
});

test('curl lists and downloads equal bytes and checks the host key', async () => {
  await using world = await startReportServer({ keyType: 'rsa' });
  fill(world);
  const { privateFile } = world.key;
  const url = `sftp://rrs_cabc@127.0.0.1:${world.server.port}/INBOX/20190506/`;
  const ssh = join(world.directory, '.ssh');
  await run('mkdir', [ssh], world.directory);
  await run('cp', [world.knownHosts, join(ssh, 'known_hosts')], world.directory);
  const options = ['-sS', '--key', privateFile, '--pubkey', `${privateFile}.pub`];
  const listing = await run('curl', [...options, url], world.directory);
  expect(listing.stderr).toBe('');
  expect(listing.stdout).toContain(`-r--r--r--    1 rrs      rrs       3000000 May  6 18:31 ${FILE}\n`);
  expect(await run('curl', [...options, '-o', 'got', `${url}${FILE}`], world.directory)).toEqual({
    code: 0,
    stdout: '',
    stderr: '',
  });
  expect(readFileSync(join(world.directory, 'got'), 'latin1')).toBe(TEXT);
  await expectOneDownload(world);
});

test('lftp lists, downloads and mirrors equal bytes', async () => {
  await using world = await startReportServer({ keyType: 'ecdsa' });
  fill(world);
  const ssh = [
    'ssh',
    '-a',
    '-x',
    ...world.sshOptions().filter((option) => option !== '-P' && option !== String(world.server.port)),
  ].join(' ');
  const commands = [
    `set sftp:connect-program "${ssh}"`,
    'set net:max-retries 1',
    `open -u rrs_cabc, -p ${world.server.port} sftp://127.0.0.1`,
    'cls -l /INBOX/20190506',
    'mirror /COMMON common',
    `get /INBOX/20190506/${FILE}`,
  ];
  const { code, stdout, stderr } = await run('lftp', ['--norc', '-c', commands.join('; ')], world.directory);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(FILE);
  expect(readFileSync(join(world.directory, FILE), 'latin1')).toBe(TEXT);
  expect(readFileSync(join(world.directory, 'common/20190506/BUSINESSDATES_COMMON_20190506_1830.csv'), 'latin1')).toBe(
    '# BUSINESSDATES_COMMON_20190506_1830.csv\r\n',
  );
  await world.journal.waitFor({ kind: 'sftp.download', file: FILE });
  expect(world.journal.of('sftp.refused')).toEqual([]);
});

test('the root has both folders before any report exists, and an old folder goes when its days are over', async () => {
  await using world = await startReportServer({ settings: { daysKept: 2 } });
  expect((await world.sftp('ls -1\n')).stdout).toBe('sftp> ls -1\nCOMMON\nINBOX\n');
  world.state.reports.push(
    report({ fileName: 'today.csv' }),
    report({ fileName: 'yesterday.csv', folderDate: '2019-05-05' as CalendarDate }),
    report({ fileName: 'before.csv', folderDate: '2019-05-04' as CalendarDate }),
  );
  expect((await world.sftp('ls -1 INBOX\n')).stdout).toBe('sftp> ls -1 INBOX\nINBOX/20190505\nINBOX/20190506\n');
  expect((await world.sftp('get INBOX/20190504/before.csv\n')).stderr).toContain('not found');
});
