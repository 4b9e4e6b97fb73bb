import type { AuthHandlerMiddleware, SFTPWrapper } from 'ssh2';
import { expect, test } from 'vitest';
import { ask, logIn, openSftp, statusOf, type RawClient } from './raw-client.ts';
import { largeText, pick, report, startReportServer } from './report-server.ts';

test('password and keyboard-interactive logins are refused and journalled without their secrets', async () => {
  await using world = await startReportServer();
  const attempt = logIn(world, {
    password: 'hunter2secret',
    tryKeyboard: true,
    authHandler: ['none', 'password', 'keyboard-interactive'],
  });
  await expect(attempt).rejects.toThrow('All configured authentication methods failed');
  expect(pick(world.journal.of('sftp.login'), 'outcome', 'code', 'user', 'method')).toEqual([
    { outcome: 'refused', code: 'method-not-allowed', user: 'rrs_cabc', method: 'password' },
    { outcome: 'refused', code: 'method-not-allowed', user: 'rrs_cabc', method: 'keyboard-interactive' },
  ]);
  expect(JSON.stringify(world.journal.entries)).not.toContain('hunter2secret');
});

test('the sixth failed attempt closes the connection', async () => {
  await using world = await startReportServer();
  const guess = ((_left, _partial, next) =>
    next({ type: 'password', username: 'rrs_cabc', password: 'x' })) as AuthHandlerMiddleware;
  await expect(logIn(world, { authHandler: guess })).rejects.toThrow();
  expect(await world.journal.waitFor({ kind: 'sftp.disconnected' })).toMatchObject({
    reason: 'too-many-login-failures',
  });
  expect(world.journal.of('sftp.login')).toHaveLength(6);
});

test('every operation on a path that leaves the tree finds nothing and is journalled', async () => {
  await using world = await startReportServer();
  world.state.reports = [report({ fileName: 'a.csv' })];
  await using client = await logIn(world);
  const sftp = await openSftp(client);
  const escapes = [
    '/INBOX/../../etc/passwd',
    '..',
    '../../../../../../etc/passwd',
    '/INBOX/20190506/../../../root',
    '..\\..\\etc\\passwd',
  ];
  for (const path of escapes) {
    const calls: readonly Parameters<typeof statusOf>[0][] = [
      (done) => sftp.stat(path, done),
      (done) => sftp.lstat(path, done),
      (done) => sftp.open(path, 'r', done),
      (done) => sftp.opendir(path, done),
      (done) => sftp.realpath(path, done),
      (done) => sftp.readlink(path, done),
    ];
    expect(await Promise.all(calls.map(statusOf))).toEqual([2, 2, 2, 2, 2, 2]);
  }
  expect(await statusOf((done) => sftp.open('/../etc/passwd', 'w', done))).toBe(3);
  expect(await statusOf((done) => sftp.unlink('/../etc/passwd', done))).toBe(3);
  const refused = world.journal.of('sftp.refused');
  expect(refused).toHaveLength(escapes.length * 6 + 2);
  expect(new Set(refused.map((entry) => entry.code))).toEqual(new Set(['path-escape']));
  expect(
    pick(refused, 'operation')
      .slice(0, 6)
      .map((entry) => entry['operation']),
  ).toEqual(['stat', 'lstat', 'open', 'opendir', 'realpath', 'readlink']);
});

test('paths that are odd but stay inside lead to what they name, and nothing else exists', async () => {
  await using world = await startReportServer();
  world.state.reports = [report({ fileName: 'a.csv' })];
  await using client = await logIn(world);
  const sftp = await openSftp(client);
  for (const path of [
    'INBOX/20190506/a.csv',
    '//INBOX/./20190506/../20190506//a.csv',
    '/COMMON/../INBOX/20190506/a.csv',
  ]) {
    expect(await ask((done) => sftp.realpath(path, done))).toBe('/INBOX/20190506/a.csv');
    expect(await statusOf((done) => sftp.stat(path, done))).toBe('ok');
  }
  const odd = [
    '/etc/passwd',
    '/INBOX/20190506/a.csv/x',
    '/INBOX/20190507',
    '/inbox',
    '/INBOX/2019',
    '/INBOX\u0000',
    '/INBOX/\\',
    `/${'a'.repeat(60_000)}`,
    '/INBOX/constructor',
  ];
  for (const path of odd) {
    expect(await statusOf((done) => sftp.stat(path, done))).toBe(2);
  }
  expect(pick(world.journal.of('sftp.refused'), 'code')).toEqual([{ code: 'path-invalid' }, { code: 'path-too-long' }]);
  expect(JSON.stringify(world.journal.entries).length).toBeLessThan(4_000);
});

