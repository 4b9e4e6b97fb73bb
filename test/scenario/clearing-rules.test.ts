import { expect, test } from 'vitest';
import { DEFAULT_CLEARING_SETTINGS, type ClearingSettings } from '../../src/clearing/settings.ts';
import { dayText, load, troubles } from './support/day.ts';

const settings = (clearing: string, day?: string): ClearingSettings =>
  load(dayText({ world: `  clearing: ${clearing}`, ...(day ? { day } : {}) })).world.settings;

test('without world.clearing the defaults hold, and the seed draws the assignment', () => {
  expect(load(dayText(), 7).world.settings).toEqual({ ...DEFAULT_CLEARING_SETTINGS, seed: 7 });
});

test('each rule of world.clearing reaches the model at a value that is not its default', () => {
  const changed = settings(
    '{ afterHoursFrom: "17:00", inputCutoff: "18:30", afterHoursCutoff: "03:00", serviceFrom: "08:00", ' +
      'rectificationHeld: always, rectificationConfirmedBy: any-user, giveUpOldTrades: allowed, giveUpsAtDayEnd: keep, ' +
      'averagePriceRounding: up, averagePriceAccounts: [house], netDownFutures: refused, ' +
      'automaticExerciseBasisPoints: 0, assignment: pro-rata, deliveryDays: 3, dailyAtDayEnd: keep, transitoryAtDayEnd: keep }',
    '{ date: "2019-05-05", start: "06:30", end: "13:00", holidays: ["2019-05-06"] }',
  );
  expect(changed).toEqual({
    holidays: ['2019-05-06'],
    afterHoursFromMs: 17 * 3_600_000,
    inputCutoffMs: 18.5 * 3_600_000,
    afterHoursCutoffMs: 3 * 3_600_000,
    serviceFromMs: 8 * 3_600_000,
    rectificationHeld: 'always',
    rectificationConfirmedBy: 'any-user',
    giveUpOldTrades: 'allowed',
    giveUpsAtDayEnd: 'keep',
    averagePriceRounding: 'up',
    averagePriceAccounts: ['house'],
    netDownFutures: 'refused',
    automaticExerciseBasisPoints: 0,
    assignment: 'pro-rata',
    deliveryDays: 3,
    dailyAtDayEnd: 'keep',
    transitoryAtDayEnd: 'keep',
    seed: 1,
  });
  // None of them equals its default, or the test would prove nothing.
  const same = (Object.keys(changed) as (keyof ClearingSettings)[]).filter(
    (key) => JSON.stringify(changed[key]) === JSON.stringify(DEFAULT_CLEARING_SETTINGS[key]),
  );
  expect(same).toEqual(['seed']);
});

test('the holidays of the day move its business date', () => {
  const day = '{ date: "2019-05-05", start: "06:30", end: "13:00", holidays: ["2019-05-06", "2019-05-07"] }';
  expect(load(dayText({ day })).businessDate).toBe('2019-05-08');
  expect(troubles(dayText({ day: day.replace('05-07', '02-30') }))[0]).toContain(
    '"2019-02-30" is not a day of the calendar',
  );
});

test('the clearing date of a deal is a business day by the holidays of the day', () => {
  const day = '{ date: "2019-05-05", start: "06:30", end: "13:00", holidays: ["2019-05-07"] }';
  const timeline = (date: string): string =>
    `  - { id: deal, at: "09:00", do: deal.match, with: { series: "HSIK9", quantity: 1, price: "29500", clearingDate: "${date}",\n      buyer: { participant: "CABC", account: "HOUSE" }, seller: { participant: "CXYZ", account: "HOUSE" } } }`;
  expect(troubles(dayText({ day, timeline: timeline('2019-05-07') }))[0]).toContain('2019-05-07 is not a business day');
  // 13 May is a holiday in 2019; a list of its own replaces that one.
  expect(troubles(dayText({ day, timeline: timeline('2019-05-13') }))).toEqual([]);
});

test.each([
  ['{ serviceFrom: "01:00" }', 'DCASS cannot open in the morning before the T+1 cut-off'],
  ['{ inputCutoff: "07:00" }', 'the System Input Cutoff cannot come before DCASS opens'],
  ['{ inputCutoff: "6:45 pm" }', 'a time of day in quotes'],
  ['{ giveUpsAtDayend: keep }', 'write "giveUpsAtDayEnd"'],
  ['{ deliveryDays: -1 }', 'business days: a whole number from 0'],
])('a rule that cannot be is refused: %s', (clearing, message) => {
  expect(troubles(dayText({ world: `  clearing: ${clearing}` })).join('\n')).toContain(message);
});

test('prices reach the model; a price twice, of nothing, or with wrong decimals is refused', () => {
  const world = (list: string): string => dayText({ world: `  prices: ${list}` });
  expect(load(world('[{ of: "HSIK9", price: "29500" }, { of: "HKB", price: "65.5" }]')).world.prices).toEqual([
    { of: 'HSIK9', price: 29_500 },
    { of: 'HKB', price: 6_550 },
  ]);
  expect(troubles(world('[{ of: "HKB", price: "65.5" }, { of: "HKB", price: "66" }]'))).toHaveLength(1);
  expect(troubles(world('[{ of: "HSIM9", price: "65" }]'))[0]).toContain('there is no series "HSIM9"');
  expect(troubles(world('[{ of: "HKB", price: "65.555" }]'))[0]).toContain('at most 2 decimals');
});
