import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IdentificationReader } from '../../src/sftp/identification.ts';
import { manualWall } from './manual-wall.ts';
import { ask, closeOf, connectTo, logIn, openSftp, openSubsystem } from './raw-client.ts';
import { largeText, pick, report, startReportServer } from './report-server.ts';

test(
  '1,000 idle connections, random bytes, half a greeting and slow writers neither stop a download nor stay in memory',
  { timeout: 60_000 },
  async () => {
    const wall = manualWall();
    await using world = await startReportServer({ wall });
    const text = largeText(1024 * 1024);
    world.state.reports = [report({ fileName: 'a.csv', text })];
    // The first download loads what is loaded once.
    await world.sftp('get INBOX/20190506/a.csv first.csv\n');
    const heldBefore = process.memoryUsage().rss;
    const idle = await Promise.all(Array.from({ length: 1_000 }, () => connectTo(world)));
    const noisy = await Promise.all(Array.from({ length: 50 }, () => connectTo(world)));
    for (const socket of noisy) socket.write(randomBytes(10_000));
    const half = await Promise.all(Array.from({ length: 50 }, () => connectTo(world)));
    for (const socket of half) socket.write('SSH-2.0-Op');
    const afterGreeting = await Promise.all(Array.from({ length: 50 }, () => connectTo(world)));
    for (const socket of afterGreeting) socket.write(Buffer.concat([Buffer.from('SSH-2.0-x\r\n'), randomBytes(2_000)]));
    for (let byte = 0; byte < 100; byte += 1) for (const socket of idle.slice(0, 20)) socket.write('SSH-'[byte] ?? 'x');

    expect(await world.sftp('get INBOX/20190506/a.csv second.csv\n')).toMatchObject({ code: 0 });
    expect(readFileSync(join(world.directory, 'second.csv'), 'latin1')).toBe(text);
    expect(process.memoryUsage().rss - heldBefore).toBeLessThan(150 * 1024 * 1024);

    // Random bytes are told at once; whoever says nothing goes when the time to log in is over.
    const all = [...idle, ...noisy, ...half, ...afterGreeting];
    wall.advance(29_999);
    wall.advance(1);
    wall.advance(2_000);
    await Promise.all(all.map(closeOf));
    await world.journal.waitForSeveral(1_152, { kind: 'sftp.disconnected' });
    expect(world.journal.of('sftp.connected')).toHaveLength(1_152);
    expect(world.server.connections()).toBe(0);
    const codes = world.journal.of('sftp.invalid').map((entry) => entry.code);
    expect(codes.filter((code) => code === 'no-ssh-identification')).toHaveLength(50);
    expect(codes.filter((code) => code === 'ssh-protocol').length).toBeGreaterThan(0);
  },
);

// Goal: no bytes after a proper greeting can crash or stop the server.
// Method: random bytes in random pieces, each on its own connection; the server must end it or wait for more,
// and serve a client afterwards.
test('random bytes behind a proper greeting do not stop the server', async () => {
  await using world = await startReportServer();
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { maxLength: 5 }), async (pieces) => {
      const socket = await connectTo(world);
      socket.write('SSH-2.0-fuzz\r\n');
      for (const piece of pieces) socket.write(piece);
      socket.end();
      socket.resume();
      await closeOf(socket);
    }),
    { numRuns: 50 },
  );
  expect((await world.sftp('ls\n')).code).toBe(0);
});

// Goal: no frame on an open SFTP channel can crash or stop the server.
// Method: frames with a true length and a random or existing type and random content, after INIT.
test('random SFTP frames end their own connection at most', async () => {
  await using world = await startReportServer();
  world.state.reports = [report({ fileName: 'a.csv' })];
  await using other = await logIn(world);
  const sftp = await openSftp(other);
  const frame = fc
    .tuple(fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constantFrom(0, 200, 255)), fc.uint8Array({ maxLength: 60 }))
    .map(([type, content]) => {
      const head = Buffer.alloc(5);
      head.writeUInt32BE(content.length + 1);
      head[4] = type;
      return Buffer.concat([head, content]);
    });
  await fc.assert(
    fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: 10 }), async (frames) => {
      await using client = await logIn(world);
      const channel = await openSubsystem(client);
      channel.write(Buffer.from([0, 0, 0, 5, 1, 0, 0, 0, 3]));
      for (const bytes of frames) channel.write(bytes);
    }),
    { numRuns: 25 },
  );
  expect(String(await ask((done) => sftp.readFile('/INBOX/20190506/a.csv', done)))).toBe('# a.csv\r\n');
});

