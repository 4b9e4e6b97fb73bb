// One load, in a process of its own: so many connections for so many seconds. Prints what came of it as JSON.
// Its one argument is the load as JSON; a wrong status, an error or a time-out ends it with a message.
import { Agent, request } from 'node:https';
import autocannon from 'autocannon';

const load = JSON.parse(process.argv[2]);
const { url, method, headers, bodies = [], connections, seconds, status } = load;
try {
  console.log(JSON.stringify(load.isNewConnection ? await withNewConnections() : await withConnectionsThatStay()));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function withConnectionsThatStay() {
  const result = await autocannon({
    url,
    method,
    headers,
    ...(bodies.length > 0 ? { requests: bodies.map((body) => ({ body })) } : {}),
    connections,
    // At least two answers for each connection, however large they are.
    ...(load.isLarge ? { amount: 2 * connections + 10 } : { duration: seconds }),
    timeout: 60,
    // The certificate is the local CA's; whether it is believed costs the client, and not the server.
    tlsOptions: { rejectUnauthorized: false },
  });
  const answered = Object.entries(result.statusCodeStats).map(([code, { count }]) => [code, count]);
  const isWrong = answered.length === 0 || answered.some(([code]) => Number(code) !== status);
  if (isWrong || result.errors > 0 || result.timeouts > 0 || result.resets > 0)
    throw new Error(
      `wanted ${status} only, got ${JSON.stringify(answered)}, ${result.errors} errors, ${result.resets} resets`,
    );
  const { total } = result.requests;
  const { p50, p99 } = result.latency;
  return { answers: total, perSecond: total / result.duration, p50, p99 };
}

/** Each request by a TLS connection of its own, without a session to resume; so many at a time. */
async function withNewConnections() {
  const agent = new Agent({ keepAlive: false, maxCachedSessions: 0 });
  const from = performance.now();
  const latencies = [];
  let asked = 0;
  const ask = async () => {
    while (performance.now() - from < seconds * 1_000) {
      const begun = performance.now();
      await askOnce(agent, bodies[asked++ % bodies.length]);
      latencies.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: connections }, ask));
  const elapsed = (performance.now() - from) / 1_000;
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { answers: sorted.length, perSecond: sorted.length / elapsed, p50: at(0.5), p99: at(0.99) };
}

function askOnce(agent, body) {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent, rejectUnauthorized: false }, (response) => {
      response.resume();
      response.on('end', () =>
        response.statusCode === status ? resolve() : reject(new Error(`wanted ${status}, got ${response.statusCode}`)),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
