import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { AccountId } from '../../src/clearing/account.ts';
import type { CustomerCode } from '../../src/clearing/participant.ts';
import { clientPath, hasClient } from '../support/real-clients.ts';
import { deal, PASSWORD, series, side } from '../support/world.ts';
import { oapiWorld, type OapiWorld } from './world.ts';

const script = fileURLToPath(new URL('python_client.py', import.meta.url));

async function runPython(sim: OapiWorld, password: string): Promise<{ code: number; stdout: string; stderr: string }> {
  const { address, port } = sim.gateways[0];
  const child = spawn(clientPath('python3'), [script, address, String(port), 'BO_CABC801'], { stdio: 'pipe' });
  child.stdin.end(`${password}\n`);
  const [[code], stdout, stderr] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
  return { code: code as number, stdout, stderr };
}

test.skipIf(!hasClient('python3'))(
  'a Python program written from PROTOCOL.md reads the date, every segment of the positions and every page of the trades',
  async () => {
    const position = (account: string, held: number, written: number) => ({
      participant: 'CABC' as CustomerCode,
      account: account as AccountId,
      series: series('HSIK9').name,
      held,
      written,
    });
    await using sim = await oapiWorld({
      world: {
        positions: [position('HOUSE', 1, 0), position('OMNI1', 5, 4)],
        deals: [
          { ...deal(), quantity: 3, buyer: { ...side('CABC', 'HOUSE'), customerInfo: 'A/C 77' } },
          { ...deal(), quantity: 2, price: 29_400, buyer: side('CXYZ', 'HOUSE'), seller: side('CABC', 'OMNI1') },
        ],
      },
      settings: { pageSize: 1 },
    });
    const { code, stdout, stderr } = await runPython(sim, PASSWORD);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const of = { series: [7, 1, 4, 0, 4001, 15550, 0], type: 1 };
    const row = { series: [7, 1, 4, 0, 4001, 15550, 0], participant: 'CABC' };
    expect(JSON.parse(stdout)).toEqual({
      login: 0,
      businessDate: {
        omexVersion: 'DCASS-SIM',
        businessDate: '20190506',
        utcDate: '20190505',
        utcTime: '020000',
        timeZone: 'HKT-8',
        utcOffset: 28_800,
      },
      segments: 2,
      positions: [
        { ...row, account: 'HOUSE', held: 4, written: 0 },
        { ...row, account: 'OMNI1', held: 5, written: 6 },
      ],
      trades: [
        {
          ...of,
          sequence: 1,
          trade: 1,
          price: 29_500,
          quantity: 3,
          remaining: 3,
          account: 'HOUSE',
          info: 'A/C 77',
          side: 1,
        },
        { ...of, sequence: 2, trade: 4, price: 29_400, quantity: 2, remaining: 2, account: 'OMNI1', info: '', side: 2 },
      ],
      logout: 0,
    });
  },
);

test.skipIf(!hasClient('python3'))('the Python program is told that its password is wrong', async () => {
  await using sim = await oapiWorld();
  expect(await runPython(sim, 'wrong')).toMatchObject({ code: 1, stderr: 'login: -2024 / 0\n' });
});

test('the Python program has fewer than 150 lines and imports the standard library only', () => {
  const source = readFileSync(script, 'utf8');
  expect(source.trimEnd().split('\n').length).toBeLessThan(150);
  const modules = source.match(/^(?:import|from) .+/gm);
  expect(modules).toEqual(['import json, socket, struct, sys']);
});
