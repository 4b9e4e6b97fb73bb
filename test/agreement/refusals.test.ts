import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { PostTradeRejection } from '../../src/clearing/post-trade-rejection.ts';
import type { UserId } from '../../src/clearing/user.ts';
import { postTradeRefusal } from '../../src/oapi/post-trade-refusals.ts';
import { geniumProtocol } from '../oapi/messages.ts';
import { TRADITIONAL_CHINESE } from '../../src/online/language/traditional-chinese.ts';
import { toPostTradeRefusal } from '../../src/online/post-trade-refusal.ts';
import type { BusinessDate, CalendarDate } from '../../src/time/instant.ts';
import { at } from '../support/world.ts';

type Of<Code> = Extract<PostTradeRejection, { code: Code }>;

const MONDAY = '2019-05-06' as BusinessDate;
const TUESDAY = '2019-05-07' as BusinessDate;
const FRIDAY = '2019-05-03' as CalendarDate;
const MONDAY_TEXT = '6 May 2019 (Monday)';
const at1845 = at('+1d 18:45');
const position = { account: 'OMNI1', series: 'HSIK9' };

/** Of every refusal each variant, and what its sentence must tell. */
const SAMPLES: {
  readonly [Code in PostTradeRejection['code']]: readonly (readonly [Omit<Of<Code>, 'code'>, string])[];
} = {
  'after-input-cutoff': [
    [
      { clearingDate: MONDAY, session: 'T', cutoff: at1845 },
      `Post-trade input for ${MONDAY_TEXT} has ended: the input cut-off of the T session was 18:45 on ${MONDAY_TEXT}.`,
    ],
  ],
  'day-ended': [[{ businessDate: MONDAY }, `The day end of ${MONDAY_TEXT} has been run;`]],
  'day-not-ended': [[{ businessDate: MONDAY }, `The day end of ${MONDAY_TEXT} has not been run yet;`]],
  'not-the-next-business-date': [
    [{ date: FRIDAY, next: MONDAY }, `3 May 2019 (Friday) is not the next business date; that is ${MONDAY_TEXT}.`],
  ],
  'unknown-series': [[{ series: 'HSIK8' }, 'There is no series HSIK8.']],
  'unknown-account': [
    [{ account: 'HUOSE' }, 'Your participant has no account HUOSE.'],
    [{ account: 'HUOSE', part: 2 }, 'Part 2: Your participant has no account HUOSE.'],
  ],
  'unknown-participant': [[{ participant: 'CNON' }, 'There is no clearing participant CNON.']],
  'unknown-trade': [[{ trade: 71 }, 'Your participant has no trade 71.']],
  'unknown-deal': [[{ deal: 71 }, 'There is no deal 71.']],
  'unknown-give-up': [[{ giveUp: 71 }, 'Your participant neither sent nor received a give-up 71.']],
  'unknown-rectification': [[{ rectification: 71 }, 'Your participant has no rectification 71.']],
  'unknown-close-out': [[{ closeOut: 71 }, 'Your participant has no close-out 71.']],
  'unknown-exercise': [[{ exercise: 71 }, 'Your participant has no exercise request 71.']],
  'quantity-not-positive': [
    [{ quantity: 0 }, 'The quantity is 0; it must be a whole number of contracts, 1 or more.'],
    [{ quantity: -3, part: 2 }, 'Part 2: The quantity is -3;'],
  ],
  'price-not-positive': [[{ price: 0 }, 'The price is 0;']],
  'commission-not-allowed': [
    [{ commission: -1, commissionMax: 99 }, 'The commission is -1; it must be a whole number from 0 to 99.'],
  ],
  'no-parts': [[{}, 'No part is named;']],
  'too-many-parts': [[{ parts: 101, partsMax: 100 }, 'There are 101 parts; at most 100 can be named at once.']],
  'parts-do-not-add-up': [
    [{ sum: 11, expected: 10, lessAllowed: true }, 'The parts add up to 11 contracts; they must add up to at most 10.'],
    [{ sum: 1, expected: 10, lessAllowed: false }, 'The parts add up to 1 contract; they must add up to 10.'],
  ],
  'text-not-allowed': [
    [
      { field: 'give-up text', problem: 'too-long', length: 31, lengthMax: 30 },
      'The give-up text has 31 characters; at most 30 are allowed.',
    ],
    [
      { field: 'customer info', problem: 'not-printable', length: 3, lengthMax: 15, part: 1 },
      'Part 1: The customer info has a character that is not allowed;',
    ],
  ],
  'account-not-active': [[{ account: 'OMNI1', state: 'inactive' }, 'The account OMNI1 is inactive;']],
  'no-account-access': [
    [{ account: 'OMNI1', access: 'read-only', needed: 'write' }, 'Your participant may only read the account OMNI1.'],
    [
      { account: 'OMNI1', access: 'no-exercise', needed: 'exercise' },
      'Your participant may not exercise from the account OMNI1.',
    ],
  ],
  'account-type-not-allowed': [
    [
      { account: 'SINK', type: 'sink', allowed: ['house', 'daily', 'apt'] },
      'The account SINK is of the type sink; this function takes house, daily or apt.',
    ],
    [{ account: 'SINK', type: 'sink', allowed: ['daily'] }, 'this function takes only daily.'],
  ],
  'same-account': [[{ account: 'OMNI1' }, 'Both accounts are OMNI1;']],
  'account-not-gross': [[{ account: 'HOUSE', keeping: 'net' }, 'The account HOUSE keeps its positions net:']],
  'trade-not-active': [
    [{ trade: 71, state: 'rectified' }, 'Trade 71 is rectified;'],
    [{ trade: 71, state: 'annulled' }, 'Trade 71 is annulled;'],
  ],
  'trade-too-old': [
    [
      { trade: 71, clearingDate: MONDAY, businessDate: TUESDAY },
      `Trade 71 belongs to ${MONDAY_TEXT}; this function is for trades of 7 May 2019 (Tuesday) or later.`,
    ],
  ],
  'trade-type-not-allowed': [
    [
      { trade: 71, type: 'reversing', allowed: ['standard', 'take-up'] },
      'Trade 71 is of the type reversing; this function takes standard or take-up.',
    ],
    [{ trade: 71, type: 'average-price', allowed: ['standard'] }, 'Trade 71 is of the type average-price;'],
  ],
  'rectification-pending': [[{ trade: 71, rectification: 4 }, 'Rectification 4 of trade 71 waits for confirmation;']],
  'give-up-pending': [[{ trade: 71, held: 4 }, 'Give-ups of 4 contracts of trade 71 wait for their taker;']],
  'not-enough-remaining': [
    [
      { trade: 71, remaining: 5, held: 2, asked: 4 },
      '4 contracts of trade 71 were asked for; 5 remain, and pending give-ups ask for 2 of these.',
    ],
  ],
  'trade-not-in-transitory-account': [[{ trade: 71, account: 'HOUSE' }, 'Trade 71 is in the account HOUSE;']],
  'rectification-changes-nothing': [[{ trade: 71 }, 'Trade 71 would stay as it is;']],
  'rectification-not-pending': [[{ rectification: 4, state: 'rejected' }, 'Rectification 4 is rejected;']],
  'own-request': [
    [{ rectification: 4, user: 'BU_CABC101' as UserId }, 'BU_CABC101 requested rectification 4; another user'],
  ],
  'deal-not-annullable': [
    [{ deal: 71, reason: 'annulled-already' }, 'Deal 71 cannot be annulled: it is annulled already.'],
    [{ deal: 71, reason: 'not-a-match' }, 'it is not a match of the trading system.'],
    [{ deal: 71, reason: 'trades-not-whole' }, 'post-trade functions have taken something from its trades.'],
    [{ deal: 71, reason: 'old' }, 'it belongs to an earlier business date.'],
  ],
  'too-few-trades': [
    [{ trades: 1, tradesMin: 2 }, 'There is 1 trade; an average price needs at least 2.'],
    [{ trades: 0, tradesMin: 2 }, 'There are 0 trades;'],
  ],
  'too-many-trades': [
    [{ trades: 1001, tradesMax: 1000 }, 'There are 1001 trades; an average price takes at most 1000.'],
  ],
  'trade-named-twice': [[{ trade: 71 }, 'Trade 71 is named twice.']],
  'trades-differ': (['series', 'side', 'account', 'clearing date'] as const).map((field) => [
    { trade: 71, field, found: 'that', expected: 'this' },
    `The ${field} of trade 71 is that, that of the trades before it this;`,
  ]),
  'no-average-price-account': [[{ participant: 'CABC' }, 'CABC has no account of the type apt,']],
  'give-up-to-oneself': [[{ participant: 'CABC' }, 'The taker is CABC, your own participant;']],
  'not-in-clearing-house': [
    [
      { participant: 'CFUT', clearingHouse: 'SEOCH', series: 'HKB65.00E9' },
      'CFUT does not clear at SEOCH, where HKB65.00E9 is cleared;',
    ],
  ],
  'give-up-not-pending': [[{ giveUp: 4, state: 'lapsed' }, 'Give-up 4 is lapsed;']],
  'not-the-taker': [[{ giveUp: 4, taker: 'CXYZ' }, 'Give-up 4 is for CXYZ;']],
  'series-expired': [
    [{ series: 'HSIJ9', lastTradingDay: FRIDAY }, 'HSIJ9 has expired; its last trading day was 3 May 2019 (Friday).'],
  ],
  'no-position': [[position, 'The account OMNI1 has no position in HSIK9.']],
  'not-enough-position': [
    [
      { ...position, side: 'written', available: 3, asked: 4, part: 2 },
      'Part 2: 4 contracts written in HSIK9 were asked for; the account OMNI1 has 3 available.',
    ],
  ],
  'net-down-not-allowed': [[{ series: 'HSIK9', kind: 'future' }, 'HSIK9 is a future;']],
  'final-held-differs': [
    [
      { ...position, finalHeld: 3, expected: 5 },
      'You expect 3 held in HSIK9 in the account OMNI1 afterwards; there would be 5.',
    ],
  ],
  'position-named-twice': [[position, 'The position in HSIK9 in the account OMNI1 is named twice.']],
  'close-out-of-another-date': [
    [
      { closeOut: 4, date: MONDAY, businessDate: TUESDAY },
      `Close-out 4 is of ${MONDAY_TEXT}; only those of 7 May 2019 (Tuesday) can be restored.`,
    ],
  ],
  'not-enough-closed-out': [
    [{ closeOut: 4, left: 2, asked: 3 }, '3 contracts of close-out 4 were asked for; 2 are left to restore.'],
  ],
  'cover-not-possible': [
    [{ series: 'HKB65.00Q9', reason: 'not-a-call' }, 'HKB65.00Q9 cannot be covered so: only calls'],
    [{ series: 'HSI28000E9', reason: 'not-stock' }, 'only options on stock'],
    [{ series: 'HKB65.00E9', reason: 'more-than-written' }, 'no more can be covered than is written.'],
    [{ series: 'HKB65.00E9', reason: 'below-zero' }, 'the quantity must be 0 or more.'],
  ],
  'exercise-not-possible': [
    [{ series: 'HSIK9', reason: 'not-an-option' }, 'HSIK9 cannot be exercised on request: it is a future,'],
    [{ series: 'HSI28000E9', reason: 'european' }, 'it is a European option,'],
    [{ series: 'HKB65.00D9', reason: 'expired' }, 'HKB65.00D9 cannot be exercised: it has expired.'],
  ],
  'deny-quantity': [
    [{ ...position, quantity: 9, held: 5 }, 'The quantity is 9; from 0 to the 5 held in HSIK9 in the account OMNI1'],
  ],
  'exercise-not-pending': [[{ exercise: 4, state: 'annulled' }, 'Exercise request 4 is annulled;']],
};

