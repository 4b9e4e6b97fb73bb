import type { ClearingHouse } from './participant.ts';

export type ExerciseStyle = 'american' | 'european';
export type Settlement = 'physical' | 'cash';

/** What the series of one underlying have in common. */
export interface InstrumentClass {
  /** The letters that begin a series name. */
  readonly code: string;
  readonly name: string;
  readonly clearingHouse: ClearingHouse;
  /** What the price follows: an index by its short name (`HSI`, `HSCEI`), a stock by its code of four digits (`0005`). */
  readonly underlying: string;
  /** When a holder of its options may exercise: stock options on any business day, index options at expiry only. */
  readonly exerciseStyle: ExerciseStyle;
  /** What an exercised option or an expired future turns into: shares, or money. */
  readonly settlement: Settlement;
  /** Fields of the binary series key. */
  readonly market: number;
  readonly commodity: number;
  /** Currency for a point of an index, or shares of a stock, in one contract. */
  readonly contractSize: number;
  /** Prices are integers with this many decimals (the family's dec_in_premium). */
  readonly priceDecimals: number;
  /** Strikes are integers with this many decimals, and series names print them. */
  readonly strikeDecimals: number;
}

/** ASSUMED: the country number of every series key (HKEX's own is not public). */
export const SERIES_COUNTRY = 7;

// The codes are HKEX's (dcass-facts.md 6.3, B). ASSUMED: market and commodity numbers of the binary
// key; HKEX's are not public. Contract sizes are the contract specifications' (D).
const CLASSES: readonly InstrumentClass[] = [
  index('HSI', 'Hang Seng Index', 'HSI', 4001, 50),
  index('MHI', 'Mini-Hang Seng Index', 'HSI', 4002, 10),
  index('HHI', 'Hang Seng China Enterprises Index', 'HSCEI', 4003, 50),
  index('MCH', 'Mini-Hang Seng China Enterprises Index', 'HSCEI', 4004, 10),
  stock('HKB', 'HSBC Holdings', '0005', 5005, 400),
  stock('TCH', 'Tencent Holdings', '0700', 5700, 100),
  stock('HEX', 'Hong Kong Exchanges and Clearing', '0388', 5388, 100),
  stock('CCC', 'China Construction Bank', '0939', 5939, 1_000),
];

const BY_CODE = new Map(CLASSES.map((each) => [each.code, each]));

export function instrumentClass(code: string): InstrumentClass | undefined {
  return BY_CODE.get(code);
}

export function instrumentClasses(): readonly InstrumentClass[] {
  return CLASSES;
}

// dcass-facts.md 6.4: index options are European and settled in cash (D).
function index(
  code: string,
  name: string,
  underlying: string,
  commodity: number,
  contractSize: number,
): InstrumentClass {
  return {
    code,
    name,
    clearingHouse: 'HKCC',
    underlying,
    exerciseStyle: 'european',
    settlement: 'cash',
    market: 1,
    commodity,
    contractSize,
    priceDecimals: 0,
    strikeDecimals: 0,
  };
}

// dcass-facts.md 6.4: stock options are American and delivered in shares (B).
function stock(
  code: string,
  name: string,
  underlying: string,
  commodity: number,
  contractSize: number,
): InstrumentClass {
  return {
    code,
    name,
    clearingHouse: 'SEOCH',
    underlying,
    exerciseStyle: 'american',
    settlement: 'physical',
    market: 2,
    commodity,
    contractSize,
    priceDecimals: 2,
    strikeDecimals: 2,
  };
}
