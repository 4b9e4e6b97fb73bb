import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startSimulator, type JournalEntry } from '../../src/index.ts';
import { openDayLog } from '../../src/persistence/day-log.ts';
import type { DayIdentity } from '../../src/persistence/identity.ts';
import { readLog } from '../../src/persistence/read-log.ts';
import { stateDirectory } from './process.ts';

const DAY: DayIdentity = { format: 'dcass-day/1', version: '0', scenario: 'a', seed: 1, fingerprint: 'f' };
const NO_FAILURE = (error: Error): never => {
  throw error;
};

const entry = (seq: number, fields: object = {}): JournalEntry => ({
  seq,
  simTime: `2019-05-05T09:00:00.${String(seq % 1000).padStart(3, '0')}+08:00`,
  wallTime: '',
  kind: 'scenario.note',
  source: 'scenario',
  ...fields,
});

// Goal: wherever a log ends, what is read of it is whole: every group in it or not, and nothing else lost.
// Method: groups of random sizes are written; the file is cut at every place in turn that fast-check thinks of.
test('a log that is cut anywhere is read up to the last group that is whole', async () => {
  const folder = stateDirectory();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 4 })), { maxLength: 8 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (groups, where) => {
        const at = mkdtempSync(join(folder, 'log-'));
        const files = { logFile: join(at, 'log'), secretsFile: join(at, 'secrets') };
        const log = openDayLog({ ...files, onFailure: NO_FAILURE });
        log.write({ day: DAY });
        let seq = 0;
        const wholes = [0];
        for (const [together, size] of groups) {
          const write = (): void => {
            for (let i = 0; i < size; i++) {
              // Names that other lines have, too.
              log.append(entry(++seq, { text: '香港\n', change: 'begun', day: 1, group: 'begin', stopped: true }));
              log.note({ after: seq, change: { of: 'task-done', number: seq } });
              if (!together) wholes.push(seq);
            }
          };
          if (together) log.together(() => log.together(write));
          else write();
          wholes.push(seq);
        }
        const bytes = readFileSync(files.logFile);
        await log[Symbol.asyncDispose]();
        const header = bytes.indexOf(0x0a) + 1;
        const cut = header + Math.floor(where * (bytes.length - header));
        const read = readLog('log', bytes.subarray(0, cut));
        expect(wholes).toContain(read.entries.length);
        expect(read.entries).toEqual(
          Array.from({ length: read.entries.length }, (_, i) => expect.objectContaining({ seq: i + 1 }) as unknown),
        );
        // Of a single entry the note may be lost, of a group nothing.
        expect(read.entries.length - read.noted.length).toBeLessThanOrEqual(1);
        expect(read.wholeBytes + read.cutBytes).toBe(cut);
        // What is whole is read as the same again, and nothing of it is cut.
        expect(readLog('log', bytes.subarray(0, read.wholeBytes))).toMatchObject({
          entries: read.entries,
          cutBytes: 0,
        });
      },
    ),
    { numRuns: 60 },
  );
});

test('a line that is damaged before the end is named', () => {
  const lines = [{ day: DAY }, entry(1), entry(3)].map((line) => `${JSON.stringify(line)}\n`);
  expect(() => readLog('log', Buffer.from(lines.join('')))).toThrow('line 3 of log is damaged');
  expect(() => readLog('log', Buffer.from(`${lines[0]}{"seq"\n${lines[1]}`))).toThrow('line 2 of log is damaged');
  expect(() => readLog('log', Buffer.from(''))).toThrow('has not even its first line');
});

test.skipIf(!existsSync('/dev/full'))('a full disk is told once, and the day goes on', async () => {
  const failures: string[] = [];
  const log = openDayLog({
    logFile: '/dev/full',
    secretsFile: '/dev/null',
    onFailure: (error) => void failures.push(error.message),
  });
  for (const seq of [1, 2, 3]) log.append(entry(seq));
  log.sync();
  await log[Symbol.asyncDispose]();
  expect(failures).toEqual([expect.stringContaining('ENOSPC')]);
});

test('a kept day whose folder was removed meanwhile stops like any other', async () => {
  const stateDir = stateDirectory();
  const sim = await startSimulator({ plan: 'ephemeral', clock: 'paused', stateDir, keep: true });
  rmSync(sim.kept?.folder ?? '', { recursive: true });
  await sim.stop();
  expect(sim.journal.entries({ kind: 'simulator.bug' })).toEqual([]);
  expect(existsSync(sim.kept?.folder ?? '')).toBe(false);
});
