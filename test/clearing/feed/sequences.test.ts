import { expect, test } from 'vitest';
import type { AccountId } from '../../../src/clearing/account.ts';
import { ClearingCore } from '../../../src/clearing/core.ts';
import type { Notice } from '../../../src/clearing/feed/notices.ts';
import type { CustomerCode } from '../../../src/clearing/participant.ts';
import { addTo, betweenDates, inSequence, type SequenceLog } from '../../../src/clearing/feed/sequence-log.ts';
import type { BusinessDate } from '../../../src/time/instant.ts';
import { at, coreAt, deal, loginRequest, series } from '../../support/world.ts';

const CABC = 'CABC' as CustomerCode;
const CXYZ = 'CXYZ' as CustomerCode;
const MONDAY = '2019-05-06' as BusinessDate;
const TUESDAY = '2019-05-07' as BusinessDate;
const FUTURES = '1/4';
const ALL = { first: 1, last: 0, limit: 100 };

function session(core: ClearingCore, code = 'CABC') {
  const login = core.login(loginRequest(`BU_${code}101`));
  if (!login.ok) throw new Error(login.rejection.code);
  return login.value.session.id;
}

function market() {
  const place = coreAt('10:00', { phase: 'normal', world: { deals: [deal(), deal({ quantity: 4 })] } });
  const notices: Notice[] = [];
  place.core.onNotice((notice) => notices.push(notice));
  return { ...place, notices };
}

const giveUp = (trade: number, quantity: number) =>
  ({ do: 'request-give-up', trade, to: CXYZ, quantity, commission: 0, text: '' }) as const;

test('a give-up changes a trade and is told to both parties, each with its own numbers', () => {
  const { core, notices } = market();
  expect(core.commandFor(CABC, giveUp(1, 3))).toMatchObject({ ok: true });
  expect(core.commandFor(CABC, giveUp(3, 4))).toMatchObject({ ok: true });
  const id = session(core);
  const changes = core.tradeChangesInSequence(id, FUTURES, MONDAY, ALL);
  expect(changes).toMatchObject({
    value: [
      { sequence: 1, trade: 1, giveUpState: 'holding', clearingDate: MONDAY },
      { sequence: 2, trade: 3, giveUpState: 'holding' },
    ],
  });
  for (const code of ['CABC', 'CXYZ']) {
    expect(core.giveUpsInSequence(session(core, code), FUTURES, MONDAY, ALL)).toMatchObject({
      value: [
        { sequence: 1, giveUp: { number: 1, state: 'holding' } },
        { sequence: 2, giveUp: { number: 2 } },
      ],
    });
  }
  expect(core.tradeChangesInSequence(session(core, 'CXYZ'), FUTURES, MONDAY, ALL)).toMatchObject({ value: [] });
  expect(notices.map(({ kind, participant }) => `${kind} ${participant}`)).toEqual([
    'give-up CABC',
    'give-up CXYZ',
    'trade-change CABC',
    'give-up CABC',
    'give-up CXYZ',
    'trade-change CABC',
  ]);
});

test('a record keeps the values of its time, and numbers begin anew with the business date', () => {
  const { core } = market();
  core.commandFor(CABC, giveUp(1, 3));
  core.commandFor(CXYZ, { do: 'reject-give-up', giveUp: 1, text: '' });
  const id = session(core);
  const states = (date: BusinessDate) => {
    const found = core.giveUpsInSequence(id, FUTURES, date, ALL);
    return found.ok ? found.value.map((each) => `${each.sequence} ${each.giveUp.state}`) : found;
  };
  expect(states(MONDAY)).toEqual(['1 holding', '2 rejected']);
  core.endDay();
  core.rollBusinessDate(TUESDAY);
  expect(core.matchDeal(deal({ clearingDate: TUESDAY }))).toMatchObject({ ok: true });
  expect(core.commandFor(CABC, giveUp(5, 1))).toMatchObject({ ok: true });
  expect(states(TUESDAY)).toEqual(['1 holding']);
  const between = (from: BusinessDate, first: number, to: BusinessDate, last: number) => {
    const found = core.giveUpsBetweenDates(id, FUTURES, { from, first, to, last, limit: 100 });
    return found.ok ? found.value.map((each) => each.giveUp.number) : found;
  };
  expect(between(MONDAY, 2, TUESDAY, 0)).toEqual([1, 2]);
  expect(between(TUESDAY, 1, TUESDAY, 0)).toEqual([2]);
});

test('a match tells both trades and each position once, with its values then', () => {
  const { core, notices } = market();
  core.matchDeal(deal({ quantity: 7 }));
  expect(notices).toMatchObject([
    { kind: 'trade', participant: CABC, trade: { number: 5, side: 'buy', sequence: 3 } },
    { kind: 'trade', participant: CXYZ, trade: { number: 6, side: 'sell' } },
    { kind: 'position', participant: CABC, position: { account: 'HOUSE', held: 21 } },
    { kind: 'position', participant: CXYZ, position: { written: 21 } },
  ]);
  notices.length = 0;
  core.commandFor(CABC, {
    do: 'rectify-trade',
    trade: 1,
    parts: [{ account: 'OMNI1' as AccountId, quantity: 10, openClose: 'open', customerInfo: '' }],
  });
  expect(notices.filter(({ kind }) => kind === 'trade-change')).toMatchObject([
    { change: { trade: 1, state: 'rectified', remainingQuantity: 0 } },
  ]);
});

