import type { OpenInterest } from '../../clearing/open-interest.ts';
import { formatScaled } from '../../clearing/price.ts';
import { accepted } from '../../clearing/rejection.ts';
import type { Series, SeriesName } from '../../clearing/series.ts';
import type { BusinessDate } from '../../time/instant.ts';
import { html } from '../html.ts';
import type { OnlinePort } from '../port.ts';
import type { Column } from '../table.ts';
import { toDateText } from '../texts.ts';
import { quantityColumn, textColumn } from './columns.ts';
import type { DataPage } from './data-page.ts';

interface Row {
  readonly series: SeriesName;
  readonly of: Series;
  readonly settlementPrice: number | undefined;
  readonly interest: OpenInterest;
}

const KIND_TEXT = { future: 'Future', call: 'Call', put: 'Put' } as const;

/** Series, their prices and open interest: dcass-facts.md 6.2 (the market's figures name nobody). */
export const seriesPage: DataPage<Row> = {
  name: 'series',
  title: 'Series',
  emptyText: 'There are no series.',
  read(core, session, asked) {
    const found = core.openInterest(session, asked('date') as BusinessDate);
    if (!found.ok) return found;
    const interests = new Map(found.value.map((each) => [each.series, each]));
    return accepted(
      core.allSeries().map((of) => {
        const series = of.name;
        const interest = interests.get(series) ?? { series, gross: 0, net: 0, ownNet: 0 };
        return { series, of, settlementPrice: core.price(series), interest };
      }),
    );
  },
  columns: (): readonly Column<Row>[] => [
    textColumn('series', 'Series', (row) => row.series),
    textColumn('class', 'Class', (row) => row.of.instrumentClass.name),
    textColumn(
      'kind',
      'Kind',
      (row) => row.of.kind,
      (row) => KIND_TEXT[row.of.kind],
    ),
    textColumn('clearing house', 'Clearing house', (row) => row.of.instrumentClass.clearingHouse),
    quantityColumn('contract size', 'Contract size', (row) => row.of.instrumentClass.contractSize),
    textColumn('last trading day', 'Last trading day', (row) => row.of.lastTradingDay),
    {
      name: 'settlement price',
      title: 'Settlement price',
      kind: 'number',
      value: ({ settlementPrice, of }) =>
        settlementPrice === undefined ? '' : formatScaled(settlementPrice, of.instrumentClass.priceDecimals),
    },
    quantityColumn('open interest gross', 'Open interest, gross', (row) => row.interest.gross),
    quantityColumn('open interest net', 'Net', (row) => row.interest.net),
    quantityColumn('own open interest net', 'Own net', (row) => row.interest.ownNet),
  ],
  filters: [
    { name: 'series', label: 'Series', of: (row) => row.series },
    { name: 'kind', label: 'Kind', of: (row) => row.of.kind },
  ],
  choice: { name: 'date', label: 'Business date', values: (core, session) => core.positionDates(session) },
  above: ({ context }) => html`<p>${businessDates(context.core)}</p>`,
};

function businessDates(core: OnlinePort): string {
  const [now, calendar] = [core.businessDate(), core.calendar()];
  return `The business date is ${toDateText(now)}; the one before it ${toDateText(calendar.previous(now))}, the next one ${toDateText(calendar.next(now))}.`;
}
