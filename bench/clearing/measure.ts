// One size, measured in a process of its own; prints a JSON line. Started by run.mjs.
import type { AccountId } from '../../src/clearing/account.ts';
import type { ClearingCore } from '../../src/clearing/core.ts';
import type { CustomerCode } from '../../src/clearing/participant.ts';
import type { SessionId } from '../../src/clearing/rejection.ts';
import type { SeriesName } from '../../src/clearing/series.ts';
import { market, openCore } from './market.ts';

const trades = Number(process.argv[2]);
const seconds = (from: bigint): number => Number(process.hrtime.bigint() - from) / 1e9;
const heap = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};

const empty = heap();
const world = market(trades);
const definition = heap();
const began = process.hrtime.bigint();
const { core, session } = openCore(world);
const loadSeconds = seconds(began);
const loaded = heap();
const peakMegabytes = process.resourceUsage().maxRSS / 1024;

process.stdout.write(
  `${JSON.stringify({
    trades,
    loadSeconds,
    bytesPerTrade: Math.round((loaded - definition) / trades),
    definitionBytesPerTrade: Math.round((definition - empty) / trades),
    peakMegabytes: Math.round(peakMegabytes),
    positionQueryMicros: positionQuery(core, session),
    tradeQueryMicros: tradeQuery(core, session),
    commandsPerSecond: commands(core, session),
    ...report(core),
  })}\n`,
);

/** All positions of one participant: as many rows at every size. */
function positionQuery(of: ClearingCore, user: SessionId): number {
  return median(51, () => {
    const found = of.positions(user);
    if (!found.ok || found.value.length === 0) throw new Error('no positions');
  });
}

/** Hundred trades by sequence number out of however many there are. */
function tradeQuery(of: ClearingCore, user: SessionId): number {
  return median(51, () => {
    const found = of.tradesInSequence(user, '1/4', of.businessDate(), { first: 3, last: 0, limit: 100 });
    if (!found.ok || found.value.length === 0) throw new Error('no trades');
  });
}

/** Rectifications, give-ups and take-ups in turn, each of one contract of another trade. */
function commands(of: ClearingCore, user: SessionId): number {
  const own = of.trades(user);
  if (!own.ok) throw new Error(own.rejection.code);
  const part = { account: 'OMNI2' as AccountId, quantity: 1, openClose: 'default', customerInfo: 'BENCH' } as const;
  const usable = own.value.filter((trade) => trade.account !== 'OMNI2').slice(0, 3_000);
  let done = 0;
  const from = process.hrtime.bigint();
  for (const [i, { number }] of usable.entries()) {
    if (i % 2 === 0) {
      expectOk(of.command(user, { do: 'rectify-trade', trade: number, parts: [part] }));
      done += 1;
      continue;
    }
    const to = 'C101' as CustomerCode;
    const asked = expectOk(
      of.command(user, { do: 'request-give-up', trade: number, to, quantity: 1, commission: 0, text: '' }),
    );
    const request = asked.find((event) => event.type === 'give-up-changed');
    if (!request) throw new Error('no give-up');
    expectOk(of.commandFor(to, { do: 'take-up', giveUp: request.giveUp.number, parts: [part] }));
    done += 2;
  }
  return Math.round(done / seconds(from));
}

function report(of: ClearingCore): { readonly reportSeconds: number; readonly reportRowsPerSecond: number } {
  const from = process.hrtime.bigint();
  const made = of.startReports('trades', ['C100' as CustomerCode]);
  const reportSeconds = seconds(from);
  const rows = of.book('C100' as CustomerCode)?.trades.size ?? 0;
  if (made.length !== 1 || of.series('HSIK9' as SeriesName) === undefined) throw new Error('no report');
  return { reportSeconds, reportRowsPerSecond: Math.round(rows / reportSeconds) };
}

function expectOk<T>(outcome: { readonly ok: true; readonly value: T } | { readonly ok: false }): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

function median(rounds: number, work: () => void): number {
  const micros: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const from = process.hrtime.bigint();
    work();
    micros.push(seconds(from) * 1e6);
  }
  return Math.round((micros.toSorted((a, b) => a - b)[rounds >> 1] ?? 0) * 10) / 10;
}