test('messages go to one participant or to all; signals are counted by business date, and the day end gives one', () => {
  const { core, clock, notices } = market();
  core.sendMessage(CABC, 'for one');
  core.sendMessage(undefined, 'for all');
  clock.now = at('11:00');
  core.signalInformation('settlement-prices');
  core.endDay();
  expect(notices).toMatchObject([
    { kind: 'message', participant: CABC, message: { text: 'for one' } },
    { kind: 'message', participant: undefined },
    { kind: 'information', signal: { number: 1, kind: 'settlement-prices', businessDate: MONDAY, at: at('11:00') } },
    { kind: 'information', signal: { number: 2, kind: 'day-end' } },
  ]);
  const id = session(core);
  expect(core.signals(id, MONDAY)).toMatchObject({ value: [{ number: 1 }, { number: 2 }] });
  expect(core.signals(id, TUESDAY)).toMatchObject({ value: [] });
  core.rollBusinessDate(TUESDAY);
  expect(core.signalInformation('reports')).toMatchObject({ number: 1, businessDate: TUESDAY });
});

test('a restored snapshot goes on with the next numbers', () => {
  const { core } = market();
  core.commandFor(CABC, giveUp(1, 3));
  core.signalInformation('reports');
  const again = new ClearingCore(core.snapshot(), () => at('10:30'));
  again.commandFor(CABC, giveUp(3, 1));
  expect(again.signalInformation('reports')).toMatchObject({ number: 2 });
  const found = again.tradeChangesInSequence(session(again), FUTURES, MONDAY, ALL);
  expect(found).toMatchObject({
    value: [
      { sequence: 1, trade: 1 },
      { sequence: 2, trade: 3 },
    ],
  });
});

test('a range is cut to its limit and its ends, and other types and dates are not in it', () => {
  const log: SequenceLog<string> = new Map();
  for (const name of ['a', 'b', 'c']) addTo(log, '1/4', MONDAY, (sequence) => `${sequence}${name}`);
  addTo(log, '1/4', TUESDAY, (sequence) => `${sequence}d`);
  addTo(log, '2/6', MONDAY, (sequence) => `${sequence}e`);
  expect(inSequence(log, '1/4', MONDAY, { first: 0, last: 0, limit: 2 })).toEqual(['1a', '2b']);
  expect(inSequence(log, '1/4', MONDAY, { first: 2, last: 2, limit: 9 })).toEqual(['2b']);
  expect(inSequence(log, '1/4', MONDAY, { first: 4, last: 0, limit: 9 })).toEqual([]);
  expect(inSequence(log, '9/9', MONDAY, ALL)).toEqual([]);
  const dates = { from: MONDAY, first: 3, to: TUESDAY, last: 0, limit: 9 };
  expect(betweenDates(log, '1/4', dates)).toEqual(['3c', '1d']);
  expect(betweenDates(log, '1/4', { ...dates, limit: 1 })).toEqual(['3c']);
  expect(betweenDates(log, '1/4', { ...dates, first: 1, to: MONDAY, last: 2 })).toEqual(['1a', '2b']);
});

test('other series have their own numbers', () => {
  const call = deal({ series: series('HKB65.00E9').name, price: 125 });
  const { core } = coreAt('10:00', { phase: 'normal', world: { deals: [deal(), call] } });
  core.commandFor(CABC, giveUp(1, 1));
  core.commandFor(CABC, giveUp(3, 1));
  const id = session(core);
  expect(core.tradeChangesInSequence(id, FUTURES, MONDAY, ALL)).toMatchObject({ value: [{ sequence: 1, trade: 1 }] });
  expect(core.tradeChangesInSequence(id, '2/6', MONDAY, ALL)).toMatchObject({ value: [{ sequence: 1, trade: 3 }] });
});

test('a snapshot that lacks a record is refused, with the place', () => {
  const { core } = market();
  core.commandFor(CABC, giveUp(1, 3));
  core.commandFor(CABC, giveUp(3, 1));
  const { state, ...rest } = core.snapshot();
  const torn = JSON.parse(
    JSON.stringify(state).replace(/("tradeChanges":\[\["1\/4\|2019-05-06",\[)\{[^}]*\},/, '$1'),
  ) as never;
  expect(torn).not.toEqual(JSON.parse(JSON.stringify(state)));
  expect(() => new ClearingCore({ ...rest, state: torn }, () => at('10:30'))).toThrow(
    /tradeChanges\[0\]: sequence number 1 of 1\/4\|2019-05-06 is expected, 2 was found/,
  );
});
