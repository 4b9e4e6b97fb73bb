import fc from 'fast-check';
import { INSTRUMENT_GROUPS, instrumentClasses } from '../../src/clearing/instrument-class.ts';
import type { Command, CommandName } from '../../src/clearing/commands/command.ts';
import type { TradePart } from '../../src/clearing/give-up.ts';
import type { CustomerCode } from '../../src/clearing/participant.ts';
import type { Simulator } from '../../src/index.ts';
import { SimError } from '../../src/sim-error.ts';
import type { Instant } from '../../src/time/instant.ts';
import { COMMAND_NAMES, makeCommand, someOpenClose, tradingAccount } from '../clearing/histories/commands.ts';
import { Dice } from '../clearing/histories/dice.ts';
import { Place } from '../clearing/histories/place.ts';
import { CODES, SERIES } from '../clearing/histories/world.ts';
import { SMALL_DAY_PASSWORD } from '../support/simulator.ts';

export { CODES };

const ACCOUNTS = [
  ['HOUSE', 'house'],
  ['OMNI1', 'omnibus-client'],
  ['OMNI2', 'omnibus-client'],
  ['DAILY', 'daily'],
  ['SINK', 'sink'],
  ['APT', 'apt'],
  ['TRANSIT', 'transitory'],
] as const;

/** Market and instrument group of everything that is cleared: `1/4`. */
export const INSTRUMENT_TYPES: readonly string[] = [
  ...new Set(
    instrumentClasses().flatMap(({ market, kinds }) =>
      kinds.map((kind) => `${market}/${INSTRUMENT_GROUPS[kind].number}`),
    ),
  ),
];

/** A day before the series of May expire, open for enquiry from 09:00 to 23:00: what the windows are asked in. */
export const RANDOM_DAY = {
  format: 'dcass-scenario/1',
  scenario: { id: 'random-day', title: 'A random day', level: 'beginner', minutes: 5, sources: ['a test'] },
  day: { date: '2019-05-29', businessDate: '2019-05-29', start: '08:30', end: '23:30' },
  world: {
    participants: CODES.map((code) => ({
      code,
      name: `${code} Clearing Limited`,
      clearingHouses: code === 'CFUT' ? ['HKCC'] : ['HKCC', 'SEOCH'],
      accounts: ACCOUNTS.map(([id, type]) => ({ id, type })),
    })),
    users: CODES.flatMap((code) =>
      [`BU_${code}101`, `BO_${code}801`].map((id) => ({ id, password: SMALL_DAY_PASSWORD, state: 'active' })),
    ),
    series: SERIES,
    positions: [
      { participant: 'CABC', account: 'OMNI1', series: 'HSIM9', held: 20, written: 15 },
      { participant: 'CXYZ', account: 'OMNI1', series: 'HKB67.50F9', held: 9, written: 14 },
    ],
    prices: [
      { of: 'HSI', price: '28400' },
      { of: 'HKB', price: '66.50' },
    ],
    gateways: { oapi: { pageSize: 3 } },
  },
  timeline: [
    { id: 'opens', at: '09:00', do: 'session.open', with: { mode: 'enquiry-only' } },
    { id: 'closes', at: '23:00', do: 'session.close' },
  ],
};

const OTHERS = ['match', 'annul', 'set-price', 'minute', 'evening', 'next-date'] as const;

/** Something that happens; its throws choose among what there is at that moment. */
interface Step {
  readonly what: CommandName | (typeof OTHERS)[number];
  readonly throws: readonly number[];
}

// What others need comes often: without matches and requests most commands have nothing to do.
const WEIGHTS: Partial<Record<Step['what'], number>> = {
  match: 45,
  'request-give-up': 20,
  'take-up': 25,
  'make-average-price-trade': 20,
  'net-down-position': 10,
  'request-exercise': 10,
  evening: 1,
  'next-date': 3,
};

export const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    what: fc.oneof(
      ...[...COMMAND_NAMES, ...OTHERS].map((what) => ({ arbitrary: fc.constant(what), weight: WEIGHTS[what] ?? 5 })),
    ),
    throws: fc.array(fc.nat({ max: 997 }), { minLength: 12, maxLength: 12 }),
  }),
  { minLength: 1, maxLength: 70, size: 'max' },
);

