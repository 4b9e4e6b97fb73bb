import { seededRandom } from '../time/random.ts';
import type { Books, PositionRow, TradeRow } from './books.ts';
import { ownPositions } from './own-positions.ts';
import { ownTrades } from './own-trades.ts';
import type { PlantedBreak, Reach } from './planted.ts';

/** A participant's own records, and where they are wrong: the answer list of the instructor. */
export interface OwnRecords extends Books {
  readonly planted: readonly PlantedBreak[];
}

/**
 * The books as a participant's back-office has them: those of DCASS with exactly so many breaks, in rows of their own,
 * as the seed chooses. Without breaks they are DCASS's own.
 * @param participant each has its own chance: the breaks of one do not move those of another
 */
export function ownRecords(
  dcass: Books,
  reach: Reach,
  counts: { readonly trades: number; readonly positions: number },
  seed: number | string,
  participant: string,
): OwnRecords {
  const random = seededRandom(seed).fork('discrepancies').fork(participant);
  const trades = ownTrades(dcass.trades, reach, counts.trades, random.fork('trades'));
  const positions = ownPositions(dcass.positions, reach, counts.positions, random.fork('positions'));
  return { trades: trades.rows, positions: positions.rows, planted: [...trades.planted, ...positions.planted] };
}

const TRADE_COLUMNS: readonly (readonly [name: string, value: (row: TradeRow) => string | number | undefined])[] = [
  ['trade', (row) => row.trade],
  ['deal', (row) => row.deal],
  ['series', (row) => row.series],
  ['account', (row) => row.account],
  ['side', (row) => row.side],
  ['quantity', (row) => row.quantity],
  ['price', (row) => row.price],
  ['customer info', (row) => row.customerInfo],
  ['clearing date', (row) => row.clearingDate],
];

/** The own trades as a CSV file, with the names of the columns of DCASS Online's. */
export function tradesCsv(rows: readonly TradeRow[]): string {
  const line = (row: TradeRow): string => toCsvLine(TRADE_COLUMNS.map(([, value]) => value(row)));
  return toCsvLine(TRADE_COLUMNS.map(([name]) => name)) + rows.map(line).join('');
}

/** The own positions as a CSV file, with the names of the columns of DCASS Online's. */
export function positionsCsv(participant: string, rows: readonly PositionRow[]): string {
  const line = (row: PositionRow): string => toCsvLine([participant, row.account, row.series, row.held, row.written]);
  return toCsvLine(['participant', 'account', 'series', 'held', 'written']) + rows.map(line).join('');
}

/** RFC 4180, and a text that a spreadsheet would run as a formula is made plain with an apostrophe. */
export function toCsvLine(cells: readonly (string | number | undefined)[]): string {
  const line = cells.map((cell) => {
    if (typeof cell !== 'string') return cell === undefined ? '' : String(cell);
    const safe = /^[=+\-@\t\r]/.test(cell) && !/^-\d+(\.\d+)?$/.test(cell) ? `'${cell}` : cell;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  });
  return `${line.join(',')}\r\n`;
}
