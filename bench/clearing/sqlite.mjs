// The peer: the same book in SQLite, in memory (sql.js), with the indexes that the same questions need.
import initSqlJs from 'sql.js';
import { market } from './market.ts';

const trades = Number(process.argv[2]);
const world = market(trades);
const SQL = await initSqlJs({ locateFile: () => process.argv[3] ?? '' });
const db = new SQL.Database();
db.run(`create table trade (number integer primary key, deal, participant, account, series, side, quantity, price, sequence);
  create index by_sequence on trade (participant, sequence);
  create table position (participant, account, series, held, written, primary key (participant, account, series));`);
const began = process.hrtime.bigint();
db.run('begin');
const insert = db.prepare('insert into trade values (?,?,?,?,?,?,?,?,?)');
const upsert = db.prepare(`insert into position values (?,?,?,?,?)
  on conflict do update set held = held + excluded.held, written = written + excluded.written`);
let number = 0;
for (const [i, deal] of world.deals.entries()) {
  for (const side of ['buy', 'sell']) {
    const { participant, account } = side === 'buy' ? deal.buyer : deal.seller;
    number += 1;
    insert.run([number, i + 1, participant, account, deal.series, side, deal.quantity, deal.price, number]);
    upsert.run([
      participant,
      account,
      deal.series,
      side === 'buy' ? deal.quantity : 0,
      side === 'sell' ? deal.quantity : 0,
    ]);
  }
}
db.run('commit');
const loadSeconds = Number(process.hrtime.bigint() - began) / 1e9;

const positions = db.prepare('select * from position where participant = ?');
const page = db.prepare('select * from trade where participant = ? and sequence > 2 order by sequence limit 100');
process.stdout.write(
  `${JSON.stringify({ trades, loadSeconds, positionQueryMicros: median(() => rows(positions)), tradeQueryMicros: median(() => rows(page)) })}\n`,
);

function rows(statement) {
  statement.bind(['C100']);
  let found = 0;
  while (statement.step()) if (statement.getAsObject()) found += 1;
  statement.reset();
  if (found === 0) throw new Error('nothing found');
}

function median(work) {
  const micros = Array.from({ length: 51 }, () => {
    const from = process.hrtime.bigint();
    work();
    return Number(process.hrtime.bigint() - from) / 1e3;
  });
  return Math.round((micros.toSorted((a, b) => a - b)[25] ?? 0) * 10) / 10;
}
