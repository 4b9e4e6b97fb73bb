import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import type { AccountId } from '../../src/clearing/account.ts';
import type { CustomerCode } from '../../src/clearing/participant.ts';
import { PASSWORD, series } from '../support/world.ts';
import { clientPath, hasClient } from '../support/real-clients.ts';
import { oapiWorld } from '../oapi/world.ts';
import { make } from './probe.ts';

const run = promisify(execFile);
const CLIENT = fileURLToPath(new URL('../../clients/oapi-c/', import.meta.url));
const EXAMPLES = join(CLIENT, 'examples');

const folder = mkdtempSync(join(tmpdir(), 'dcass-sim-examples-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A command that takes host, port, user and password. */
interface Example {
  readonly command: readonly [string, ...string[]];
  readonly env: Record<string, string>;
}

function python(): Example {
  const DCASS_OAPI_LIBRARY = join(make('linux'), 'liboapi.so');
  return { command: [clientPath('python3'), join(EXAMPLES, 'positions.py')], env: { DCASS_OAPI_LIBRARY } };
}

/** As the library's README shows it. */
function java(): Example {
  const library = make('linux');
  const javac = realpathSync(clientPath('javac'));
  const include = join(dirname(dirname(javac)), 'include');
  const from = join(EXAMPLES, 'java');
  execFileSync(javac, ['-h', folder, '-d', folder, join(from, 'Oapi.java'), join(from, 'Positions.java')]);
  const to = join(folder, 'liboapi_jni.so');
  const folders = [folder, CLIENT, include, join(include, 'linux')].map((each) => `-I${each}`);
  const flags = ['-std=c11', '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC', '-o', to];
  execFileSync(clientPath('gcc'), [...flags, ...folders, join(from, 'oapi_jni.c'), `-L${library}`, '-loapi']);
  const program = join(dirname(javac), 'java');
  return {
    command: [program, `-Djava.library.path=${folder}`, '-cp', folder, 'Positions'],
    env: { LD_LIBRARY_PATH: library },
  };
}

const hasC = hasClient('gcc') && hasClient('make');

describe.each([
  { language: 'Python', isHere: hasC && hasClient('python3'), build: python },
  { language: 'Java', isHere: hasC && hasClient('javac'), build: java },
])('from $language', ({ isHere, build }) => {
  test.skipIf(!isHere)(
    'the example reads positions by the library, in segments, and says why a login is refused',
    async () => {
      const { command, env } = build();
      const position = (account: string, held: number, written: number) => ({
        participant: 'CABC' as CustomerCode,
        account: account as AccountId,
        series: series('HSIK9').name,
        held,
        written,
      });
      await using sim = await oapiWorld({
        world: { positions: [position('OMNI1', 7, 2), position('HOUSE', 0, 4)] },
        settings: { pageSize: 1 },
      });
      const [program, ...first] = command;
      const logIn = (password: string) => {
        const args = [...first, '127.0.0.1', String(sim.gateways[0].port), 'BO_CABC801', password];
        return run(program, args, { env: { ...process.env, ...env } });
      };
      const { stdout } = await logIn(PASSWORD);
      expect(stdout.trim().split('\n')).toEqual([
        expect.stringMatching(/^HOUSE 7\.1\.4\.0\.4001\.\d+\.0 0 4$/),
        expect.stringMatching(/^OMNI1 7\.1\.4\.0\.4001\.\d+\.0 7 2$/),
      ]);
      await expect(logIn('wrong')).rejects.toMatchObject({
        stderr: expect.stringContaining('login: -2024 (wrong user or password)') as string,
      });
    },
    60_000,
  );
});
