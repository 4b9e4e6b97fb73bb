import type { OpenInterest } from '../../clearing/open-interest.ts';
import { formatScaled } from '../../clearing/price.ts';
import { accepted } from '../../clearing/rejection.ts';
import type { Series, SeriesName } from '../../clearing/series.ts';
import type { BusinessDate } from '../../time/instant.ts';
import { html } from '../html.ts';
import type { Texts } from '../language/english.ts';
import { inEveryLanguage } from '../language/languages.ts';
import type { OnlinePort } from '../port.ts';
import type { Column } from '../table.ts';
import { quantityColumn, textColumn } from './columns.ts';
import type { DataPage } from './data-page.ts';

interface Row {
  readonly series: SeriesName;
  readonly of: Series;
  readonly settlementPrice: number | undefined;
  readonly interest: OpenInterest;
}

/** Series, their prices and open interest: dcass-facts.md 6.2 (the market's figures name nobody). */
export const seriesPage: DataPage<Row> = {
  name: 'series',
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
  columns: (_core, { texts: { columns, words } }): readonly Column<Row>[] => [
    textColumn('series', columns.series, (row) => row.series),
    textColumn('class', columns.class, (row) => row.of.instrumentClass.name),
    textColumn(
      'kind',
      columns.kind,
      (row) => row.of.kind,
      (row) => words.seriesKinds[row.of.kind],
    ),
    textColumn('clearing house', columns.clearingHouse, (row) => row.of.instrumentClass.clearingHouse),
    quantityColumn('contract size', columns.contractSize, (row) => row.of.instrumentClass.contractSize),
    textColumn('last trading day', columns.lastTradingDay, (row) => row.of.lastTradingDay),
    {
      name: 'settlement price',
      title: columns.settlementPrice,
      kind: 'number',
      value: ({ settlementPrice, of }) =>
        settlementPrice === undefined ? '' : formatScaled(settlementPrice, of.instrumentClass.priceDecimals),
    },
    quantityColumn('open interest gross', columns.grossOpenInterest, (row) => row.interest.gross),
    quantityColumn('open interest net', columns.net, (row) => row.interest.net),
    quantityColumn('own open interest net', columns.ownNet, (row) => row.interest.ownNet),
  ],
  filters: [
    { name: 'series', of: (row) => row.series },
    { name: 'kind', of: (row) => inEveryLanguage(row.of.kind, ({ words }) => words.seriesKinds[row.of.kind]) },
  ],
  choice: { name: 'date', values: (core, session) => core.positionDates(session) },
  above: ({ context, texts }) => html`<p>${businessDates(context.core, texts)}</p>`,
};

function businessDates(core: OnlinePort, { dates, lists }: Texts): string {
  const [now, calendar] = [core.businessDate(), core.calendar()];
  return lists.businessDates(dates.day(now), dates.day(calendar.previous(now)), dates.day(calendar.next(now)));
}