test('a session holds 64 handles and no more, and unknown handles fail', async () => {
  await using world = await startReportServer();
  world.state.reports = [report({ fileName: 'a.csv' })];
  await using client = await logIn(world);
  const sftp = await openSftp(client);
  const open = (): Promise<Buffer> => ask<Buffer>((done) => sftp.open('/INBOX/20190506/a.csv', 'r', done));
  const handles = await Promise.all(Array.from({ length: 64 }, open));
  await expect(open()).rejects.toMatchObject({ code: 4 });
  expect(pick(world.journal.of('sftp.refused'), 'operation', 'code', 'path')).toEqual([
    { operation: 'open', code: 'too-many-handles', path: '/INBOX/20190506/a.csv' },
  ]);
  await ask((done) => sftp.close(handles[0] ?? Buffer.alloc(0), done));
  await open();
  const bytes = Buffer.alloc(10);
  for (const handle of [handles[0], Buffer.alloc(0), Buffer.from([0, 0, 0, 0]), Buffer.alloc(200, 1)]) {
    if (!handle) continue;
    expect(await statusOf((done) => sftp.read(handle, bytes, 0, 10, 0, done))).toBe(4);
    expect(await statusOf((done) => sftp.close(handle, done))).toBe(4);
  }
});

test('a read at or beyond the end is the end of the file, at any 64-bit offset', async () => {
  await using world = await startReportServer();
  world.state.reports = [report({ fileName: 'a.csv', text: largeText(100_000) })];
  await using client = await logIn(world);
  const sftp = await openSftp(client);
  const handle = await ask<Buffer>((done) => sftp.open('/INBOX/20190506/a.csv', 'r', done));
  const bytes = Buffer.alloc(200_000);
  // ssh2's client tells the end of the file as 0 bytes.
  for (const offset of [100_000, 100_001, 2 ** 32, 2 ** 53 - 1]) {
    expect(await ask((done) => sftp.read(handle, bytes, 0, 10, offset, done))).toBe(0);
  }
  expect(await ask((done) => sftp.read(handle, bytes, 0, 10, 99_995, done))).toBe(5);
});

test.each([
  ['the usual window', 2 * 1024 * 1024],
  ['a window without end', 2 ** 31],
])(
  'a client with %s that asks for 256 MiB and does not read makes the server hold a few, and gets all in the end',
  async (_name, window) => {
    await using world = await startReportServer();
    world.state.reports = [report({ fileName: 'a.csv', text: largeText(1024 * 1024) })];
    await using greedy = await logIn(world);
    await using other = await logIn(world);
    announce(greedy, window, 32_768);
    const sftp = await openSftp(greedy);
    const handle = await ask<Buffer>((done) => sftp.open('/INBOX/20190506/a.csv', 'r', done));
    const socket = (greedy.client as unknown as { readonly _sock: { pause(): void; resume(): void } })._sock;
    const heldBefore = process.memoryUsage().arrayBuffers;
    let heldMax = 0;
    const bytes = Buffer.alloc(32_768);
    socket.pause();
    const answers = Array.from({ length: 8_192 }, (_, index) =>
      ask<number>((done) =>
        sftp.read(handle, bytes, 0, bytes.length, (index % 32) * bytes.length, (error, count) => {
          // Asking for the memory in use is slow.
          if (index % 256 === 0) heldMax = Math.max(heldMax, process.memoryUsage().arrayBuffers);
          done(error, count);
        }),
      ),
    );
    // Meanwhile the other connection is served.
    const second = await openSftp(other);
    for (let turn = 0; turn < 50; turn += 1) {
      await statusOf((done) => second.stat('/INBOX', done));
      heldMax = Math.max(heldMax, process.memoryUsage().arrayBuffers);
    }
    socket.resume();
    expect((await Promise.all(answers)).every((count) => count === bytes.length)).toBe(true);
    expect(heldMax - heldBefore).toBeLessThan(64 * 1024 * 1024);
  },
);

