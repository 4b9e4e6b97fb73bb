import { expect, test } from 'vitest';
import { dateOfInput, inputEnded } from '../../../src/clearing/commands/input-cutoff.ts';
import { initialState } from '../../../src/clearing/initial-state.ts';
import { DEFAULT_CLEARING_SETTINGS, type ClearingSettings } from '../../../src/clearing/settings.ts';
import type { ClearingState } from '../../../src/clearing/state.ts';
import { plusMs, type BusinessDate, type CalendarDate, type Instant } from '../../../src/time/instant.ts';
import { world } from '../../support/world.ts';
import { on } from '../support/business-day.ts';
import { FRIDAY, MONDAY } from '../support/market.ts';

const SATURDAY = '2019-05-04' as CalendarDate;

function stateOf(businessDate: BusinessDate, settings: Partial<ClearingSettings> = {}): ClearingState {
  return initialState(world({ businessDate, settings: { ...DEFAULT_CLEARING_SETTINGS, ...settings } }));
}

/** The session whose input has ended then, for something of `clearingDate`. */
function ended(clearingDate: BusinessDate, now: Instant, settings?: Partial<ClearingSettings>): string | undefined {
  const rejection = inputEnded(stateOf(FRIDAY, settings), clearingDate, now);
  return rejection?.code === 'after-input-cutoff' ? rejection.session : rejection?.code;
}

const justBefore = (instant: Instant): Instant => plusMs(instant, -1);

test('input for the T session is taken until 18:44:59.999 of its clearing date, and not from 18:45 on', () => {
  const cutoff = on(FRIDAY, '18:45');
  expect(ended(FRIDAY, on(FRIDAY, '09:00'))).toBeUndefined();
  expect(ended(FRIDAY, justBefore(cutoff))).toBeUndefined();
  expect(inputEnded(stateOf(FRIDAY), FRIDAY, cutoff)).toEqual({
    code: 'after-input-cutoff',
    clearingDate: FRIDAY,
    session: 'T',
    cutoff,
  });
  expect(ended(FRIDAY, on(SATURDAY, '00:30'))).toBe('T');
});

test('input for the T+1 session goes on until 01:44:59.999 of the next day, and not from 01:45 on', () => {
  const cutoff = on(SATURDAY, '01:45');
  expect(ended(MONDAY, on(FRIDAY, '18:45'))).toBeUndefined();
  expect(ended(MONDAY, justBefore(cutoff))).toBeUndefined();
  expect(inputEnded(stateOf(FRIDAY), MONDAY, cutoff)).toEqual({
    code: 'after-input-cutoff',
    clearingDate: MONDAY,
    session: 'T+1',
    cutoff,
  });
});

test('in the morning input is taken again, for the next clearing date', () => {
  expect(ended(MONDAY, justBefore(on(SATURDAY, '07:30')))).toBe('T+1');
  expect(ended(MONDAY, on(SATURDAY, '07:30'))).toBeUndefined();
  expect(ended(MONDAY, justBefore(on(MONDAY, '18:45')))).toBeUndefined();
  expect(ended(MONDAY, on(MONDAY, '18:45'))).toBe('T');
});

test.each([
  ['a Sunday', '2019-05-05'],
  ['a Monday, after Sunday', '2019-05-06'],
  ['a Tuesday, after a holiday', '2019-05-14'],
])('where there was no T+1 session, 01:45 ends nothing: %s', (_, date) => {
  expect(ended('2019-05-15' as BusinessDate, on(date as CalendarDate, '02:00'))).toBeUndefined();
});

test('the day after a business day has a T+1 cutoff, also where it is a holiday', () => {
  expect(ended('2019-05-14' as BusinessDate, on('2019-05-11' as CalendarDate, '02:00'))).toBe('T+1');
});

test('both cutoffs, and the hour from which input is taken again, are settings', () => {
  const hour = 3_600_000;
  const settings = { inputCutoffMs: 19 * hour, afterHoursCutoffMs: 3 * hour, serviceFromMs: 8 * hour };
  expect(ended(FRIDAY, justBefore(on(FRIDAY, '19:00')), settings)).toBeUndefined();
  expect(ended(FRIDAY, on(FRIDAY, '19:00'), settings)).toBe('T');
  expect(ended(MONDAY, justBefore(on(SATURDAY, '03:00')), settings)).toBeUndefined();
  expect(ended(MONDAY, on(SATURDAY, '03:00'), settings)).toBe('T+1');
  expect(ended(MONDAY, justBefore(on(SATURDAY, '08:00')), settings)).toBe('T+1');
});

test('a day end before the cutoff ends its input too, and not that of the next date', () => {
  const state = stateOf(FRIDAY);
  state.endedDate = FRIDAY;
  expect(inputEnded(state, FRIDAY, on(FRIDAY, '18:00'))).toEqual({ code: 'day-ended', businessDate: FRIDAY });
  expect(inputEnded(state, MONDAY, on(FRIDAY, '18:00'))).toBeUndefined();
});

test('what is done with a trade belongs to the current business date, or to the trade’s own where that is later', () => {
  const state = stateOf(FRIDAY);
  expect(dateOfInput(state, '2019-05-02' as BusinessDate)).toBe(FRIDAY);
  expect(dateOfInput(state, FRIDAY)).toBe(FRIDAY);
  expect(dateOfInput(state, MONDAY)).toBe(MONDAY);
});