test.each([
  ['no length', [0, 0, 0, 0]],
  ['a length beyond 31 bits', [255, 255, 255, 255, 1]],
  ['a length of 1 MiB', [0, 16, 0, 0, 1]],
  ['a type before INIT', [0, 0, 0, 5, 3, 0, 0, 0, 0]],
  ['a second INIT', [0, 0, 0, 5, 1, 0, 0, 0, 3, 0, 0, 0, 5, 1, 0, 0, 0, 3]],
])('an SFTP channel that sends %s is told as invalid and closed', async (_name, bytes) => {
  await using world = await startReportServer();
  await using client = await logIn(world);
  const channel = await openSubsystem(client);
  channel.write(Buffer.from(bytes));
  const disconnected = await world.journal.waitFor({ kind: 'sftp.disconnected' });
  const [invalid, ...more] = world.journal.of('sftp.invalid');
  expect(invalid).toMatchObject({ outcome: 'invalid', user: 'rrs_cabc' });
  expect(more).toEqual([]);
  expect(disconnected['reason']).toBe(invalid?.code);
});

test('a client that writes its greeting byte by byte is served', async () => {
  await using world = await startReportServer();
  const socket = connect(world.server.port, '127.0.0.1');
  const write = socket.write.bind(socket) as (bytes: unknown, ...rest: unknown[]) => boolean;
  let queue = Promise.resolve();
  let isFirst = true;
  // ssh2's own reader loses bytes of a greeting that comes in three pieces.
  socket.write = (bytes: unknown, ...rest: unknown[]): boolean => {
    if (!isFirst) {
      void queue.then(() => write(bytes, ...rest));
      return true;
    }
    isFirst = false;
    for (const byte of bytes as Buffer) {
      queue = queue.then(() => {
        write(Buffer.from([byte]));
        return new Promise((resolve) => setImmediate(resolve));
      });
    }
    return true;
  };
  await using client = await logIn(world, { sock: socket });
  expect(await ask((done) => openSftp(client).then((sftp) => sftp.realpath('.', done)))).toBe('/');
});

// Goal: the identification is read the same whatever pieces it comes in.
test('an identification in any pieces gives the same bytes, and anything else is refused within 255 bytes', () => {
  const pieces = (text: string, sizes: readonly number[]): string => {
    const reader = new IdentificationReader();
    let bytes = Buffer.from(text, 'latin1');
    for (const size of [...sizes, text.length]) {
      const read = reader.receive(bytes.subarray(0, size));
      bytes = bytes.subarray(size);
      if (read.state === 'complete') return Buffer.concat([read.bytes, bytes]).toString('latin1');
      if (read.state === 'invalid') return 'invalid';
    }
    return 'incomplete';
  };
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9 })), (sizes) => {
      expect(pieces('SSH-2.0-OpenSSH_9.2p1 Debian-2\r\nand more', sizes)).toBe(
        'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\nand more',
      );
      expect(pieces('SSH-1.99-x\n', sizes)).toBe('SSH-1.99-x\n');
      for (const bad of [
        'GET / HTTP/1.1\r\n',
        'SSH-1.5-old\r\n',
        '\r\nSSH-2.0-x\r\n',
        `SSH-2.0-${'x'.repeat(300)}`,
        'SSH-2.0-\r\n',
        'SSH-2.0-x\u0001\r\n',
      ]) {
        expect(pieces(bad, sizes)).toBe('invalid');
      }
      expect(pieces('SSH-2.0-half', sizes)).toBe('incomplete');
    }),
  );
});

test('a logged-in connection without requests is closed at the idle limit, and one with requests is not', async () => {
  const wall = manualWall();
  await using world = await startReportServer({ wall, settings: { idleLimitMs: 60_000 } });
  await using idle = await logIn(world);
  await using busy = await logIn(world);
  const closed = new Promise<void>((resolve) => idle.client.once('close', () => resolve()));
  const sftp = await openSftp(busy);
  wall.advance(59_999);
  await ask((done) => sftp.stat('/', done));
  wall.advance(1);
  await closed;
  await ask((done) => sftp.stat('/', done));
  expect(pick([await world.journal.waitFor({ kind: 'sftp.disconnected' })], 'connection', 'reason', 'user')).toEqual([
    { connection: 'sftp-1', reason: 'idle', user: 'rrs_cabc' },
  ]);
});

test('one connection more than the setting says is refused, and there is room again when one leaves', async () => {
  await using world = await startReportServer({ settings: { connectionsMax: 2 } });
  const first = await connectTo(world);
  const second = await connectTo(world);
  const third = await connectTo(world);
  await closeOf(third);
  expect(pick(world.journal.of('sftp.refused'), 'operation', 'code')).toEqual([
    { operation: 'connect', code: 'too-many-connections' },
  ]);
  first.destroy();
  second.destroy();
  await world.journal.waitFor({ kind: 'sftp.disconnected', connection: 'sftp-1' });
  await world.journal.waitFor({ kind: 'sftp.disconnected', connection: 'sftp-2' });
  expect((await world.sftp('ls\n')).code).toBe(0);
});
