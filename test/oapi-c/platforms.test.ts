import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASSWORD, deal } from '../support/world.ts';
import { clientPath, hasClient } from '../support/real-clients.ts';
import { typeOnly } from '../oapi/client.ts';
import { read } from '../oapi/messages.ts';
import { oapiWorld } from '../oapi/world.ts';
import { link, make, startProbe, type Launcher, type Probe } from './probe.ts';

const HEADER = readFileSync(new URL('../../clients/oapi-c/omniapi.h', import.meta.url), 'utf8');
const UQ12 = typeOnly('UQ12').toString('hex');

interface Platform {
  readonly name: string;
  readonly isHere: boolean;
  /** Builds the library with make; returns its folder. */
  build(): string;
  /** The names that it exports. */
  exported(folder: string): string[];
  link(program: string, folder: string): string;
  readonly under: Launcher;
  env(folder: string): Record<string, string>;
}

function symbolsOf(folder: string): string[] {
  const listed = execFileSync('nm', ['-D', '--defined-only', join(folder, 'liboapi.so')], { encoding: 'utf8' });
  return [...listed.matchAll(/ [A-Z] (\w+)$/gm)].map((match) => match[1] ?? '');
}

function namesOf(folder: string, compiler: 'mingw' | 'mingw-32'): string[] {
  const objdump = clientPath(compiler).replace(/gcc-posix$/, 'objdump');
  const listed = execFileSync(objdump, ['-p', join(folder, 'oapi.dll')], { encoding: 'utf8' });
  const table = listed.split('[Ordinal/Name Pointer] Table\n')[1]?.split(/\n\s*\n/)[0] ?? '';
  return [...table.matchAll(/\] (?:.* )?(\w+)$/gm)].map((match) => match[1] ?? '');
}

const DECLARED = [...HEADER.matchAll(/^OMNIAPI_EXPORT [\w ]+?\*?(omniapi_\w+)\(/gm)].map((match) => match[1] ?? '');

/** What 32-bit programs run under: nothing where the kernel runs them, else qemu, else undefined. */
function launcher32(): Launcher | undefined {
  if (!hasClient('gcc-32')) return undefined;
  try {
    execFileSync(clientPath('gcc-32'), ['--version']);
    return [];
  } catch {
    return hasClient('qemu-i386') ? [clientPath('qemu-i386')] : undefined;
  }
}

const under32 = launcher32();
const winePrefix = mkdtempSync(join(tmpdir(), 'dcass-sim-wine-'));
afterAll(() => rmSync(winePrefix, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 }));

const PLATFORMS: readonly Platform[] = [
  {
    name: 'liboapi.so',
    isHere: hasClient('gcc') && hasClient('make'),
    build: () => make('linux'),
    exported: symbolsOf,
    link: (program, folder) => link('gcc', program, folder),
    under: [],
    env: (folder) => ({ LD_LIBRARY_PATH: folder }),
  },
  {
    name: 'the 32-bit liboapi.so',
    isHere: hasClient('gcc') && under32 !== undefined && hasClient('make'),
    build: () => make('32'),
    exported: symbolsOf,
    link: (program, folder) => link('gcc', program, folder, '-m32'),
    under: under32 ?? [],
    env: (folder) => ({ LD_LIBRARY_PATH: folder }),
  },
  {
    name: 'oapi.dll under wine',
    isHere: hasClient('mingw') && hasClient('make') && hasClient('wine'),
    build: () => make('windows'),
    exported: (folder) => namesOf(folder, 'mingw'),
    link: (program, folder) => link('mingw', program, folder),
    under: hasClient('wine') ? [clientPath('wine')] : [],
    env: () => ({ WINEPREFIX: winePrefix, WINEDEBUG: '-all', WINEDLLOVERRIDES: 'mscoree,mshtml=' }),
  },
];

for (const platform of PLATFORMS) {
  describe.skipIf(!platform.isHere)(`by make: ${platform.name}`, () => {
    let folder = '';
    let program = '';
    let env: Record<string, string> = {};
    beforeAll(() => {
      folder = platform.build();
      program = platform.link('probe', folder);
      env = { ...platform.env(folder) };
    }, 120_000);
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    const start = (more: Record<string, string> = {}): Probe =>
      startProbe(program, { ...env, ...more }, platform.under);

    test('exports what the header declares, and nothing else', () => {
      expect(platform.exported(folder).toSorted()).toEqual(DECLARED.toSorted());
    });

    test('its structs have the sizes and offsets of the facts', () => {
      const layouts = platform.link('layouts', folder);
      const [command, ...args] = [...platform.under, layouts];
      const printed = execFileSync(command, args, {
        encoding: 'utf8',
        env: { ...process.env, ...env },
      });
      expect(printed.trim().split(/\r?\n/)).toEqual([
        'login 232 32 64 192 196 228',
        'set-password 64',
        'old-login 268',
        'infobj 12',
        'subscription 20 12 16',
        'available 16',
        'subscribed-event 6',
        'time 64',
        'message 4',
      ]);
    });

    test('a program logs in, asks, hears of a trade, loses its gateway and goes on at the other', async () => {
      await using sim = await oapiWorld({ phase: 'normal' });
      const [first, second] = sim.gateways;
      const OAPI_OVERRIDE = `10.151.5.81=127.0.0.1:${first.port},10.151.5.82=127.0.0.1:${second.port}`;
      await using probe = start({ OAPI_OVERRIDE, OAPI_CALL_TIMEOUT_MS: '20000' });
      const login = (host: string, forced: number): string => `login ${host} 15001 BO_CABC801 ${PASSWORD} ${forced}`;
      expect(await probe.call(login('10.151.5.81', 0))).toMatchObject({ completion: 0 });
      const answered = await probe.call(`query 171 ${UQ12} 1000`);
      expect(answered).toMatchObject({ completion: 0, ids: [String(2n ** 32n + 1n), '0', 'abcdef01'] });
      expect(read('UA12', answered.bytes)).toMatchObject({ business_date: '20190506' });
      expect(await probe.call('set 1')).toMatchObject({ completion: 0 });
      expect(await probe.call('wait 999 10')).toMatchObject({ completion: -26 });
      sim.core.matchDeal(deal());
      const told = await probe.call('wait 1 20000');
      expect([told.completion, told.bytes.toString('latin1', 2, 4)]).toEqual([0, 'BD']);
      await first.stop('reset');
      expect((await probe.call(`query 171 ${UQ12} 1000`)).completion).toBeOneOf([-2001, -2008]);
      expect(await probe.call(login('10.151.5.81', 1))).toMatchObject({ completion: -2012 });
      expect(await probe.call(login('10.151.5.82', 1))).toMatchObject({ completion: 0 });
      expect(await probe.call('logout')).toMatchObject({ completion: 0 });
    }, 60_000);
  });
}

// Debian's wine runs 64-bit programs only, so it is not run; the compiler has asserted the sizes of the structs.
test.skipIf(!hasClient('mingw-32') || !hasClient('make'))(
  'the 32-bit oapi.dll exports the same names',
  () => {
    const folder = make('windows-32');
    expect(namesOf(folder, 'mingw-32').toSorted()).toEqual(DECLARED.toSorted());
    rmSync(folder, { recursive: true, force: true });
  },
  120_000,
);
