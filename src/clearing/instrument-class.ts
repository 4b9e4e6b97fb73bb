import type { ClearingHouse } from './participant.ts';

export type SeriesKind = 'future' | 'call' | 'put';
export type ExerciseStyle = 'american' | 'european';
export type Settlement = 'physical' | 'cash';

/** What the series of one underlying have in common. */
export interface InstrumentClass {
  /** The letters that begin a series name. */
  readonly code: string;
  readonly name: string;
  readonly clearingHouse: ClearingHouse;
  /** What its series are: stock classes have options only. */
  readonly kinds: readonly SeriesKind[];
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

interface Numbered {
  readonly number: number;
  readonly name: string;
}

/** ASSUMED: market numbers of the binary key, one a clearing house; HKEX's are not public. */
export const MARKETS: Readonly<Record<ClearingHouse, Numbered>> = {
  HKCC: { number: 1, name: 'HKFE Index Futures and Options' },
  SEOCH: { number: 2, name: 'SEHK Stock Options' },
};

/** ASSUMED: instrument group numbers of the binary key; HKEX's are not public. */
export const INSTRUMENT_GROUPS: Readonly<Record<SeriesKind, Numbered>> = {
  future: { number: 4, name: 'Futures' },
  call: { number: 6, name: 'Call Options' },
  put: { number: 7, name: 'Put Options' },
};

export interface Underlying {
  /** `HSI`, `HSCEI`, or a stock's code of four digits. */
  readonly code: string;
  readonly name: string;
  readonly kind: 'index' | 'stock';
}

const INDICES: readonly Underlying[] = [
  { code: 'HSI', name: 'Hang Seng Index', kind: 'index' },
  { code: 'HSCEI', name: 'Hang Seng China Enterprises Index', kind: 'index' },
];

// The codes are HKEX's (dcass-facts.md 6.3, B). ASSUMED: commodity numbers of the binary key; HKEX's
// are not public. Contract sizes of the indices are the contract specifications' (D).
const INDEX_CLASSES: readonly InstrumentClass[] = [
  index('HSI', 'Hang Seng Index', 'HSI', 4001, 50),
  index('MHI', 'Mini-Hang Seng Index', 'HSI', 4002, 10),
  index('HHI', 'Hang Seng China Enterprises Index', 'HSCEI', 4003, 50),
  index('MCH', 'Mini-Hang Seng China Enterprises Index', 'HSCEI', 4004, 10),
];

// HKEX, "The List of Stock Option Classes Available for Trading" (the page's versions of 2017 and 2020): codes and
// contract sizes. B where a row stands in both, as for XAB, AIA, LNK and CKP; C for the rest, which other public
// lists of those years have. XCC, XAB and XTW are quoted to HK$0.001 (HKEX circular MKD/EQD/33/18 for XTW, B).
const STOCK_CLASSES: readonly InstrumentClass[] = [
  stock('CKH', 'CK Hutchison Holdings', '0001', 500),
  stock('CLP', 'CLP Holdings', '0002', 500),
  stock('HKG', 'The Hong Kong and China Gas Company', '0003', 1_000),
  stock('HKB', 'HSBC Holdings', '0005', 400),
  stock('HSB', 'Hang Seng Bank', '0011', 100),
  stock('SHK', 'Sun Hung Kai Properties', '0016', 1_000),
  stock('GLX', 'Galaxy Entertainment Group', '0027', 1_000),
  stock('GAH', 'Geely Automobile Holdings', '0175', 5_000),
  stock('HEX', 'Hong Kong Exchanges and Clearing', '0388', 100),
  stock('TCH', 'Tencent Holdings', '0700', 100),
  stock('XTW', 'China Tower Corporation', '0788', 10_000, 3),
  stock('LNK', 'Link Real Estate Investment Trust', '0823', 1_000),
  stock('CNC', 'CNOOC', '0883', 1_000),
  stock('XCC', 'China Construction Bank', '0939', 1_000, 3),
  stock('CHT', 'China Mobile', '0941', 500),
  stock('CKP', 'CK Asset Holdings', '1113', 1_000),
  stock('XAB', 'Agricultural Bank of China', '1288', 10_000, 3),
  stock('AIA', 'AIA Group', '1299', 1_000),
  stock('MIU', 'Xiaomi Corporation', '1810', 1_000),
  stock('SAN', 'Sands China', '1928', 400),
  stock('PAI', 'Ping An Insurance (Group) Company of China', '2318', 500),
  stock('CLI', 'China Life Insurance Company', '2628', 1_000),
];

const CLASSES: readonly InstrumentClass[] = [...INDEX_CLASSES, ...STOCK_CLASSES];

const BY_CODE = new Map(CLASSES.map((each) => [each.code, each]));

export function instrumentClass(code: string): InstrumentClass | undefined {
  return BY_CODE.get(code);
}

export function instrumentClasses(): readonly InstrumentClass[] {
  return CLASSES;
}

/** What the classes are on, each once. */
export function underlyings(): readonly Underlying[] {
  return [
    ...INDICES,
    ...STOCK_CLASSES.map(({ underlying, name }): Underlying => ({ code: underlying, name, kind: 'stock' })),
  ];
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
    kinds: ['future', 'call', 'put'],
    underlying,
    exerciseStyle: 'european',
    settlement: 'cash',
    market: MARKETS.HKCC.number,
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
  contractSize: number,
  priceDecimals = 2,
): InstrumentClass {
  return {
    code,
    name,
    clearingHouse: 'SEOCH',
    kinds: ['call', 'put'],
    underlying,
    exerciseStyle: 'american',
    settlement: 'physical',
    market: MARKETS.SEOCH.number,
    commodity: 5_000 + Number(underlying),
    contractSize,
    priceDecimals,
    strikeDecimals: 2,
  };
}