test('more waiting requests than allowed close the connection', async () => {
  await using world = await startReportServer({ settings: { requestsWaitingMax: 100 } });
  world.state.reports = [report({ fileName: 'a.csv' })];
  await using client = await logIn(world);
  const sftp = await openSftp(client);
  const answers = Array.from({ length: 5_000 }, () =>
    statusOf((done) => sftp.stat('/INBOX', done)).catch(() => 'lost'),
  );
  expect(await world.journal.waitFor({ kind: 'sftp.disconnected' })).toMatchObject({ reason: 'too-many-requests' });
  expect(pick(world.journal.of('sftp.refused'), 'operation', 'code')).toEqual([
    { operation: 'requests', code: 'too-many-requests' },
  ]);
  await Promise.all(answers);
});

test('a channel that announces packets of 0 bytes is broken off, and others are served', async () => {
  await using world = await startReportServer();
  await using client = await logIn(world);
  // ssh2 as a server would loop for ever at its first answer.
  announce(client, 2 * 1024 * 1024, 0);
  await expect(ask<SFTPWrapper>((done) => client.client.sftp(done))).rejects.toThrow();
  expect(await world.journal.waitFor({ kind: 'sftp.invalid' })).toMatchObject({
    code: 'ssh-protocol',
    user: 'rrs_cabc',
  });
  expect((await world.sftp('ls\n')).code).toBe(0);
});

test('a client in a loop of refused operations is closed before it fills the journal', async () => {
  await using world = await startReportServer({ settings: { refusalsPerConnectionMax: 5 } });
  await using client = await logIn(world);
  const sftp = await openSftp(client);
  const attempts = Array.from({ length: 50 }, () => statusOf((done) => sftp.mkdir('/x', done)).catch(() => 'lost'));
  expect(await world.journal.waitFor({ kind: 'sftp.disconnected' })).toMatchObject({ reason: 'too-many-refusals' });
  expect(world.journal.of('sftp.refused')).toHaveLength(5);
  await Promise.all(attempts);
});

test('a user has no more sessions at once than the setting says', async () => {
  await using world = await startReportServer({ settings: { sessionsPerUserMax: 2 } });
  await using first = await logIn(world);
  {
    await using second = await logIn(world);
    await expect(logIn(world)).rejects.toThrow();
    expect(second).not.toBe(first);
  }
  expect(pick(world.journal.of('sftp.login'), 'outcome', 'code')).toEqual([
    { outcome: 'ok' },
    { outcome: 'ok' },
    { outcome: 'refused', code: 'too-many-sessions' },
  ]);
  await world.journal.waitFor({ kind: 'sftp.disconnected', connection: 'sftp-2' });
  await using again = await logIn(world);
  expect(again).not.toBe(first);
});

test('a connection has no more channels at once than the setting says', async () => {
  await using world = await startReportServer({ settings: { channelsPerConnectionMax: 2 } });
  await using client = await logIn(world);
  const one = await openSftp(client);
  await openSftp(client);
  await expect(openSftp(client)).rejects.toThrow();
  expect(pick(world.journal.of('sftp.refused'), 'operation', 'code')).toEqual([
    { operation: 'session', code: 'too-many-channels' },
  ]);
  const closed = new Promise((resolve) => one.once('close', resolve));
  one.end();
  await closed;
  await openSftp(client);
});

/** Makes ssh2's client announce this window and packet size for the channels that it opens. */
function announce({ client }: RawClient, window: number, packetSize: number): void {
  const protocol = (
    client as unknown as { readonly _protocol: { session(channel: number, window: number, packetSize: number): void } }
  )._protocol;
  const session = protocol.session.bind(protocol);
  protocol.session = (channel) => session(channel, window, packetSize);
}