const EACH = Object.entries(SAMPLES).map(([code, samples]) => ({
  code,
  samples: samples.map(([fields, tells]) => ({ rejection: { code, ...fields } as PostTradeRejection, tells })),
}));

test.each(EACH)('$code is told to the browser in a sentence with what was found and what is allowed', ({ samples }) => {
  for (const { rejection, tells } of samples) {
    const { title, text } = toPostTradeRefusal(rejection);
    expect(text).toContain(tells);
    expect(text).toMatch(/^(Part \d+: )?[A-Z0-9][^<>]*\.$/);
    expect(text).not.toMatch(/undefined|NaN|\[object/);
    expect(title).not.toBe('');
  }
});

test.each(EACH)('$code is told in Chinese with the same numbers and names, and no English sentence', ({ samples }) => {
  for (const { rejection } of samples) {
    const [english, chinese] = [toPostTradeRefusal(rejection), toPostTradeRefusal(rejection, TRADITIONAL_CHINESE)];
    expect(chinese.status).toBe(english.status);
    expect(chinese.title).toMatch(/^[\u4e00-\u9fff]+$/);
    expect(chinese.text).toMatch(/[\u4e00-\u9fff][^<>]*。$/);
    expect(chinese.text).not.toMatch(/undefined|NaN|\[object|[a-z]+ [a-z]+/);
    const named = english.text.match(/\d+(:\d+)?|\b[A-Z][A-Z0-9_.]+\b/g) ?? [];
    expect(named.filter((each) => !chinese.text.includes(each.replace(/\.$/, '')))).toEqual([]);
  }
});

const page = readFileSync(new URL('../../docs/reference/errors.md', import.meta.url), 'utf8');

test.each(EACH)('the reference page has the status of $code at DCASS Online and at OAPI', ({ code, samples }) => {
  const statuses = (of: (rejection: PostTradeRejection) => number): string =>
    [...new Set(samples.map(({ rejection }) => of(rejection)))].join(' or ');
  const online = statuses((rejection) => toPostTradeRefusal(rejection).status);
  const oapi = statuses((rejection) => postTradeRefusal(rejection, geniumProtocol.statuses).status);
  const row = page.split('\n').find((line) => line.startsWith(`| \`${code}\` |`));
  expect(row?.split(' | ').slice(2)).toEqual([online, `-12 with ${oapi} |`]);
});

test('every refusal has completion -12 and a status that says so: below zero', () => {
  for (const { rejection } of EACH.flatMap(({ samples }) => samples)) {
    const { completion, status } = postTradeRefusal(rejection, geniumProtocol.statuses);
    expect(completion).toBe(-12);
    expect(status).toBeLessThan(0);
  }
});
