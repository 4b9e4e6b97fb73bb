// Sessions that listen, and one deal after another; says how many events a second came in, and when the last had each.
import { USER_PASSWORD, userOf } from './day.mjs';
import { connect, logIn, percentile } from './client.mjs';

const { host, port, control, sessions, deals } = JSON.parse(process.argv[2]);
const BROADCASTS = 1;
let received = 0;
let expected = 0;
let allCame = () => undefined;
const onEvent = (frame) => {
  // BD6 only: a deal also changes positions, and those events come too.
  if (!frame.includes('BD\x06\x00', 12, 'latin1')) return;
  received += 1;
  if (received === expected) allCame();
};

const clients = await Promise.all(
  Array.from({ length: sessions }, async (_, i) => {
    const client = await connect({ host, port, onEvent });
    await logIn(client, userOf(i), USER_PASSWORD);
    const eventType = Buffer.alloc(4);
    eventType.writeUInt32LE(BROADCASTS, 0);
    const completion = (await client.call(7, eventType)).readInt32LE(12);
    if (completion !== 0) throw new Error(`set event: ${completion}`);
    return client;
  }),
);

// Users 0, 3, 6 … are CABC's, 1, 4, 7 … CDEF's: a deal between the two reaches those.
const ofDeal = clients.filter((_, i) => i % 3 !== 2).length;
const times = [];
const began = process.hrtime.bigint();
for (let i = 0; i < deals; i++) {
  expected += ofDeal;
  const from = process.hrtime.bigint();
  const came = new Promise((resolve) => (allCame = resolve));
  const response = await fetch(`${control.url}/v1/inject`, {
    method: 'POST',
    headers: { authorization: `Bearer ${control.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      verb: 'deal.match',
      with: {
        series: 'HSIK9',
        price: '29500',
        quantity: 1,
        buyer: { participant: 'CABC', account: 'OMNI1' },
        seller: { participant: 'CDEF', account: 'HOUSE' },
      },
    }),
  });
  if (!response.ok) throw new Error(`inject: ${response.status} ${await response.text()}`);
  await came;
  times.push(Number(process.hrtime.bigint() - from) / 1e6);
}
const elapsed = Number(process.hrtime.bigint() - began) / 1e9;
times.sort((a, b) => a - b);
console.log(
  JSON.stringify({
    perSecond: received / elapsed,
    lastP50: percentile(times, 0.5),
    lastP99: percentile(times, 0.99),
  }),
);
for (const client of clients) client.socket.destroy();
