import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FaultEffect } from '../../src/faults/fault.ts';
import { NO_FAULTS, type Faults } from '../../src/faults/live-faults.ts';
import { largeText, report, startReportServer } from './report-server.ts';

const FILE = 'TRADES_CABC_20190506_1830.csv';
const TEXT = largeText(3_000_000);

/** One fault, which hits the READ of that number. */
function atRead(number: number, effect: FaultEffect): Faults {
  let reads = 0;
  return {
    ...NO_FAULTS,
    isQuiet: false,
    take: ({ operation }) =>
      operation === 'read' && ++reads === number
        ? { id: 'fault-1', effect, carriesOut: true, random: { next: () => 0.5 } as never }
        : undefined,
  };
}

test('a throttled answer is slow to its end, also where it is longer than what is sent unread', async () => {
  // The fourth finds little room: three of 255 KiB are unread.
  await using world = await startReportServer({ faults: atRead(4, { do: 'throttle', bytesPerSecond: 200_000 }) });
  world.state.reports.push(report({ fileName: FILE, text: TEXT }));
  const from = performance.now();
  const { code, stderr } = await world.sftp(`get /INBOX/20190506/${FILE}\n`);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  // 261,120 bytes at 200,000 a second: the wait itself is what the fault is.
  expect(performance.now() - from).toBeGreaterThan(1_200);
  expect(readFileSync(join(world.directory, FILE), 'latin1')).toBe(TEXT);
});
