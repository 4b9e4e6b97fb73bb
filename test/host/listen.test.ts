import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { listen } from '../../src/host/listen.ts';

test('port 0 takes a free port, and the listener says which', async () => {
  await using listener = await listen(createServer(), 'oapi-1', '127.0.0.1', 0);
  expect(listener.port).toBeGreaterThan(0);
  expect([listener.name, listener.address]).toEqual(['oapi-1', '127.0.0.1']);
});

test('a taken port is SIM_PORT_IN_USE, with the name and the place of the one that wanted it', async () => {
  await using first = await listen(createServer(), 'oapi-1', '127.0.0.1', 0);
  await expect(listen(createServer(), 'online-1', '127.0.0.1', first.port)).rejects.toMatchObject({
    code: 'SIM_PORT_IN_USE',
    message: `online-1 cannot listen on 127.0.0.1:${first.port}: the port is taken, perhaps by another simulator`,
  });
});

// 203.0.113.0/24 is kept for documents (RFC 5737): no machine has an address of it. Binding sends nothing.
test('an address of another machine is SIM_ADDRESS_NOT_AVAILABLE and names the plan that works', async () => {
  const listening = listen(createServer(), 'online-1', '203.0.113.1', 0);
  await expect(listening).rejects.toMatchObject({ code: 'SIM_ADDRESS_NOT_AVAILABLE' });
  await expect(listening).rejects.toThrow(/^online-1 cannot listen on 203\.0\.113\.1:0: .*--plan single/);
});

test('a privileged port and any other trouble have codes of their own', async () => {
  const refusing = (code: string): ReturnType<typeof createServer> => {
    const server = createServer();
    server.listen = () => {
      queueMicrotask(() => server.emit('error', Object.assign(new Error(`listen ${code}`), { code })));
      return server;
    };
    return server;
  };
  await expect(listen(refusing('EACCES'), 'sftp', '127.0.0.1', 22)).rejects.toMatchObject({
    code: 'SIM_PORT_NOT_ALLOWED',
    message: 'sftp cannot listen on 127.0.0.1:22: this user may not open that port; choose one above 1023',
  });
  await expect(listen(refusing('EMFILE'), 'sftp', '127.0.0.1', 22)).rejects.toMatchObject({
    code: 'SIM_LISTEN_FAILED',
    message: 'sftp cannot listen on 127.0.0.1:22: listen EMFILE',
  });
});

test('dispose ends open connections, frees the port, and can be called twice', async () => {
  const server = createServer();
  const listener = await listen(server, 'oapi-1', '127.0.0.1', 0);
  const accepted = once(server, 'connection');
  const client = connect(listener.port, '127.0.0.1');
  const ended = once(client, 'close');
  client.on('error', () => undefined).resume();
  await Promise.all([once(client, 'connect'), accepted]);
  expect(listener.connections()).toBe(1);

  await Promise.all([listener[Symbol.asyncDispose](), listener[Symbol.asyncDispose]()]);
  await ended;
  expect(listener.connections()).toBe(0);
  await using again = await listen(createServer(), 'oapi-1', '127.0.0.1', listener.port);
  expect(again.port).toBe(listener.port);
});

test('dispose after somebody else has closed the server still resolves', async () => {
  const server = createServer();
  const listener = await listen(server, 'oapi-1', '127.0.0.1', 0);
  await new Promise((resolve) => server.close(resolve));
  await listener[Symbol.asyncDispose]();
  expect(server.listening).toBe(false);
});

test('a connection that cannot be accepted does not end the process', async () => {
  const server = createServer();
  await using listener = await listen(server, 'oapi-1', '127.0.0.1', 0);
  expect(() => server.emit('error', Object.assign(new Error('accept EMFILE'), { code: 'EMFILE' }))).not.toThrow();
  expect(listener.connections()).toBe(0);
});
