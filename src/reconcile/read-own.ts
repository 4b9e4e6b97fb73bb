import * as z from 'zod/mini';
import { readableProblems } from '../scenario/csv/csv-problems.ts';
import type { CsvColumns } from '../scenario/csv/csv-columns.ts';
import { toCsvRows } from '../scenario/csv/csv-rows.ts';
import { readCsvTable } from '../scenario/csv/csv-table.ts';
import { checkShape } from '../scenario/issues.ts';
import * as l from '../scenario/leaf.ts';
import type { Problem } from '../scenario/problem.ts';
import { toPlain } from '../scenario/source-node.ts';
import type { PositionRow, TradeRow } from './books.ts';
import type { Own } from './reconcile.ts';

/** The rows of a participant's own file with the fields that it has, or everything that is wrong with it. */
export type OwnFile<Row> =
  | { readonly ok: true; readonly rows: readonly Own<Row>[]; readonly fields: ReadonlySet<string> }
  | { readonly ok: false; readonly problems: readonly Problem[] };

// What DCASS does not know is a difference and no mistake: only what could not be compared or printed is refused.
const word = (what: string): z.ZodMiniString =>
  l.leaf(z.string().check(z.regex(/^[!-~]{1,32}$/)), { expects: `${what}: at most 32 plain characters` });

const tradeRow = l.group(
  {
    trade: z.optional(l.integer(1, 999_999_999_999, 'the number of a trade')),
    deal: z.optional(l.integer(1, 999_999_999_999, 'the number of a deal')),
    series: word('a series'),
    account: word('an account'),
    side: l.oneOf(['buy', 'sell']),
    quantity: l.integer(0, 999_999_999, 'contracts'),
    price: l.leaf(z.string().check(z.regex(/^\d{1,10}(\.\d{1,10})?$/)), { expects: 'a price: 29500, 65.00' }),
    customerInfo: z.optional(
      l.leaf(z.string().check(z.regex(/^[^\p{Cc}]{0,100}$/u)), { expects: 'a note of at most 100 characters' }),
    ),
    clearingDate: z.optional(
      l.leaf(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)), { expects: 'a day: 2019-05-03' }),
    ),
  },
  'a trade',
);

const TRADE_COLUMNS: CsvColumns = {
  read: [
    { name: 'trade', path: ['trade'], kind: 'number' },
    { name: 'deal', path: ['deal'], kind: 'number' },
    { name: 'series', path: ['series'], kind: 'text', required: true },
    { name: 'account', path: ['account'], kind: 'text', required: true },
    { name: 'side', path: ['side'], kind: 'text', required: true },
    { name: 'quantity', path: ['quantity'], kind: 'number', required: true },
    { name: 'price', path: ['price'], kind: 'text', required: true },
    { name: 'customer info', path: ['customerInfo'], kind: 'text' },
    { name: 'clearing date', path: ['clearingDate'], kind: 'text' },
  ],
  ignored: 'all',
};

const positionRow = l.group(
  {
    participant: z.optional(word('a participant')),
    account: word('an account'),
    series: word('a series'),
    held: z.optional(l.integer(0, 999_999_999, 'contracts')),
    written: z.optional(l.integer(0, 999_999_999, 'contracts')),
  },
  'a position',
);

const POSITION_COLUMNS: CsvColumns = {
  read: [
    { name: 'participant', path: ['participant'], kind: 'text' },
    { name: 'account', path: ['account'], kind: 'text', required: true },
    { name: 'series', path: ['series'], kind: 'text', required: true },
    { name: 'held', path: ['held'], kind: 'number', required: 'column' },
    { name: 'written', path: ['written'], kind: 'number', required: 'column' },
  ],
  ignored: 'all',
};

/** Reads a back-office's trades. Columns are found by name; others than DCASS's are passed over. */
export async function readOwnTrades(bytes: Uint8Array, file: string): Promise<OwnFile<TradeRow>> {
  return readOwn(bytes, file, TRADE_COLUMNS, tradeRow, (row) => ({
    trade: row.trade,
    deal: row.deal,
    series: row.series,
    account: row.account,
    side: row.side,
    quantity: row.quantity,
    price: row.price,
    customerInfo: row.customerInfo ?? '',
    clearingDate: row.clearingDate ?? '',
  }));
}

/** Reads a back-office's positions, all of which are `participant`'s. */
export async function readOwnPositions(
  bytes: Uint8Array,
  file: string,
  participant: string,
): Promise<OwnFile<PositionRow>> {
  return readOwn(
    bytes,
    file,
    POSITION_COLUMNS,
    positionRow,
    (row) => ({ account: row.account, series: row.series, held: row.held ?? 0, written: row.written ?? 0 }),
    ({ participant: whose = participant }) =>
      whose === participant
        ? undefined
        : `from here on stand positions of ${whose}; name a file of ${participant} only`,
  );
}

async function readOwn<S extends z.core.$ZodShape, Row extends object>(
  bytes: Uint8Array,
  file: string,
  columns: CsvColumns,
  schema: z.ZodMiniObject<S, z.core.$strict>,
  toRow: (row: z.infer<typeof schema>) => Row,
  troubleOf: (row: z.infer<typeof schema>) => string | undefined = () => undefined,
): Promise<OwnFile<Row>> {
  const table = await readCsvTable(bytes, file);
  const { list, problems } = toCsvRows(table, columns);
  const content = toPlain(list) as readonly z.infer<typeof schema>[];
  const wrong = [...problems, ...checkShape(z.array(schema), list, content).problems];
  if (wrong.length > 0) return { ok: false, problems: readableProblems(wrong, undefined) };
  // A whole file of somebody else is one mistake.
  const foreign = new Map<string, Problem>();
  for (const [i, each] of content.entries()) {
    const message = troubleOf(each);
    if (message === undefined || foreign.has(message)) continue;
    foreign.set(message, { ...(list.items[i]?.at ?? list.at), message });
  }
  if (foreign.size > 0) return { ok: false, problems: readableProblems([...foreign.values()], undefined) };
  const rows = content.map((each, i) => ({ ...toRow(each), line: (list.items[i]?.at ?? list.at).line }));
  const known = new Map(columns.read.map((column) => [column.name, column.path[0]]));
  return { ok: true, rows, fields: new Set(table.header.flatMap((name) => known.get(name) ?? [])) };
}
