import * as z from 'zod/mini';
import { ACCOUNT_TYPES, type AccountType } from '../clearing/account.ts';
import { COMMAND_NAMES } from '../clearing/commands/catalogue.ts';
import { ACCOUNT_ACCESS, ACCOUNT_STATES } from './account-words.ts';
import { clearingRules } from './clearing-rules.ts';
import { DEAL_SHAPE } from './deal-shape.ts';
import { expectation } from './expectation-schema.ts';
import * as l from './leaf.ts';
import { contacts, mailSettings } from './mail-settings.ts';
import { oapiSettings } from './oapi-settings.ts';
import { onlineSettings } from './online-settings.ts';
import { platforms } from './old-platform.ts';
import { paramsSection } from './parameters.ts';
import { priceOf } from './prices.ts';
import { reportSettings } from './report-settings.ts';
import { secondSite } from './second-site.ts';
import { step, type StepSection } from './step-schema.ts';

// Shapes of sections that have a file of their own are functions: those files are part of every start, and the shapes are
// made only when a text is held to them.

/** The value of `format`: it changes when an old file would be read differently. */
export const FORMAT = 'dcass-scenario/1';

const USER_STATES = ['active', 'expiring', 'expired', 'change-required', 'locked', 'suspended'] as const;
export const LEVELS = ['beginner', 'intermediate', 'advanced'] as const;

