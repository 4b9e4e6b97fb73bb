import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { liveLine } from '../../src/cli/live-view.ts';
import type { JournalEntry, Simulator } from '../../src/index.ts';
import { fieldsOfKind } from '../../src/journal/fields.ts';
import { shippedNames } from '../../src/scenario/load.ts';
import { connect, positionQueryMessage } from '../oapi/client.ts';
import { curlAt } from '../support/online-by-curl.ts';
import { clientPath, hasClient } from '../support/real-clients.ts';
import { simulator } from '../support/simulator.ts';

const run = promisify(execFile);
const SCENARIOS = fileURLToPath(new URL('../../scenarios', import.meta.url));
const GOLDEN = fileURLToPath(new URL('golden-days/', import.meta.url));

// A transcript is read like code. `GOLDEN=update npx vitest run test/scenario/whole-day.test.ts` writes them anew.
test.each(await shippedNames(SCENARIOS))(
  '%s runs from its start to its end, and says what it always said',
  async (name) => {
    await using sim = await simulator({ scenario: name });
    for (let next = sim.clock.view().nextDue; next !== null; next = sim.clock.view().nextDue)
      await sim.clock.runToNext();
    const transcript = sim.journal
      .entries()
      .filter((entry) => entry.source !== 'clock')
      .map((entry) =>
        liveLine(entry, { colour: false, columns: Infinity, data: () => undefined, talk: () => undefined }),
      )
      .filter((line) => line !== undefined)
      .join('\n');
    const file = join(GOLDEN, `${name}.txt`);
    if (process.env['GOLDEN'] === 'update') writeFileSync(file, `${transcript}\n`);
    expect(`${transcript}\n`).toBe(readFileSync(file, 'utf8'));
    expect(sim.journal.entries({ kind: ['simulator.bug', 'scenario.refused'] })).toEqual([]);
    expect(sim.journal.entries().flatMap(undeclaredFields)).toEqual([]);
  },
);

test.skipIf(!hasClient('sftp') || !hasClient('curl'))(
  'two runs with the same clients give the same journal and the same report bytes',
  async () => {
    const [first, second] = [await morning(), await morning()];
    expect(first.journal).toEqual(second.journal);
    expect(first.entries.flatMap(undeclaredFields)).toEqual([]);
    expect(first.journal.length).toBeGreaterThan(20);
    expect(first.report.equals(second.report)).toBe(true);
    expect(first.report.toString('latin1')).toMatch(/^# SIMULATED REPORT/);
  },
);

/** Fields that `seen` would refuse although an entry has them. */
function undeclaredFields({
  seq: _seq,
  simTime: _simTime,
  wallTime: _wallTime,
  kind,
  ...fields
}: JournalEntry): string[] {
  const known = fieldsOfKind(kind);
  return Object.keys(fields).flatMap((field) => (known.includes(field) ? [] : [`${kind}: ${field}`]));
}

/** A morning as a participant has it: a wrong and a right login, an OAPI download, a report. */
async function morning(): Promise<{ entries: readonly JournalEntry[]; journal: readonly object[]; report: Buffer }> {
  const folder = mkdtempSync(join(tmpdir(), 'dcass-sim-morning-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  await using sim = await simulator({ at: '09:10' });
  await logIn(sim, 'not-the-password');
  await logIn(sim, 'Harbour#101');
  const [gateway] = sim.endpoints.oapi;
  await using client = await connect({ host: gateway?.address ?? '', port: gateway?.port ?? 0 });
  await client.login('BO_CABC801', 'Backoffice#801');
  await client.query(positionQueryMessage({ segment: 1 }));
  await sim.clock.advanceTo('10:05');
  const [server] = sim.endpoints.sftp;
  const file = join(folder, 'report.csv');
  await run(clientPath('sftp'), [
    '-q',
    '-i',
    sim.endpoints.files.keys['CABC'] ?? '',
    '-o',
    `UserKnownHostsFile=${sim.endpoints.files.knownHosts}`,
    '-o',
    'IdentitiesOnly=yes',
    '-P',
    String(server?.port),
    `CABC@${server?.address}:/INBOX/20190505/POSITIONS_CABC_20190506_1000.csv`,
    file,
  ]);
  await sim.journal.waitFor({ kind: 'sftp.disconnected' });
  const entries = sim.journal.entries();
  return { entries, journal: entries.map(withoutMachine), report: readFileSync(file) };
}

async function logIn(sim: Simulator, password: string): Promise<void> {
  using browser = curlAt(sim);
  await browser.login('BU_CABC101', password);
}

/** The real time is the one field in which two equal runs differ. */
function withoutMachine({ wallTime: _wallTime, ...entry }: JournalEntry): object {
  return entry;
}
