// Sessions that ask one after another for some seconds; says the rate and the percentiles of the round trips.
import { USER_PASSWORD, userOf } from './day.mjs';
import { bodyOf, connect, logIn, percentile, REQUESTS } from './client.mjs';

const { host, port, request, sessions, seconds, logIn: isGateway } = JSON.parse(process.argv[2]);
const WARM_UP_MS = 500;
// HSIK9 of 2019 in the gateway's binary key, as CQ3 answers it.
const HSIK9 = [7, 1, 4, 0, 0xa1, 0x0f, 0xbe, 0x3c, 0, 0, 0, 0];
const CODES = ['CABC', 'CDEF', 'CXYZ'];

const clients = await Promise.all(
  Array.from({ length: sessions }, async (_, i) => {
    const client = await connect({ host, port });
    if (isGateway) await logIn(client, userOf(i), USER_PASSWORD);
    const own = i % CODES.length;
    // The day makes the participants' large trades first: each deal has two trades, the buyer's first.
    const asked = REQUESTS[request]({ series: HSIK9, trade: own * 2 + 1, taker: CODES[(own + 1) % CODES.length] });
    return { client, op: asked.op, body: bodyOf(asked) };
  }),
);

const times = [];
let measuring = false;
let stopped = false;
const work = clients.map(async ({ client, op, body }) => {
  while (!stopped) {
    const from = process.hrtime.bigint();
    const reply = await client.call(op, body);
    if (isGateway && reply.readInt32LE(12) !== 0) {
      throw new Error(`${request}: ${reply.readInt32LE(12)} / ${reply.readInt32LE(16)}`);
    }
    if (measuring) times.push(Number(process.hrtime.bigint() - from) / 1e6);
  }
});
const failed = Promise.all(work);
await Promise.race([failed, new Promise((resolve) => setTimeout(resolve, WARM_UP_MS))]);
measuring = true;
await Promise.race([failed, new Promise((resolve) => setTimeout(resolve, seconds * 1_000))]);
measuring = false;
stopped = true;
await failed;
times.sort((a, b) => a - b);
console.log(
  JSON.stringify({ perSecond: times.length / seconds, p50: percentile(times, 0.5), p99: percentile(times, 0.99) }),
);
for (const { client } of clients) client.socket.destroy();