const passwordRules = l.group(
  {
    lengthMin: z.optional(l.integer(3, 32, 'characters')),
    lengthMax: z.optional(l.integer(3, 32, 'characters')),
    accepted: z.optional(
      l.leaf(z.string().check(z.regex(/^[!-/:-@[-`{-~]+$/)), {
        expects: 'the special characters that a password may contain, in quotes, for example "!#$&*"',
      }),
    ),
    lifetimeDays: z.optional(
      l.leaf(z.union([z.int().check(z.minimum(1), z.maximum(3650)), z.literal('never')]), {
        expects: 'days until a password expires: a whole number from 1 to 3650, or never',
      }),
    ),
    warningDays: z.optional(l.integer(0, 365, 'days')),
    remembered: z.optional(l.integer(0, 100, 'earlier passwords')),
    failedLoginsMax: z.optional(l.integer(1, 1000, 'wrong passwords in a row')),
  },
  'password rules: { lengthMin: 8, lifetimeDays: 90, … }',
);

const gateways = l.group(
  {
    online: z.optional(onlineSettings()),
    oapi: z.optional(oapiSettings()),
    secondary: z.optional(secondSite()),
    sftp: z.optional(l.group({ keepDays: z.optional(l.integer(1, 3650, 'days')) }, 'settings: { keepDays: 30 }')),
  },
  'the settings of online, oapi, secondary and sftp',
);

const participant = l.group(
  {
    code: l.customerCode,
    name: l.line,
    clearingHouses: l.someOf(l.oneOf(['HKCC', 'SEOCH']), 'clearing houses: [HKCC], [SEOCH] or [HKCC, SEOCH]'),
    contacts: z.optional(contacts()),
    authorisedRanges: z.optional(l.someOf(l.range, 'IPv4 ranges: ["127.0.0.0/8"]')),
    accounts: l.someOf(
      l.group(
        {
          id: l.accountId,
          type: l.oneOf(ACCOUNT_TYPES as readonly [AccountType, ...AccountType[]]),
          state: z.optional(l.oneOf(ACCOUNT_STATES)),
          access: z.optional(l.oneOf(ACCOUNT_ACCESS)),
        },
        'an account: { id: "HOUSE", type: house }',
      ),
      'accounts: { id: "HOUSE", type: house }',
    ),
  },
  'a participant: { code: "CABC", name: …, clearingHouses: [HKCC], accounts: […] }',
);

/** How large a market `world.participants` and `world.trades` may ask for. */
const GROWN_PARTICIPANTS_MAX = 200;
const GROWN_TRADES_MAX = 2_000_000;

const grownTrades = l.leaf(z.int().check(z.minimum(2), z.maximum(GROWN_TRADES_MAX), z.multipleOf(2)), {
  expects: `trades to grow: an even whole number from 2 to ${GROWN_TRADES_MAX}, without quotes`,
});

/** Rows of a CSV file beside the scenario, see csv/import-rows.ts. */
export const importedRows = l.group(
  {
    from: l.leaf(z.string().check(z.regex(/^[^\0-\x1f\x7f]{1,200}$/)), {
      expects: 'the name of a CSV file beside this one, for example trades.csv',
    }),
  },
  'rows of a CSV file: { from: trades.csv }',
);

const position = l.group(
  {
    participant: l.customerCode,
    account: l.accountId,
    series: l.seriesName,
    held: z.optional(l.integer(0, 10_000_000, 'contracts')),
    written: z.optional(l.integer(0, 10_000_000, 'contracts')),
  },
  'a position: { participant: "CABC", account: "HOUSE", series: "HSIK9", held: 120 }',
);

const deal = l.group(
  { id: z.optional(l.identifier), at: l.dateTime, ...DEAL_SHAPE },
  'a deal: { at: "2019-05-03 10:15", series: "HSIK9", quantity: 5, price: "29500", buyer: …, seller: … }',
);

/** How many breaks between a participant's own records and DCASS `world.discrepancies` may plant in one list. */
export const DISCREPANCIES_MAX = 1000;

const discrepancies = l.either(
  [
    l.listOf(
      l.group(
        {
          participant: l.customerCode,
          trades: z.optional(l.integer(0, DISCREPANCIES_MAX, 'breaks in the trades')),
          positions: z.optional(l.integer(0, DISCREPANCIES_MAX, 'breaks in the positions')),
        },
        'breaks of a participant: { participant: "CABC", trades: 3, positions: 2 }',
      ),
      'breaks: { participant: "CABC", trades: 3, positions: 2 }',
    ),
    l.integer(0, DISCREPANCIES_MAX, 'breaks, spread over the participants'),
  ],
  `a list of breaks: { participant: "CABC", trades: 3, positions: 2 }, or how many are spread over the participants: a whole number from 0 to ${DISCREPANCIES_MAX}, without quotes`,
);

const world = l.group(
  {
    platforms: z.optional(platforms()),
    gateways: z.optional(gateways),
    passwords: z.optional(
      l.group(
        {
          online: z.optional(passwordRules),
          administrator: z.optional(passwordRules),
          oapi: z.optional(passwordRules),
        },
        'the rules of online, administrator and oapi',
      ),
    ),
    participants: l.either(
      [l.someOf(participant, 'participants'), l.integer(2, GROWN_PARTICIPANTS_MAX, 'participants to grow')],
      `a list of participants, or how many are grown: a whole number from 2 to ${GROWN_PARTICIPANTS_MAX}, without quotes`,
    ),
    users: z.optional(
      l.listOf(
        l.group(
          {
            id: l.userId,
            password: z.optional(l.password),
            state: z.optional(l.oneOf(USER_STATES)),
            functions: z.optional(l.listOf(l.oneOf(COMMAND_NAMES), 'post-trade functions: [request-give-up, take-up]')),
          },
          'a user: { id: "BU_CABC101", state: active }',
        ),
        'users: { id: "BU_CABC101", state: active }',
      ),
    ),
    series: z.optional(l.listOf(l.seriesName, 'series: ["HSIK9", "HSI28000E9"]')),
    positions: z.optional(
      l.either(
        [
          l.listOf(
            l.either([position, importedRows], 'a position, or rows of a CSV file: { from: positions.csv }'),
            'positions: { participant: "CABC", account: "HOUSE", series: "HSIK9", held: 120 }',
          ),
          importedRows,
        ],
        'a list of positions, or rows of a CSV file: { from: positions.csv }',
      ),
    ),
    trades: z.optional(
      l.either(
        [
          l.listOf(
            l.either([deal, importedRows], 'a deal, or rows of a CSV file: { from: trades.csv }'),
            'deals: { at: "2019-05-03 10:15", series: "HSIK9", quantity: 5, price: "29500", buyer: …, seller: … }',
          ),
          grownTrades,
          importedRows,
        ],
        `a list of deals, rows of a CSV file ({ from: trades.csv }), or how many trades are grown: an even whole number from 2 to ${GROWN_TRADES_MAX}, without quotes (a deal has two trades)`,
      ),
    ),
    discrepancies: z.optional(discrepancies),
    giveUps: z.optional(
      l.listOf(
        l.group(
          {
            trade: l.identifier,
            side: l.oneOf(['buy', 'sell']),
            to: l.customerCode,
            quantity: l.integer(1, 1_000_000, 'contracts'),
            text: z.optional(
              l.leaf(z.string().check(z.regex(/^[ -~]{0,30}$/)), { expects: 'at most 30 plain (ASCII) characters' }),
            ),
          },
          'a give-up: { trade: gap-open, side: buy, to: "CXYZ", quantity: 3 }',
        ),
        'give-ups that wait for their taker: { trade: gap-open, side: buy, to: "CXYZ", quantity: 3 }',
      ),
    ),
    prices: z.optional(
      l.listOf(
        l.group({ of: priceOf, price: l.price }, 'a price: { of: "HSIK9", price: "29500" }'),
        'prices: { of: "HSIK9", price: "29500" }',
      ),
    ),
    clearing: z.optional(clearingRules()),
    mail: z.optional(mailSettings()),
    reports: z.optional(reportSettings()),
  },
  'the world: participants, users, series, positions, trades, gateways, passwords, reports, mail',
);

/** A whole scenario file, before any name in it is looked up. */
export const scenarioFile = l.group(
  {
    format: l.leaf(z.literal(FORMAT), { expects: FORMAT }),
    extends: z.optional(l.line),
    params: z.optional(paramsSection()),
    scenario: l.group(
      {
        id: l.identifier,
        title: l.line,
        level: z.optional(l.oneOf(LEVELS)),
        minutes: z.optional(l.integer(1, 1440, 'minutes that a person needs')),
        sources: z.optional(l.listOf(l.line, 'sources')),
      },
      'what the day is called: { id: verification-day, title: … }',
    ),
    day: l.group(
      {
        date: l.date,
        businessDate: z.optional(l.date),
        start: l.time,
        end: z.optional(l.time),
        holidays: z.optional(l.listOf(l.date, 'days on which nothing is cleared: ["2019-05-01"]')),
      },
      'the day: { date: "2019-05-05", start: "06:30", end: "13:00" }',
    ),
    world,
    timeline: z.optional(
      l.either(
        [
          l.listOf(l.either([step, importedRows], 'a step, or rows of a CSV file: { from: my-day.csv }'), 'steps'),
          importedRows,
        ],
        'a list of steps, or rows of a CSV file: { from: my-day.csv }',
      ),
    ),
    expect: z.optional(l.listOf(expectation, 'expectations')),
    training: z.optional(
      l.group(
        { objectives: z.optional(l.listOf(l.text, 'objectives')), debrief: z.optional(l.listOf(l.text, 'questions')) },
        'objectives and debrief',
      ),
    ),
  },
  'a scenario: format, extends, scenario, day, params, world, timeline, expect, training',
);

export type ScenarioFile = z.infer<typeof scenarioFile>;
export type WorldSection = ScenarioFile['world'];
/** The list of deals, where the file writes them out; imported rows stand in it like all others. */
export type TradesSection = readonly z.infer<typeof deal>[];
export type PositionsSection = readonly z.infer<typeof position>[];
export type TimelineSection = readonly StepSection[];
export type DiscrepanciesSection = z.infer<typeof discrepancies>;
export type DealSection = Pick<TradesSection[number], keyof typeof DEAL_SHAPE>;
export type ParticipantSection = z.infer<typeof participant>;
export type PasswordsSection = NonNullable<WorldSection['passwords']>;
