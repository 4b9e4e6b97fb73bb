import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { wallClock } from '../../src/host/wall-clock.ts';
import type { JournalEntry, NewEntry } from '../../src/journal/entry.ts';
import { startMailRefusal, type MailRefusal } from '../../src/mail/refusal.ts';

async function start(
  wall = wallClock,
): Promise<{ readonly mail: MailRefusal; readonly entries: NewEntry[] } & AsyncDisposable> {
  const entries: NewEntry[] = [];
  const record = (entry: NewEntry): JournalEntry => {
    entries.push(entry);
    return { ...entry, seq: entries.length, simTime: '', wallTime: '' };
  };
  const mail = await startMailRefusal({ name: 'mail', address: '127.0.0.1', port: 0, journal: { record }, wall });
  return { mail, entries, [Symbol.asyncDispose]: () => mail[Symbol.asyncDispose]() };
}

const REFUSED = {
  kind: 'mail.refused',
  source: 'mail',
  outcome: 'unsimulated',
  code: 'mail-not-simulated',
  address: '127.0.0.1',
};

test('a client gets one 521 line and the end, and the journal says unsimulated', async () => {
  await using world = await start();
  const socket = connect(world.mail.port, '127.0.0.1');
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  expect(text).toBe('521 dcass-sim does not accept mail yet (simulation)\r\n');
  expect(world.entries).toEqual([REFUSED]);
});

test('curl cannot send a mail', async () => {
  await using world = await start();
  const args = [
    '-sS',
    '--max-time',
    '10',
    `smtp://127.0.0.1:${world.mail.port}`,
    '--mail-from',
    'a@example.com',
    '--mail-rcpt',
    'b@example.com',
    '-T',
    '-',
  ];
  const code = await new Promise((resolve) => {
    const child = execFile('curl', args, () => resolve(child.exitCode));
    child.stdin?.end('Subject: x\r\n\r\nsecret text\r\n');
  });
  // 8: "weird server reply".
  expect(code).toBe(8);
  expect(world.entries).toEqual([REFUSED]);
});

test('clients that never close their side are cut, and 200 of them leave nothing behind', async () => {
  const cuts: (() => void)[] = [];
  let gone = 0;
  let allGone = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    allGone = resolve;
  });
  // The listener's own timer is disposed when its socket has closed.
  const after = (_ms: number, call: () => void): Disposable => {
    cuts.push(call);
    return {
      [Symbol.dispose]: () => {
        gone += 1;
        if (gone === 200) allGone();
      },
    };
  };
  await using world = await start({ ...wallClock, after });
  const sockets = Array.from({ length: 200 }, () =>
    connect({ port: world.mail.port, host: '127.0.0.1', allowHalfOpen: true }).resume(),
  );
  await Promise.all(sockets.map((socket) => new Promise<void>((resolve) => socket.once('end', () => resolve()))));
  expect(gone).toBe(0);
  for (const cut of cuts) cut();
  await over;
  expect(world.mail.connections()).toBe(0);
  expect(world.entries).toHaveLength(200);
  for (const socket of sockets) socket.destroy();
});
