import fc from 'fast-check';
import type { AccountId, AccountType } from '../../../src/clearing/account.ts';
import type { CustomerCode } from '../../../src/clearing/participant.ts';
import type { SeriesName } from '../../../src/clearing/series.ts';
import { parseSeriesName } from '../../../src/clearing/series.ts';
import { DEFAULT_CLEARING_SETTINGS, type ClearingSettings } from '../../../src/clearing/settings.ts';
import type { PositionDefinition, WorldDefinition } from '../../../src/clearing/world.ts';
import { parseWallTime } from '../../../src/time/duration.ts';
import type { BusinessDate, Instant } from '../../../src/time/instant.ts';
import { calendar, participant, world } from '../../support/world.ts';

/** A Wednesday. The series of May expire on the next day, and the Friday after it is an ordinary one. */
export const FIRST_DATE = '2019-05-29' as BusinessDate;
export const STARTS_AT = parseWallTime('09:00', FIRST_DATE) as Instant;

/** Three clear everything; the fourth has no stock options, no accounts of the system, and cannot average. */
export const CODES = ['CABC', 'CXYZ', 'CTHD', 'CFUT'] as CustomerCode[];

const ACCOUNTS: Readonly<Record<string, AccountType>> = {
  HOUSE: 'house',
  MM: 'market-maker',
  OMNI1: 'omnibus-client',
  OMNI2: 'omnibus-client',
  CLIENT: 'individual-client',
  COCA: 'client-offset-claim',
  DAILY: 'daily',
  SINK: 'sink',
  APT: 'apt',
  TRANSIT: 'transitory',
};

const FEW_ACCOUNTS = ['HOUSE', 'OMNI1', 'DAILY'];

/** Futures and options, of which the first half expires on 30 May. */
export const SERIES = [
  'HSIK9',
  'HSI28000E9',
  'HKB65.00E9',
  'HKB65.00Q9',
  'HSIM9',
  'HSI28000R9',
  'HKB67.50F9',
  'HKB62.50R9',
] as SeriesName[];

/** What a history starts from, apart from the participants. */
export interface Beginning {
  readonly settings: Partial<ClearingSettings>;
  /** Nobody's other side is in the world, as in one that is only a part of the market. */
  readonly positions: readonly PositionDefinition[];
}

const position: fc.Arbitrary<PositionDefinition> = fc
  .record({
    participant: fc.nat({ max: 2 }),
    account: fc.constantFrom('HOUSE', 'OMNI1', 'OMNI2', 'CLIENT', 'COCA', 'SINK', 'DAILY'),
    series: fc.constantFrom(...SERIES),
    held: fc.nat({ max: 30 }),
    written: fc.nat({ max: 30 }),
  })
  .map(({ participant: who, account, series, held, written }) => {
    const isNet = ['HOUSE', 'CLIENT'].includes(account);
    return {
      participant: CODES[who] as CustomerCode,
      account: account as AccountId,
      series,
      held,
      written: isNet && held > 0 ? 0 : written,
    };
  });

export const beginning: fc.Arbitrary<Beginning> = fc.record({
  settings: fc.record(
    {
      rectificationHeld: fc.constantFrom('never', 'old-trades', 'always'),
      rectificationConfirmedBy: fc.constantFrom('another-user', 'any-user'),
      giveUpOldTrades: fc.constantFrom('refused', 'allowed'),
      giveUpsAtDayEnd: fc.constantFrom('lapse', 'keep'),
      averagePriceRounding: fc.constantFrom('nearest', 'up', 'down'),
      averagePriceAccounts: fc.constantFrom<readonly AccountType[]>(['daily'], ['daily', 'house', 'omnibus-client']),
      netDownFutures: fc.constantFrom('allowed', 'refused'),
      assignment: fc.constantFrom('random', 'pro-rata'),
      dailyAtDayEnd: fc.constantFrom('sink', 'keep'),
      transitoryAtDayEnd: fc.constantFrom('sink', 'keep'),
      seed: fc.oneof(fc.nat(), fc.string()),
    },
    { requiredKeys: [] },
  ),
  positions: fc.uniqueArray(position, {
    maxLength: 8,
    selector: (each) => `${each.participant}/${each.account}/${each.series}`,
  }),
});

export function worldOf({ settings, positions }: Beginning): WorldDefinition {
  const accounts = Object.entries(ACCOUNTS).map(([id, type]) => ({ id: id as AccountId, type }));
  return world({
    startsAt: STARTS_AT,
    businessDate: FIRST_DATE,
    participants: CODES.map((code) =>
      code === 'CFUT'
        ? participant(code, {
            accounts: accounts.filter(({ id }) => FEW_ACCOUNTS.includes(id)),
            clearingHouses: ['HKCC'],
          })
        : participant(code, { accounts }),
    ),
    series: SERIES.map(seriesOf),
    // Some options of each kind are in the money.
    prices: [
      { of: 'HSI', price: 28_400 },
      { of: 'HKB', price: 6_650 },
      { of: 'HSIK9', price: 28_380 },
      { of: 'HSIM9', price: 28_410 },
    ],
    positions,
    deals: [],
    settings: { ...DEFAULT_CLEARING_SETTINGS, ...settings },
    sessions: [{ mode: 'normal', opensAt: STARTS_AT, closesAt: undefined }],
  });
}

function seriesOf(name: SeriesName) {
  const parsed = parseSeriesName(name, FIRST_DATE, calendar);
  if ('problem' in parsed) throw new Error(`no series ${name}: ${parsed.problem}`);
  return parsed;
}
