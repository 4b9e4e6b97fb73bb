// A bare node:net server: for each frame that comes in, a frame of the gateway's size goes out. It parses nothing but
// the length and copies the request id, which a client needs. Answers of one turn leave in one write, as the gateway's.
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

const ANSWER_BYTES = { UQ12: 88, CQ3: 32 + 100 * 88, CD35: 0 };
const size = 12 + 24 + ANSWER_BYTES[process.argv[2]];

const server = createServer({ noDelay: true }, (socket) => {
  let rest = Buffer.alloc(0);
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    socket.cork();
    while (rest.length >= 4 && rest.length >= 4 + rest.readUInt32LE(0)) {
      const reply = Buffer.alloc(size);
      reply.writeUInt32LE(size - 4, 0);
      reply[4] = 1;
      reply[5] = rest[5] | 0x80;
      rest.copy(reply, 8, 8, 12);
      socket.write(reply);
      rest = rest.subarray(4 + rest.readUInt32LE(0));
    }
    socket.uncork();
  });
});
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ host: '127.0.0.1', port: server.address().port })));
for await (const _line of createInterface({ input: process.stdin }));
process.exit(0);
