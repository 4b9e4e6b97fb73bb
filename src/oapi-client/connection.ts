import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { FrameReader } from '../oapi/frame.ts';
import { decodeServerFrame, type Reply, type ServerFrame } from '../oapi/reply.ts';
import { encodeRequest, type Request } from '../oapi/request.ts';
import { SimError } from '../sim-error.ts';

export type EventFrame = Extract<ServerFrame, { op: 'event' }>;

/** One connection to an OAPI gateway, as src/oapi/PROTOCOL.md describes it. */
export interface OapiConnection extends AsyncDisposable {
  /** Answers come in the order of the requests. @throws SimError SIM_NOT_RUNNING where the gateway hangs up first */
  request(asked: Request): Promise<Reply>;
  /** Events come in order, those from before the first listener too. */
  onEvent(listener: (event: EventFrame) => void): Disposable;
  /** Resolves when the connection has ended, with what the gateway said of it, if anything. */
  readonly closed: Promise<string | undefined>;
}

/** @throws SimError SIM_NOT_RUNNING where nobody listens there */
export async function connectOapi(host: string, port: number): Promise<OapiConnection> {
  const socket = connect({ host, port, noDelay: true });
  try {
    await once(socket, 'connect');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new SimError('SIM_NOT_RUNNING', `no OAPI gateway at ${host}:${port} (${code ?? String(error)})`);
  }
  return serve(socket, `${host}:${port}`);
}

function serve(socket: Socket, where: string): OapiConnection {
  const reader = new FrameReader();
  const waiting = new Map<number, { resolve(reply: Reply): void; reject(error: Error): void }>();
  const listeners = new Set<(event: EventFrame) => void>();
  let early: EventFrame[] = [];
  let requests = 0;
  let lastWords: string | undefined;

  const tell = (event: EventFrame): void => {
    if (listeners.size === 0) early.push(event);
    for (const listener of listeners) listener(event);
  };
  socket.on('data', (chunk) => {
    reader.push(chunk);
    try {
      for (let frame = reader.next(); frame; frame = reader.next()) {
        const received = decodeServerFrame(frame);
        if (received.op === 'event') tell(received);
        else if (received.op === 'error') lastWords = `${received.completion}: ${received.text}`;
        else {
          waiting.get(received.requestId)?.resolve(received);
          waiting.delete(received.requestId);
        }
      }
    } catch (error) {
      lastWords = `what came is not OAPI of this simulator: ${error instanceof Error ? error.message : String(error)}`;
      socket.destroy();
    }
  });
  socket.on('error', (error: NodeJS.ErrnoException) => (lastWords ??= error.code ?? error.message));
  const hungUp = (): SimError =>
    new SimError(
      'SIM_NOT_RUNNING',
      `${where} closed the connection${lastWords === undefined ? '' : ` (${lastWords})`}`,
    );
  const closed = new Promise<string | undefined>((resolve) => {
    socket.once('close', () => {
      for (const each of waiting.values()) each.reject(hungUp());
      waiting.clear();
      resolve(lastWords);
    });
  });

  return {
    closed,
    request(asked) {
      if (socket.destroyed || !socket.writable) return Promise.reject(hungUp());
      const requestId = ++requests;
      return new Promise((resolve, reject) => {
        waiting.set(requestId, { resolve, reject });
        socket.write(encodeRequest(asked, requestId));
      });
    },
    onEvent(listener) {
      listeners.add(listener);
      const missed = early;
      early = [];
      for (const each of missed) listener(each);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
    async [Symbol.asyncDispose]() {
      socket.destroy();
      await closed;
    },
  };
}
