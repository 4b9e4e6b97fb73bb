import type { FileEntryWithStats } from 'ssh2';
import { expect, test } from 'vitest';
import type { Instant } from '../../src/time/instant.ts';
import { ask, logIn, openSftp, statusOf } from './raw-client.ts';
import { EVENING, largeText, pick, report, startReportServer } from './report-server.ts';

const FOLDER = '/INBOX/20190506';

async function names(sftp: Awaited<ReturnType<typeof openSftp>>, folder: string): Promise<string[]> {
  const entries = await ask<FileEntryWithStats[]>((done) => sftp.readdir(folder, done));
  return entries.map((entry) => entry.filename);
}

test('a report being written has a temporary name and a part of its size, and its own name when complete', async () => {
  await using world = await startReportServer();
  await using client = await logIn(world);
  const sftp = await openSftp(client);
  const writing = report({ fileName: 'a.csv', completedAt: undefined, text: largeText(1_000) });
  world.state.reports = [writing];
  expect(await names(sftp, FOLDER)).toEqual(['a.csv.tmp']);
  expect(await ask((done) => sftp.stat(`${FOLDER}/a.csv.tmp`, done))).toMatchObject({
    size: 500,
    mtime: writing.startedAt / 1_000,
  });
  expect(await statusOf((done) => sftp.stat(`${FOLDER}/a.csv`, done))).toBe(2);

  world.state.reports = [{ ...writing, completedAt: EVENING }];
  expect(await names(sftp, FOLDER)).toEqual(['a.csv']);
  expect(await ask((done) => sftp.stat(`${FOLDER}/a.csv`, done))).toMatchObject({
    size: 1_000,
    mode: 0o100_444,
    mtime: EVENING / 1_000,
  });
  expect(await statusOf((done) => sftp.stat(`${FOLDER}/a.csv.tmp`, done))).toBe(2);
});

test('a file that was opened before a change keeps its bytes, and only a new open sees the new ones', async () => {
  await using world = await startReportServer();
  await using client = await logIn(world);
  const sftp = await openSftp(client);
  world.state.reports = [report({ fileName: 'a.csv', text: 'old\r\n' })];
  const handle = await ask<Buffer>((done) => sftp.open(`${FOLDER}/a.csv`, 'r', done));
  world.state.reports = [report({ fileName: 'a.csv', text: 'newer\r\n' })];
  const bytes = Buffer.alloc(100);
  expect(await ask((done) => sftp.read(handle, bytes, 0, 100, 0, done))).toBe(5);
  expect(bytes.toString('latin1', 0, 5)).toBe('old\r\n');
  expect(await ask((done) => sftp.fstat(handle, done))).toMatchObject({ size: 5 });
  expect(String(await ask((done) => sftp.readFile(`${FOLDER}/a.csv`, done)))).toBe('newer\r\n');
});

test('two connections of one user see the same at the same time', async () => {
  await using world = await startReportServer();
  await using first = await logIn(world);
  await using second = await logIn(world);
  const [one, two] = [await openSftp(first), await openSftp(second)];
  for (const completedAt of [undefined, EVENING]) {
    world.state.reports = [report({ fileName: 'a.csv', completedAt }), report({ fileName: 'b.csv' })];
    const seen = await Promise.all([one, two].map((sftp) => names(sftp, FOLDER)));
    expect(seen[0]).toEqual(completedAt === undefined ? ['a.csv.tmp', 'b.csv'] : ['a.csv', 'b.csv']);
    expect(seen[1]).toEqual(seen[0]);
  }
});

test('a folder of a thousand reports is listed whole, in order, with the times of its files', async () => {
  await using world = await startReportServer();
  await using client = await logIn(world);
  const sftp = await openSftp(client);
  const fileNames = Array.from({ length: 1_000 }, (_, index) => `r${String(index).padStart(4, '0')}.csv`);
  world.state.reports = fileNames.toReversed().map((fileName) => report({ fileName }));
  expect(await names(sftp, FOLDER)).toEqual(fileNames);
  const old = { startedAt: (EVENING - 1) as Instant, completedAt: Date.UTC(2018, 8, 12) as Instant };
  world.state.reports = [report({ fileName: 'a.csv', ...old })];
  const [entry] = await ask<FileEntryWithStats[]>((done) => sftp.readdir(FOLDER, done));
  expect(entry?.longname).toBe('-r--r--r--    1 rrs      rrs             9 Sep 12  2018 a.csv');
});

test('only a file that was read to its end is a download; one that was left is told as incomplete', async () => {
  await using world = await startReportServer();
  world.state.reports = [report({ fileName: 'a.csv', text: largeText(1_000) })];
  {
    await using client = await logIn(world);
    const sftp = await openSftp(client);
    const bytes = Buffer.alloc(1_000);
    const read = async (...parts: readonly (readonly [number, number])[]): Promise<void> => {
      const handle = await ask<Buffer>((done) => sftp.open(`${FOLDER}/a.csv`, 'r', done));
      for (const [offset, length] of parts) await ask((done) => sftp.read(handle, bytes, 0, length, offset, done));
      await ask((done) => sftp.close(handle, done));
    };
    await read();
    await read([0, 999]);
    await read([999, 1]);
    await read([0, 500], [500, 500]);
    const lost = await ask<Buffer>((done) => sftp.open(`${FOLDER}/a.csv`, 'r', done));
    await ask((done) => sftp.read(lost, bytes, 0, 10, 0, done));
  }
  await world.journal.waitFor({ kind: 'sftp.disconnected' });
  const seen = world.journal.entries.filter((entry) => entry.kind.startsWith('sftp.download'));
  expect(pick(seen, 'kind', 'bytes', 'complete')).toEqual([
    { kind: 'sftp.download-incomplete', bytes: 999, complete: false },
    { kind: 'sftp.download-incomplete', bytes: 0, complete: false },
    { kind: 'sftp.download', bytes: 1_000, complete: true },
    { kind: 'sftp.download-incomplete', bytes: 10, complete: false },
  ]);
});