/** Makes a step happen in the running day, by the verbs of the scenario language. The state may refuse it. */
export async function happen(sim: Simulator, { what, throws }: Step): Promise<void> {
  const dice = new Dice(throws, false);
  switch (what) {
    case 'match':
      return inject(sim, 'deal.match', someDeal(placeOf(sim), dice));
    case 'annul':
      return inject(sim, 'deal.annul', { deal: 1 + dice.upTo(30) });
    case 'set-price':
      return inject(sim, 'price.set', { of: 'HKB', price: `${60 + dice.upTo(9)}.50` });
    case 'minute':
      return sim.clock.advanceBy('1m');
    case 'evening':
      if (sim.clock.now() < '2019-05-29T17:20') await sim.clock.advanceTo('17:20');
      return;
    case 'next-date':
      await inject(sim, 'day.end', {});
      return inject(sim, 'day.roll', {});
    default: {
      const { by, command } = makeCommand(what, placeOf(sim), dice);
      return inject(sim, ...verbOf(by, command));
    }
  }
}

/** The state of the running day, to look at. */
export function placeOf(sim: Simulator): Place {
  return new Place(sim.snapshot(), 0 as Instant);
}

// What the scenario language does not even let be asked, as parts of nothing, does not happen.
async function inject(sim: Simulator, verb: string, args: object): Promise<void> {
  try {
    await sim.inject(verb, args);
  } catch (error) {
    if (!(error instanceof SimError) || error.code !== 'SIM_VERB_INVALID') throw error;
  }
}

function someDeal(place: Place, dice: Dice): object {
  const series = SERIES[dice.upTo(dice.upTo(SERIES.length - 1))] ?? 'HSIK9';
  const into = dice.of([undefined, 'DAILY', 'TRANSIT', undefined, 'DAILY']);
  const side = (account?: string): object => {
    const participant = CODES[dice.upTo(2)] as CustomerCode;
    const info = dice.of(['', 'A/C 77', 'say "so", twice']);
    const openClose = someOpenClose(dice);
    return { participant, account: account ?? tradingAccount(place, participant, dice), info, openClose };
  };
  const price = series.startsWith('HKB')
    ? `${1 + dice.upTo(3)}.${10 + dice.upTo(80)}`
    : String(28_000 + dice.upTo(900));
  return { series, quantity: 1 + dice.upTo(11), price, buyer: side(into), seller: side() };
}

function verbOf(participant: CustomerCode, command: Command): [verb: string, args: object] {
  const parts = (list: readonly TradePart[]): object[] =>
    list.map(({ customerInfo, ...part }) => ({ ...part, info: customerInfo }));
  const { do: _name, ...args } = command;
  const own = { participant, ...args };
  switch (command.do) {
    case 'rectify-trade':
      return ['trade.rectify', { ...own, parts: parts(command.parts) }];
    case 'confirm-rectification':
      return ['rectification.confirm', own];
    case 'reject-rectification':
      return ['rectification.reject', own];
    case 'transfer-from-transitory':
      return ['trade.transfer', { ...own, parts: parts(command.parts) }];
    case 'make-average-price-trade':
      return ['trade.average', own];
    case 'request-give-up': {
      const { trade, to, takerAccount, quantity, commission, text } = command;
      const account = takerAccount === undefined ? {} : { account: takerAccount };
      return ['give-up.request', { participant, trade, to, quantity, commission, text, ...account }];
    }
    case 'take-up':
      return ['give-up.take-up', { ...own, parts: parts(command.parts) }];
    case 'reject-give-up':
      return ['give-up.reject', own];
    case 'transfer-position':
      return ['position.transfer', own];
    case 'net-down-position':
      return ['position.net-down', { participant, ...command.items[0] }];
    case 'restore-position':
      return ['position.restore', own];
    case 'cover-position':
      return ['position.cover', own];
    case 'request-exercise':
      return ['exercise.request', own];
    case 'annul-exercise':
      return ['exercise.annul', own];
    case 'deny-exercise':
      return ['exercise.deny', own];
  }
}
