import { calendarDateOf, toClockText, toCompactDate, toIso, type Instant } from '../time/instant.ts';
import type { CustomerCode } from './participant.ts';
import { formatScaled } from './price.ts';
import type { Report, ReportCode } from './report.ts';
import { bookOf, type ClearingState } from './state.ts';

/** Which reports are the same for every participant. */
const COMMON_REPORTS: readonly ReportCode[] = ['business-dates'];

export function isCommonReport(code: ReportCode): boolean {
  return COMMON_REPORTS.includes(code);
}

/**
 * A report of the state at `now`, not yet complete. Same state, same bytes.
 * ASSUMED: HKEX's layouts, codes and file names are not public (dcass-facts.md section 5, X), so these
 * are our own, and the first line of each file says so.
 */
export function makeReport(
  state: ClearingState,
  code: ReportCode,
  participant: CustomerCode | undefined,
  now: Instant,
): Report {
  const name = [
    code.toUpperCase().replaceAll('-', ''),
    participant ?? 'COMMON',
    toCompactDate(state.businessDate),
    toClockText(now).replaceAll(':', ''),
  ].join('_');
  const rows = rowsOf(state, code, participant);
  const lines = [
    `# SIMULATED REPORT, layout of dcass-sim, not HKEX's. ${code} of ${participant ?? 'all participants'}, business date ${state.businessDate}, made ${toIso(now)}, rows ${rows.length - 1}`,
    ...rows.map((row) => row.map(toCsvCell).join(',')),
  ];
  return {
    code,
    participant,
    fileName: `${name}.csv`,
    businessDate: state.businessDate,
    folderDate: calendarDateOf(now),
    startedAt: now,
    completedAt: undefined,
    text: lines.map((line) => `${line}\r\n`).join(''),
  };
}

type Row = readonly (string | number)[];

function rowsOf(state: ClearingState, code: ReportCode, participant: CustomerCode | undefined): readonly Row[] {
  switch (code) {
    case 'trades':
      return tradeRows(state, participant);
    case 'positions':
      return positionRows(state, participant);
    case 'business-dates':
      return [
        ['business date', 'phase'],
        [state.businessDate, state.phase],
      ];
  }
}

function tradeRows(state: ClearingState, participant: CustomerCode | undefined): readonly Row[] {
  const trades = participant ? bookOf(state, participant).trades.all() : [];
  return [
    // The same columns in the same order as the trades page's CSV.
    [
      'trade',
      'deal',
      'series',
      'account',
      'side',
      'quantity',
      'remaining quantity',
      'price',
      'type',
      'state',
      'customer info',
      'created',
      'clearing date',
    ],
    ...trades.map((trade): Row => [
      trade.number,
      trade.deal,
      trade.series,
      trade.account,
      trade.side,
      trade.quantity,
      trade.remainingQuantity,
      formatScaled(trade.price, state.series.get(trade.series)?.instrumentClass.priceDecimals ?? 0),
      trade.type,
      trade.state,
      trade.customerInfo,
      toIso(trade.createdAt),
      trade.clearingDate,
    ]),
  ];
}

function positionRows(state: ClearingState, participant: CustomerCode | undefined): readonly Row[] {
  const positions = participant ? [...bookOf(state, participant).positions.values()] : [];
  return [
    ['participant', 'account', 'series', 'held', 'written'],
    ...positions
      .toSorted((a, b) => compare(a.account, b.account) || compare(a.series, b.series))
      .map((p): Row => [p.participant, p.account, p.series, p.held, p.written]),
  ];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

// RFC 4180, and a text that a spreadsheet would run as a formula is made plain.
function toCsvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
