import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FaultMatch } from '../../src/faults/fault.ts';
import { fitsPath, isAbout, type Occasion } from '../../src/faults/match.ts';

const ALL: FaultMatch = {
  listeners: ['online-1', 'online-2'],
  users: undefined,
  method: undefined,
  path: undefined,
  transactions: undefined,
  fields: undefined,
  broadcasts: undefined,
  operations: undefined,
};
const PAGE: Occasion = {
  stages: ['answer'],
  listeners: ['online-1'],
  method: 'GET',
  path: '/trades',
  user: 'BU_CABC101',
};

test.each<[string, Partial<FaultMatch>, boolean]>([
  ['its listener', {}, true],
  ['another listener', { listeners: ['online-3'] }, false],
  ['its user', { users: ['BU_CXYZ101', 'BU_CABC101'] }, true],
  ['another user', { users: ['BU_CXYZ101'] }, false],
  ['another method', { method: 'POST' }, false],
  ['its path', { path: '/tr*' }, true],
  ['a transaction, which a page is not', { transactions: ['CQ3'] }, false],
  ['a field, which a page does not have', { fields: { quantity: '1' } }, false],
])('a fault about %s', (_name, change, hits) => {
  expect(isAbout({ ...ALL, ...change }, PAGE)).toBe(hits);
});

test('where one port serves several gateways, only a fault about all of them hits a connection', () => {
  const connection: Occasion = { stages: ['connection'], listeners: ['online-1', 'online-2', 'online-3'] };
  expect(isAbout(ALL, connection)).toBe(false);
  expect(isAbout({ ...ALL, listeners: ['online-3', 'online-2', 'online-1'] }, connection)).toBe(true);
});

test('a field is found by its name, by its way, and without the mark of its type', () => {
  const fields = () => ({ series: { commodity_n: 4001, items: [{ side_c: 'B  ' }] }, quantity_q: 10n });
  const call: Occasion = { stages: ['answer'], listeners: ['oapi-1'], transaction: 'CD35', fields };
  const about = (wanted: Record<string, string>): boolean =>
    isAbout({ ...ALL, listeners: ['oapi-1'], fields: wanted }, call);
  expect(about({ commodity: '4001' })).toBe(true);
  expect(about({ 'series.commodity_n': '4001', quantity: '10' })).toBe(true);
  expect(about({ side: 'B' })).toBe(true);
  expect(about({ 'quantity.commodity': '4001' })).toBe(false);
  expect(about({ odity: '4001' })).toBe(false);
  expect(about({ commodity: '4001', quantity: '11' })).toBe(false);
});

// Against a regular expression that says the same.
test('a path with stars fits what a regular expression of it fits', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '/', '.', '*'), maxLength: 8 });
  fc.assert(
    fc.property(letters, letters, (pattern, text) => {
      const escaped = pattern.replaceAll('.', String.raw`\.`).replaceAll('*', '.*');
      expect(fitsPath(pattern, text)).toBe(new RegExp(`^${escaped}$`).test(text));
    }),
    { numRuns: 2_000 },
  );
});
