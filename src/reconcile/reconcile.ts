import type { PositionRow, TradeRow } from './books.ts';

/** A row of a participant's own file. */
export type Own<Row> = Row & { readonly line: number };

/** What two lists of rows have not in common. */
export interface Differences<Row> {
  readonly onlyDcass: readonly Row[];
  readonly onlyOwn: readonly Own<Row>[];
  /** The same thing in both, with other values in `fields`. */
  readonly differing: readonly Differing<Row>[];
  /** Rows that are the same in both. */
  readonly agreeing: number;
}

export interface Differing<Row> {
  readonly dcass: Row;
  readonly own: Own<Row>;
  readonly fields: readonly (keyof Row & string)[];
}

/** By which a trade of the own file is found in DCASS. */
export type TradeMatch = 'trade' | 'deal' | 'attributes';

const TRADE_FIELDS = [
  'deal',
  'series',
  'account',
  'side',
  'quantity',
  'price',
  'customerInfo',
  'clearingDate',
] as const satisfies readonly (keyof TradeRow)[];

export type TradeField = (typeof TRADE_FIELDS)[number];

/** By what the trades of a file with these fields are matched, and what is compared then. */
export function howToMatch(fields: ReadonlySet<string>): {
  readonly by: TradeMatch;
  readonly compared: readonly TradeField[];
} {
  const by = fields.has('trade') ? 'trade' : fields.has('deal') ? 'deal' : 'attributes';
  const isKey = (field: TradeField): boolean => by === 'deal' && (field === 'deal' || field === 'side');
  return { by, compared: TRADE_FIELDS.filter((field) => fields.has(field) && !isKey(field)) };
}

/**
 * Holds a participant's own trades against those of DCASS. Matched by trade number; without that column by deal and side;
 * without either, rows with the same values are taken away in pairs, and what is left is told.
 * @param fields the fields that the own file has
 */
export function reconcileTrades(
  own: readonly Own<TradeRow>[],
  dcass: readonly TradeRow[],
  fields: ReadonlySet<string>,
): Differences<TradeRow> {
  const { by, compared } = howToMatch(fields);
  return match(own, dcass, tradeKey(by, compared), (a, b) =>
    compared.filter((field) => comparable(a, field) !== comparable(b, field)),
  );
}

/** Holds a participant's own positions against those of DCASS, by account and series. A position of nothing is none. */
export function reconcilePositions(
  own: readonly Own<PositionRow>[],
  dcass: readonly PositionRow[],
): Differences<PositionRow> {
  const found = match(
    own,
    dcass,
    (row) => `${row.account}\n${row.series}`,
    (a, b) => (['held', 'written'] as const).filter((field) => a[field] !== b[field]),
  );
  return { ...found, onlyDcass: found.onlyDcass.filter(isSomething), onlyOwn: found.onlyOwn.filter(isSomething) };
}

function isSomething({ held, written }: PositionRow): boolean {
  return held + written > 0;
}

function tradeKey(by: TradeMatch, compared: readonly TradeField[]): (row: TradeRow) => string | undefined {
  switch (by) {
    case 'trade':
      return ({ trade }) => (trade === undefined ? undefined : String(trade));
    case 'deal':
      return ({ deal, side }) => (deal === undefined ? undefined : `${deal} ${side}`);
    case 'attributes':
      return (row) => JSON.stringify(compared.map((field) => comparable(row, field)));
  }
}

// 65, 65.0 and 65.00 are one price; and a note is the same with the apostrophe that CSV files put before a formula.
function comparable(row: TradeRow, field: TradeField): string | number | undefined {
  if (field === 'customerInfo') return row.customerInfo.replace(/^'(?=[=+\-@\t\r])/, '');
  if (field !== 'price') return row[field];
  const [whole = '', fraction = ''] = row.price.split('.');
  const decimals = fraction.replace(/0+$/, '');
  return whole.replace(/^0+(?=\d)/, '') + (decimals === '' ? '' : `.${decimals}`);
}

function match<Row>(
  own: readonly Own<Row>[],
  dcass: readonly Row[],
  keyOf: (row: Row) => string | undefined,
  differ: (dcass: Row, own: Row) => readonly (keyof Row & string)[],
): Differences<Row> {
  // A key that stands twice in the own file: the second row is one too many.
  const waiting = new Map<string, Own<Row>[]>();
  const unmatched = new Set<Own<Row>>(own);
  for (const row of own.toReversed()) {
    const key = keyOf(row);
    if (key === undefined) continue;
    const rows = waiting.get(key);
    if (rows) rows.push(row);
    else waiting.set(key, [row]);
  }
  const onlyDcass: Row[] = [];
  const differing: Differing<Row>[] = [];
  let agreeing = 0;
  for (const row of dcass) {
    const key = keyOf(row);
    const mine = key === undefined ? undefined : waiting.get(key)?.pop();
    if (!mine) {
      onlyDcass.push(row);
      continue;
    }
    unmatched.delete(mine);
    const fields = differ(row, mine);
    if (fields.length === 0) agreeing += 1;
    else differing.push({ dcass: row, own: mine, fields });
  }
  return { onlyDcass, onlyOwn: own.filter((row) => unmatched.has(row)), differing, agreeing };
}
