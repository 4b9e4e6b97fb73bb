import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { AccountId } from '../../src/clearing/account.ts';
import type { CustomerCode } from '../../src/clearing/participant.ts';
import { PASSWORD, series } from '../support/world.ts';
import { clientPath, hasClient } from '../support/real-clients.ts';
import { oapiWorld } from '../oapi/world.ts';
import { compile } from './probe.ts';

const run = promisify(execFile);
const POSITIONS = fileURLToPath(new URL('../../clients/oapi-c/examples/positions.py', import.meta.url));

test.skipIf(!hasClient('gcc') || !hasClient('python3'))(
  'the Python example reads positions by the library, in segments',
  async () => {
    const library = compile('probe', '-shared', '-fPIC', '-fvisibility=hidden');
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
    const args = [POSITIONS, '127.0.0.1', String(sim.gateways[0].port), 'BO_CABC801'];
    const env = { ...process.env, DCASS_OAPI_LIBRARY: library };
    const { stdout } = await run(clientPath('python3'), [...args, PASSWORD], { env });
    expect(stdout.trim().split('\n')).toEqual([
      expect.stringMatching(/^HOUSE 7\.1\.4\.0\.4001\.\d+\.0 0 4$/),
      expect.stringMatching(/^OMNI1 7\.1\.4\.0\.4001\.\d+\.0 7 2$/),
    ]);
    await expect(run(clientPath('python3'), [...args, 'wrong'], { env })).rejects.toMatchObject({
      stderr: expect.stringContaining('login: -2024 (wrong user or password)') as string,
    });
  },
  60_000,
);
