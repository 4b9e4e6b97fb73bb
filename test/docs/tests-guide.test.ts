import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';
import { hasClient } from '../support/real-clients.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const GUIDE = readFileSync(join(ROOT, 'docs/guides/tests.md'), 'utf8');

function shown(mark: string): string {
  const [, text] = new RegExp(`<!-- ${mark} -->\n\`\`\`\\w+\n([\\s\\S]*?)\`\`\``).exec(GUIDE) ?? [];
  return text ?? expect.fail(`the guide shows nothing marked ${mark}`);
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'dcass-sim-guide-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test.skipIf(!hasClient('curl'))('the guide’s command logs in, and is answered as it is printed', () => {
  const cwd = folder();
  writeFileSync(join(cwd, 'login.yaml'), shown('file: login.yaml'));
  const command = shown('run: login').replace(
    /^dcass-sim /,
    `'${process.execPath}' '${join(ROOT, 'bin/dcass-sim.mjs')}' `,
  );
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-euc', command], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, GITHUB_ACTIONS: '', DCASS_SIM_STATE_DIR: folder() },
  });
  const [, said = ''] = /```text\n(dcass-sim: sh [\s\S]*?)```/.exec(GUIDE) ?? [];
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: said });
  expect(readFileSync(join(cwd, 'results.xml'), 'utf8')).toContain(
    '<testcase classname="login" name="our-login: Our client logs in."/>',
  );
});

/** A project that has the package, and vitest, installed. */
function project(): string {
  const path = folder();
  mkdirSync(join(path, 'node_modules'));
  symlinkSync(ROOT, join(path, 'node_modules/dcass-sim'), 'junction');
  symlinkSync(join(ROOT, 'node_modules/vitest'), join(path, 'node_modules/vitest'), 'junction');
  return path;
}

function typescript(importing: string): string {
  const snippets = [...GUIDE.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, text = '']) => text);
  return snippets.find((text) => text.includes(`'${importing}'`)) ?? expect.fail(`no example imports ${importing}`);
}

// As a user's own build does it: Node 20 does not read `await using`.
async function toJavaScript(source: string): Promise<string> {
  return (await transform(source, { loader: 'ts', target: 'node20.19', format: 'esm' })).code;
}

test.skipIf(!hasClient('curl'))('the library’s example runs, with curl as the program under test', async () => {
  const cwd = project();
  const program = `
    const [{ host, address, port, url }] = sim.endpoints.online;
    const { promisify } = await import('node:util');
    const run = promisify((await import('node:child_process')).execFile);
    const common = ['-sS', '-o', 'page', '-b', 'jar', '-c', 'jar', '--cacert', sim.endpoints.files.ca, '--resolve', host + ':' + port + ':' + address];
    await run('curl', [...common, '--data-urlencode', 'username=BU_CABC101', '--data-urlencode', 'password=Harbour#101', url]);
    await run('curl', [...common, new URL('/positions', url).href]);`;
  const source = typescript('dcass-sim');
  expect(source).toContain('// … the program under test logs in at sim.endpoints.online …');
  const withProgram = source.replace(/\/\/ …[^\n]*/, () => program);
  writeFileSync(join(cwd, 'example.mjs'), await toJavaScript(`${withProgram}console.log('verified');`));
  const { stdout, stderr, status } = spawnSync(process.execPath, ['example.mjs'], { cwd, encoding: 'utf8' });
  expect({ stdout, stderr, status }).toEqual({ stdout: 'verified\n', stderr: '', status: 0 });
});

test('the example with vitest is a test that passes', () => {
  const cwd = project();
  writeFileSync(join(cwd, 'noon.test.ts'), typescript('dcass-sim/vitest'));
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--root', cwd, '--reporter', 'verbose'],
    { cwd, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1', VITEST: undefined } },
  );
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: expect.stringMatching(/everybody is logged out at noon[\s\S]*1 passed/),
  });
});

test.skipIf(!hasClient('sftp'))('the example of the client follows a day that runs it', async () => {
  const cwd = project();
  const source = typescript('dcass-sim/client')
    .replace('connect();', 'connect();\nawait day.clock.advanceTo("09:00");')
    .replace(
      /^for await/m,
      `const { spawn } = await import('node:child_process');
      const client = spawn('sftp', ['-b', '-', '-i', process.env.DCASS_SFTP_KEY, '-o', 'UserKnownHostsFile=' + process.env.DCASS_KNOWN_HOSTS, '-P', process.env.DCASS_SFTP_PORT, process.env.DCASS_SFTP_USER + '@' + process.env.DCASS_SFTP_HOST], { stdio: ['pipe', 'ignore', 'ignore'] });
      client.stdin.end('ls\\n');
      for await`,
    )
    .replace('console.log(entry.kind);', '{ console.log(entry.kind); if (entry.kind === "sftp.login") break; }');
  writeFileSync(join(cwd, 'example.mjs'), await toJavaScript(source));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, 'bin/dcass-sim.mjs'), 'run', 'verification-day', '--', process.execPath, 'example.mjs'],
    { cwd, encoding: 'utf8', env: { ...process.env, GITHUB_ACTIONS: '', DCASS_SIM_STATE_DIR: folder() } },
  );
  expect({ stdout, stderr }).toEqual({
    stdout: expect.stringMatching(/sftp\.login\n$/),
    stderr: expect.stringContaining('ended with 0'),
  });
  // What the day expects of others was missed, and that is what the exit code says.
  expect(status).toBe(1);
});
