import crypto from 'node:crypto';
import { expect, test } from 'vitest';
import { report, startReportServer } from './report-server.ts';

const FILE = 'TRADES_CABC_20190506_1830.csv';

// In a file of its own: nothing else here may have imported ssh2 before.
test('ssh2 pads dozens of packets with bytes of one pool, and everybody else has the function of Node', async () => {
  const { randomFillSync } = crypto;
  let asked = 0;
  const counting = (...args: Parameters<typeof randomFillSync>): unknown => {
    asked += 1;
    return randomFillSync(...args);
  };
  Object.assign(crypto, { randomFillSync: counting });
  try {
    await using world = await startReportServer();
    world.state.reports.push(report({ fileName: FILE }));
    const { code, stderr } = await world.sftp(`get /INBOX/20190506/${FILE}\n`.repeat(5));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(crypto.randomFillSync).toBe(counting);
    // 16 KiB for about fifty packets of at most 20 bytes of padding each.
    expect(asked).toBe(1);
  } finally {
    Object.assign(crypto, { randomFillSync });
  }
});
