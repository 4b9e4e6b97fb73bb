import { expect, test } from 'vitest';
import type { TradeRow } from '../../src/reconcile/books.ts';
import { readOwnPositions, readOwnTrades } from '../../src/reconcile/read-own.ts';
import { howToMatch, reconcilePositions, reconcileTrades, type Own } from '../../src/reconcile/reconcile.ts';

const trade = (number: number, changes: Partial<TradeRow> = {}): Own<TradeRow> => ({
  trade: number,
  deal: number,
  series: 'HSIK9',
  account: 'HOUSE',
  side: 'buy',
  quantity: 5,
  price: '29500',
  customerInfo: '',
  clearingDate: '2019-05-03',
  line: number + 1,
  ...changes,
});
const ALL = new Set([
  'trade',
  'deal',
  'series',
  'account',
  'side',
  'quantity',
  'price',
  'customerInfo',
  'clearingDate',
]);
const without = (...names: string[]): ReadonlySet<string> => new Set([...ALL].filter((name) => !names.includes(name)));

test('trades are matched by number, and every field that differs is named', () => {
  const own = [trade(3), trade(1, { quantity: 7, account: 'OMNI1' }), trade(9)];
  const dcass = [trade(1), trade(2), trade(3)];
  expect(reconcileTrades(own, dcass, ALL)).toEqual({
    onlyDcass: [trade(2)],
    onlyOwn: [trade(9)],
    differing: [{ dcass: trade(1), own: own[1], fields: ['account', 'quantity'] }],
    agreeing: 1,
  });
});

test('without trade numbers they are matched by deal and side', () => {
  const own = [trade(1, { trade: undefined, deal: 7, side: 'sell', price: '1' })];
  const dcass = [trade(1, { deal: 7 }), trade(2, { deal: 7, side: 'sell' })];
  const found = reconcileTrades(own, dcass, without('trade'));
  expect(found).toMatchObject({ onlyDcass: [dcass[0]], onlyOwn: [], differing: [{ fields: ['price'] }] });
});

test('without any number, equal rows are taken away in pairs, as many as both have', () => {
  const row = trade(0, { trade: undefined, deal: undefined });
  const found = reconcileTrades(
    [row, row, { ...row, quantity: 6 }],
    [trade(1), trade(2), trade(3)],
    without('trade', 'deal'),
  );
  expect(found).toEqual({ onlyDcass: [trade(3)], onlyOwn: [{ ...row, quantity: 6 }], differing: [], agreeing: 2 });
});

test('a number that stands twice in the own file, and a row without one, are rows that DCASS does not have', () => {
  const own = [trade(1), trade(1), trade(0, { trade: undefined })];
  expect(reconcileTrades(own, [trade(1)], ALL)).toMatchObject({ onlyOwn: [own[1], own[2]], agreeing: 1 });
});

test('only columns that the own file has are compared', () => {
  expect(howToMatch(without('customerInfo', 'clearingDate', 'deal'))).toEqual({
    by: 'trade',
    compared: ['series', 'account', 'side', 'quantity', 'price'],
  });
  const own = [trade(1, { customerInfo: 'X', clearingDate: '' })];
  expect(reconcileTrades(own, [trade(1)], without('customerInfo', 'clearingDate')).agreeing).toBe(1);
});

test.each([
  ['29500', '29500.00', true],
  ['65.0', '65', true],
  ['0.10', '.1', false],
  ['065', '65', true],
  ['6500', '65.00', false],
])('the prices %s and %s are the same: %s', (a, b, same) => {
  expect(reconcileTrades([trade(1, { price: a })], [trade(1, { price: b })], ALL).agreeing).toBe(same ? 1 : 0);
});

test('a note agrees with its copy that was made plain for spreadsheets', () => {
  const found = reconcileTrades([trade(1, { customerInfo: "'=1+1" })], [trade(1, { customerInfo: '=1+1' })], ALL);
  expect(found.agreeing).toBe(1);
});

test('a position of nothing is no position, on either side', () => {
  const row = { account: 'HOUSE', series: 'HSIK9', held: 0, written: 0 };
  expect(reconcilePositions([{ ...row, line: 2 }], [])).toEqual({
    onlyDcass: [],
    onlyOwn: [],
    differing: [],
    agreeing: 0,
  });
  expect(reconcilePositions([], [row])).toEqual({ onlyDcass: [], onlyOwn: [], differing: [], agreeing: 0 });
  expect(reconcilePositions([{ ...row, held: 2, line: 2 }], [row]).differing).toHaveLength(1);
});

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('an own file is read by the names of its columns; the others are passed over', async () => {
  const text = 'state,price,quantity,side,account,series,trade\nactive,29500,5,buy,HOUSE,HSIK9,1\n';
  const file = await readOwnTrades(bytes(text), 'mine.csv');
  expect(file).toEqual({
    ok: true,
    rows: [trade(1, { deal: undefined, clearingDate: '' })],
    fields: new Set(['price', 'quantity', 'side', 'account', 'series', 'trade']),
  });
});

test.each([
  [
    'trades',
    'trade,series,acount,side,quantity,price\n',
    '1:14: unknown column "acount"; write "account" (columns: trade, deal, series, account, side, quantity, price, customer info, clearing date)',
  ],
  ['trades', 'series,account,side,quantity\n', '1:1: the column "price" is missing in this line; add it'],
  [
    'trades',
    'series,account,side,quantity,price\nHSIK9,HOUSE,Buy,5,1\n',
    '2:13: column "side": found "Buy"; write buy (allowed: buy, sell)',
  ],
  [
    'trades',
    'series,account,side,quantity,price\nHSIK9,HOUSE,buy,"1,000",1\n',
    '2:17: column "quantity": found "1,000"; write contracts: a whole number from 0 to 999999999',
  ],
  [
    'trades',
    'series,account,side,quantity,price\nHSIK9,,buy,1,1\n',
    '2:7: column "account": this cell is empty; write an account: at most 32 plain characters',
  ],
  ['positions', 'account,series,held\n', '1:1: the column "written" is missing in this line; add it'],
  [
    'positions',
    'participant,account,series,held,written\nCABC,HOUSE,HSIK9,1,\nCXYZ,HOUSE,HSIK9,1,\nCXYZ,HOUSE,HSIM9,1,\n',
    '3:1: from here on stand positions of CXYZ; name a file of CABC only',
  ],
])('what is wrong with an own file of %s is told at its place', async (list, text, trouble) => {
  const file =
    list === 'trades'
      ? await readOwnTrades(bytes(text), 'mine.csv')
      : await readOwnPositions(bytes(text), 'mine.csv', 'CABC');
  expect(file.ok ? [] : file.problems.map(({ line, column, message }) => `${line}:${column}: ${message}`)).toEqual([
    trouble,
  ]);
});
