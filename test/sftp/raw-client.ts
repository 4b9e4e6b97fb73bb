import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import ssh2, { type Client, type ConnectConfig, type SFTPWrapper } from 'ssh2';
import type { ReportServer } from './report-server.ts';

export interface RawClient extends AsyncDisposable {
  readonly client: Client;
}

/** Logs in with ssh2's client; rejects with its error. */
export async function logIn(world: ReportServer, change: ConnectConfig = {}): Promise<RawClient> {
  const client = new ssh2.Client();
  const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    client.once('ready', resolve);
    client.on('error', reject);
    client.once('close', () => reject(new Error('the server closed the connection')));
    client.connect({
      host: '127.0.0.1',
      port: world.server.port,
      username: 'rrs_cabc',
      privateKey: readFileSync(world.key.privateFile),
      ...change,
    });
  });
  client.setNoDelay(true);
  return {
    client,
    async [Symbol.asyncDispose]() {
      client.end();
      await closed;
    },
  };
}

/** ssh2's own types lack this: a call with a callback at its end, as a promise. */
export function ask<T = unknown>(
  call: (done: (error: Error | undefined | null, value?: T) => void) => unknown,
): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, value) => (error ? reject(error) : resolve(value as T)));
  });
}

export function openSftp({ client }: RawClient): Promise<SFTPWrapper> {
  return ask<SFTPWrapper>((done) => client.sftp(done));
}

/** The bare channel of the SFTP subsystem, to write any bytes into. */
export function openSubsystem({ client }: RawClient): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    client.subsys('sftp', (error, channel) => {
      if (error) return reject(error);
      channel.on('error', () => undefined);
      channel.resume();
      resolve(channel);
    });
  });
}

/** The SFTP status code of a refused call; 'ok' when it went through. */
export async function statusOf(
  call: (done: (error: Error | undefined | null) => void) => unknown,
): Promise<number | 'ok'> {
  try {
    await ask(call);
    return 'ok';
  } catch (error) {
    return (error as { readonly code: number }).code;
  }
}

/** A bare TCP connection that ignores errors and whatever comes. */
export function connectTo(world: ReportServer): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect(world.server.port, '127.0.0.1', () => resolve(socket));
    socket.on('error', () => undefined);
    socket.resume();
  });
}

export function closeOf(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) resolve();
    else socket.once('close', () => resolve());
  });
}
