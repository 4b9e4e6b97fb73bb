// The least of a client, from src/oapi/PROTOCOL.md: the benchmark shall measure the server.
import { once } from 'node:events';
import { connect as connectSocket } from 'node:net';

export async function connect({ host, port, onEvent = () => undefined }) {
  const socket = connectSocket({ host, port, noDelay: true });
  await once(socket, 'connect');
  let rest = Buffer.alloc(0);
  let requests = 0;
  let waiting;
  socket.on('data', (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readUInt32LE(0)) {
      const frame = rest.subarray(0, 4 + rest.readUInt32LE(0));
      rest = rest.subarray(frame.length);
      if (frame[5] === 0xc0) onEvent(frame);
      else if (frame[5] === 0xff) throw new Error(frame.toString('latin1', 16));
      else waiting?.(frame);
    }
  });
  const call = (op, body) =>
    new Promise((resolve) => {
      waiting = resolve;
      socket.write(frameOf(op, ++requests, body));
    });
  return { socket, call };
}

export function frameOf(op, requestId, body) {
  const frame = Buffer.alloc(12 + body.length);
  frame.writeUInt32LE(8 + body.length, 0);
  frame[4] = 1;
  frame[5] = op;
  frame.writeUInt32LE(requestId, 8);
  body.copy(frame, 12);
  return frame;
}

export async function logIn(client, user, password) {
  const body = Buffer.alloc(100);
  body.write(user, 0, 'latin1');
  body.write(password, 32, 'latin1');
  body.write('bench', 64, 'latin1');
  const completion = (await client.call(1, body)).readInt32LE(12);
  if (completion !== 0) throw new Error(`login of ${user}: ${completion}`);
}

const message = (type, size) => {
  const bytes = Buffer.alloc(size);
  bytes.write(type.slice(0, 2), 'latin1');
  bytes.writeUInt16LE(Number(type.slice(2)), 2);
  return bytes;
};

/** Operation, facility and message of each request of the benchmark. */
export const REQUESTS = {
  UQ12: () => ({ op: 5, facility: 171, message: message('UQ12', 4) }),
  CQ3() {
    const bytes = message('CQ3', 64);
    bytes.writeUInt16LE(1, 52);
    return { op: 5, facility: 173, message: bytes };
  },
  // One contract of the participant's large trade to the next participant.
  CD35({ series, trade, taker }) {
    const bytes = message('CD35', 88);
    Buffer.from(series).copy(bytes, 4);
    bytes.write('HK', 16, 'latin1');
    bytes.write(taker.padEnd(5), 18, 'latin1');
    bytes.fill(' ', 23, 39);
    bytes.writeInt32LE(trade, 40);
    bytes.writeBigInt64LE(1n, 44);
    bytes.fill(' ', 56, 86);
    return { op: 4, facility: 173, message: bytes };
  },
};

export function bodyOf({ facility, message: bytes }) {
  const body = Buffer.alloc(4 + bytes.length);
  body.writeUInt32LE(facility, 0);
  bytes.copy(body, 4);
  return body;
}

export function percentile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
