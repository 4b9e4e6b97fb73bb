import { readFileSync, writeFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { toFlow } from '../../src/scenario/build-timeline.ts';
import { compile } from '../oapi-c/probe.ts';
import { hasClient } from '../support/real-clients.ts';
import { chromiumSays, cSays, curlSays, faultyDay, sftpSays, trustingChromium } from './clients.ts';
import { FAULT_ROWS, type FaultRow } from './table.ts';

const FILE = new URL('../../docs/reference/faults.md', import.meta.url);
const HEAD = '| fault | curl | Chromium | OpenSSH sftp | C program |\n|---|---|---|---|---|\n';

const CLIENTS = ['curl', 'sftp', 'gcc', 'chromium', 'certutil'] as const;

/** What a client says while a fault is in force, which must have hit something; refused connections cannot be counted. */
async function under(
  sim: Simulator,
  effect: FaultRow['effect'],
  listener: string,
  match: object | true | undefined,
  says: (begin: () => Promise<unknown>) => Promise<string>,
): Promise<string> {
  if (match === undefined) return '-';
  // An id that no other row changes: what is flipped depends on it.
  const id = `${listener}-${toFlow(effect)
    .replaceAll(/[^a-z0-9]+/gi, '-')
    .toLowerCase()
    .replaceAll(/^-|-$/g, '')}`;
  const rule = { id, match: { listener, ...(match === true ? {} : match) }, effect, forReal: '5m' };
  const said = await says(() => sim.faults.start(rule));
  const fault = sim.faults.list().find((each) => each.id === id);
  if (effect !== 'refuse') expect(fault?.hits, `${toFlow(effect)} at ${listener}`).toBeGreaterThan(0);
  await sim.faults.stop(id);
  return said;
}

async function reportOf(sim: Simulator, program: string, browser: Browser, row: FaultRow): Promise<string> {
  const { effect, online, sftp, oapi, chromium, isAwaited } = row;
  const first =
    (says: () => Promise<string>) =>
    async (begin: () => Promise<unknown>): Promise<string> => {
      await begin();
      return says();
    };
  const told = [
    await under(
      sim,
      effect,
      'online-1',
      online,
      first(() => curlSays(sim, isAwaited)),
    ),
    await under(
      sim,
      effect,
      'online-1',
      chromium && online,
      first(() => chromiumSays(sim, browser)),
    ),
    await under(
      sim,
      effect,
      'sftp',
      sftp,
      first(() => sftpSays(sim, isAwaited)),
    ),
    await under(sim, effect, 'oapi-1', oapi, (begin) => cSays(sim, program, begin, isAwaited)),
  ];
  return `| \`${toFlow(effect)}\` | ${told.join(' | ')} |`;
}

/** `GOLDEN=update` writes them. */
test.skipIf(!CLIENTS.every(hasClient))(
  'each fault is seen by curl, Chromium, OpenSSH and a C program as the page of faults says, and heals',
  async () => {
    const program = compile('probe');
    await using sim = await faultyDay();
    await using chromium = await trustingChromium(sim.endpoints.files.ca);
    const { browser } = chromium;
    const healthy = async (): Promise<readonly string[]> => [
      await curlSays(sim),
      await chromiumSays(sim, browser),
      await sftpSays(sim),
      await cSays(sim, program, async () => undefined),
    ];
    const before = await healthy();
    expect(before.map((each) => each.split(',')[0])).toEqual(['HTTP 200', 'HTTP 200', 'the whole file', 'query 0']);
    const rows: string[] = [];
    for (const row of FAULT_ROWS) rows.push(await reportOf(sim, program, browser, row));
    expect(await healthy()).toEqual(before);
    expect(sim.journal.entries({ kind: 'fault.ended' }).length).toBe(
      sim.journal.entries({ kind: 'fault.started' }).length,
    );

    const table = `${HEAD}| none | ${before.join(' | ')} |\n${rows.join('\n')}\n`;
    const page = readFileSync(FILE, 'utf8');
    const from = page.indexOf(HEAD);
    const to = page.indexOf('\n\n', from) + 1;
    if (process.env['GOLDEN'] === 'update') writeFileSync(FILE, page.slice(0, from) + table + page.slice(to));
    else expect(page.slice(from, to)).toBe(table);
  },
  300_000,
);
