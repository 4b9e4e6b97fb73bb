import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import * as client from '../client/call.ts';
import { nearSocket } from '../host/near-socket.ts';

/** Where a running simulator's control API is, and its token. */
export interface ControlAddress extends client.ControlAddress {
  /** A sealed run's, from outside: the address of the URL is inside. */
  readonly socket?: string;
}

// The commands talk to a running day as everybody's program does, by the client of the library; a sealed run's
// by its socket file, which `fetch` does not know.
export const callControl: (control: ControlAddress, ...rest: CallRest) => Promise<unknown> = (control, ...rest) =>
  client.callControl(withSocket(control), ...rest);

type CallRest = Parameters<typeof client.callControl> extends [unknown, ...infer Rest] ? Rest : never;

/** The journal's live entries, as JSON texts, until the simulator stops. */
export function followJournal(control: ControlAddress, query: string): AsyncGenerator<string> {
  return client.followJournal(withSocket(control), query);
}

function withSocket({ socket, ...control }: ControlAddress): client.ControlAddress {
  return socket === undefined
    ? control
    : { ...control, place: socket, send: (url, init) => bySocket(socket, url, init) };
}

async function bySocket(
  socket: string,
  url: string,
  { method, headers, body, signal }: client.Sent,
): Promise<Response> {
  using near = nearSocket(socket);
  const sent = httpRequest(url, {
    socketPath: near.path,
    method,
    headers: { ...headers, connection: 'close' },
    ...(signal ? { signal: signal as AbortSignal } : {}),
  });
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
  sent.end(body);
  const [answer] = await answered;
  return new Response(Readable.toWeb(answer) as ReadableStream, { status: answer.statusCode ?? 500 });
}
