import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { transform } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';
import { hasClient } from '../support/real-clients.ts';
import { startDay } from '../cli/command.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'dcass-sim-readme-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test('the first two commands of the README are npm start and npm test', () => {
  const [, first] = /```sh\n([\s\S]*?)```/.exec(README) ?? [];
  expect(first).toBe('npm start\nnpm test\n');
});

test.skipIf(process.platform === 'darwin' || !hasClient('curl') || !hasClient('sftp'))(
  'the five-minute tour does what it says, command by command, against the built program',
  async () => {
    await using day = await startDay([
      '--plan',
      'loopback',
      '--at',
      '09:00',
      '--port',
      'online=0',
      'oapi=0',
      'sftp=0',
      'mail=0',
      'control=0',
    ]);
    const { files, online, sftp } = day.ready;
    const cwd = folder();
    // Only ports and places differ from what is printed.
    const fit = (command: string): string =>
      command
        .replaceAll('8082', String(online[0]?.port))
        .replaceAll('-P 2022', `-P ${sftp[0]?.port}`)
        .replaceAll('certs/ca.pem', files.ca)
        .replaceAll('certs/sftp/CABC', files.keys['CABC'] ?? '')
        .replaceAll(
          /^dcass-sim (.*)$/gm,
          `'${process.execPath}' '${join(ROOT, 'bin/dcass-sim.mjs')}' $1 --state-dir '${day.stateDir}'`,
        );
    const tour = [...README.matchAll(/<!-- run: tour -->\n```sh\n([\s\S]*?)```/g)].map((match) => fit(match[1] ?? ''));
    expect(tour).toHaveLength(3);
    const said: string[] = [];
    for (const command of tour) {
      const { stdout } = await run('bash', ['--norc', '-euo', 'pipefail', '-c', command], { cwd });
      said.push(stdout);
    }
    expect(said[0]).toMatch(/^CABC,HOUSE,HSIK9,\d+,\d+,/m);
    expect(
      readdirSync(join(cwd, 'reports'), { recursive: true }).filter((name) => String(name).endsWith('.csv')),
    ).not.toEqual([]);
    expect(said[2]).toMatch(/^2019-05-05 12:00:00 HKT/);
    expect(said[2]).toMatch(/BU_CABC101 is logged out at online-1: session closed/);
  },
  60_000,
);

test.skipIf(!hasClient('sftp'))(
  'the library’s example runs as it is printed, with a download in the place of "your program"',
  async () => {
    const [, snippet = ''] = /```ts\n([\s\S]*?)```/.exec(README) ?? [];
    const download = `
    const [{ address, port }] = sim.endpoints.sftp;
    const { spawn } = await import('node:child_process');
    const { once } = await import('node:events');
    const child = spawn('sftp', ['-b', '-', '-i', sim.endpoints.files.keys.CABC, '-o', 'UserKnownHostsFile=' + sim.endpoints.files.knownHosts, '-P', String(port), 'CABC@' + address], { stdio: ['pipe', 'ignore', 'inherit'] });
    child.stdin.end('get -r /INBOX reports');
    await once(child, 'close');`;
    expect(snippet).toContain('// … point your program at sim.endpoints …');
    const source = snippet
      .replace(/\/\/ …[^\n]*/, download)
      .replace("'dcass-sim'", `'${pathToFileURL(join(ROOT, 'dist/index.js')).href}'`);
    // As a user's own build does it: Node 20 does not read \`await using\`.
    const { code } = await transform(
      `${source}\nconsole.log(sim.journal.entries({ kind: 'sftp.download' }).length > 0);`,
      { loader: 'ts', target: 'node20.19', format: 'esm' },
    );
    const cwd = folder();
    writeFileSync(join(cwd, 'example.mjs'), code);
    const { stdout, stderr, status } = spawnSync(process.execPath, ['example.mjs'], { cwd, encoding: 'utf8' });
    expect({ stdout, stderr, status }).toEqual({ stdout: 'true\n', stderr: '', status: 0 });
  },
  60_000,
);

test('the version is the same everywhere', () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  expect(readFileSync(join(ROOT, 'src/config.ts'), 'utf8')).toContain(`VERSION = '${version}'`);
  expect(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8')).toContain(`## ${version}`);
});

test('every file that the README links to is there', () => {
  const links = [...README.matchAll(/\]\(([^)#:]+)\)/g)].map((match) => match[1] ?? '');
  expect(links.length).toBeGreaterThan(5);
  expect(links.filter((link) => !existsSync(join(ROOT, link)))).toEqual([]);
});
