import type { Trade } from '../deal.ts';
import { defineReport, type Field, type ReportMoment } from './definition.ts';
import { giveUpsAt } from './give-ups.ts';
import { positionsAt } from './positions.ts';
import { ownBook } from './rows.ts';
import { NOT_HKEX, textLayout } from './shipped-layout.ts';

/** How much there was of one thing. */
interface Row {
  readonly item: string;
  readonly count: number;
  /** Undefined where contracts are not counted. */
  readonly contracts: number | undefined;
}

const fields: readonly Field<Row>[] = [
  { name: 'item', title: 'Of the business date', kind: 'text', docs: 'what is counted', value: (row) => row.item },
  { name: 'count', title: 'Number', kind: 'number', docs: 'how many of them', value: (row) => row.count },
  { name: 'contracts', title: 'Contracts', kind: 'number', docs: 'their contracts', value: (row) => row.contracts },
];

function rows(at: ReportMoment): readonly Row[] {
  const book = ownBook(at);
  const trades = book.trades.all().filter((trade) => trade.clearingDate === at.businessDate);
  const positions = positionsAt(at);
  const giveUps = giveUpsAt(at).filter((each) => each.clearingDate === at.businessDate);
  const ofDate = <T extends { readonly businessDate: string }>(records: Iterable<T>): T[] =>
    [...records].filter((each) => each.businessDate === at.businessDate);
  const matched = (trade: Trade): boolean => trade.type === 'standard' || trade.type === 'transitory';
  return [
    counted(
      'Trades bought',
      trades.filter((trade) => matched(trade) && trade.side === 'buy'),
    ),
    counted(
      'Trades sold',
      trades.filter((trade) => matched(trade) && trade.side === 'sell'),
    ),
    counted(
      'Post-trade and day-end trades',
      trades.filter((trade) => !matched(trade)),
    ),
    counted(
      'Give-ups sent',
      giveUps.filter((each) => each.giver === at.participant),
    ),
    counted(
      'Give-ups received',
      giveUps.filter((each) => each.taker === at.participant),
    ),
    counted(
      'Give-ups not answered',
      giveUps.filter((each) => each.state === 'holding'),
    ),
    counted(
      'Average price trades',
      [...book.averagePriceTrades.values()].filter((each) => each.clearingDate === at.businessDate),
    ),
    counted(
      'Net-downs, less restored',
      ofDate(book.closeOuts.values()).map((each) => ({ quantity: each.quantity - each.restored })),
    ),
    counted(
      'Exercises',
      ofDate(book.exercises.values()).filter((each) => each.state !== 'annulled'),
    ),
    counted(
      'Assignments',
      trades.filter((trade) => trade.type === 'assign'),
    ),
    counted('Deliveries', ofDate(book.deliveries)),
    counted(
      'Positions held',
      positions.filter((each) => each.held > 0).map(({ held }) => ({ quantity: held })),
    ),
    counted(
      'Positions written',
      positions.filter((each) => each.written > 0).map(({ written }) => ({ quantity: written })),
    ),
  ];
}

function counted(item: string, things: readonly { readonly quantity: number }[]): Row {
  return { item, count: things.length, contracts: things.reduce((sum, { quantity }) => sum + quantity, 0) };
}

export const dailySummaryReport = defineReport<Row>({
  code: 'daily-summary',
  name: 'Daily summary',
  clearingHouse: 'both',
  scope: 'participant',
  made: ['after-cutoff', 'day-end'],
  contents: 'How many trades, give-ups, exercises, deliveries and positions.',
  fields,
  rows,
  template: textLayout(
    'daily-summary',
    [
      { field: 'item', width: 32 },
      { field: 'count', width: 10 },
      { field: 'contracts', width: 14 },
    ],
    {
      header: [
        NOT_HKEX,
        'DAILY SUMMARY of {participant} {participantName}',
        'Business date {businessDate}   made {time:yyyy-mm-dd HH:MM:SS}',
        '',
      ],
    },
  ),
});
