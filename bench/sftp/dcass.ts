// Our report server with a folder of many small files and one large one, as a process of its own. The large file is
// never whole in memory here: that is what shows whether the server would hold it.
import { readFileSync } from 'node:fs';
import type { CustomerCode } from '../../src/clearing/participant.ts';
import { wallClock } from '../../src/host/wall-clock.ts';
import type { ServedReport } from '../../src/sftp/port.ts';
import { prewarm, startSftpServer } from '../../src/sftp/server.ts';
import { DEFAULT_SFTP_SETTINGS } from '../../src/sftp/settings.ts';
import type { CalendarDate, Instant } from '../../src/time/instant.ts';

interface Asked {
  readonly hostKey: string;
  readonly publicKey: string;
  readonly largeBytes: number;
  readonly smallFiles: number;
  readonly smallBytes: number;
}

const { hostKey, publicKey, largeBytes, smallFiles, smallBytes } = JSON.parse(process.argv[2] ?? '') as Asked;
const participant = 'CABC' as CustomerCode;
const now = Date.UTC(2019, 4, 6, 11) as Instant;
const PIECE = 4 * 1024 * 1024;
// Longer than a piece by the longest READ, so that no answer is short: a client would ask for smaller ones from then on.
const PATTERN = Buffer.alloc(PIECE + 256 * 1024, 'row,HSIK9,OMNI1,7\r\n');

const file = (fileName: string, size: number): ServedReport => ({
  participant,
  fileName,
  folderDate: '2019-05-06' as CalendarDate,
  startedAt: now,
  completedAt: now,
  content: {
    size,
    slice: (offset, length) => {
      const from = offset % PIECE;
      return PATTERN.subarray(from, from + length);
    },
  },
});
const reports = [
  file('large.csv', largeBytes),
  ...Array.from({ length: smallFiles }, (_, i) => file(`small-${i}.csv`, smallBytes)),
];

const server = await startSftpServer({
  name: 'sftp',
  role: 'primary',
  address: '127.0.0.1',
  port: 0,
  hostKey: readFileSync(hostKey, 'utf8'),
  core: {
    now: () => now,
    sftpUser: (name) => (name === 'CABC' ? { participant, publicKeys: [readFileSync(publicKey, 'utf8')] } : undefined),
    reports: () => reports,
  },
  // What it says is not kept: the journal is measured elsewhere.
  journal: { record: (entry) => ({ ...entry, seq: 0, simTime: '', wallTime: '' }) },
  wall: wallClock,
  settings: DEFAULT_SFTP_SETTINGS,
});
await prewarm();
console.log(JSON.stringify({ port: server.port, user: 'CABC', folder: '/INBOX/20190506' }));
