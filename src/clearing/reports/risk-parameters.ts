import { formatScaled } from '../price.ts';
import type { ReportCode, ReportMade } from '../report.ts';
import type { Series } from '../series.ts';
import { defineReport, type Field, type ReportDefinition } from './definition.ts';
import { compareTexts, priceText } from './rows.ts';
import { firstLine, fixedLayout } from './shipped-layout.ts';

/**
 * ASSUMED: percent of the underlying's price that a margin interval spans, for indices and for stocks. The names and
 * times of margin parameter files are HKEX's (RPF, A); their contents here are ours, and no margin is computed from them.
 */
const MARGIN_INTERVAL_PERCENT = { HKCC: 8, SEOCH: 15 } as const;

const fields: readonly Field<Series>[] = [
  {
    name: 'clearing house',
    title: 'House',
    kind: 'text',
    docs: 'HKCC or SEOCH',
    value: (series) => series.instrumentClass.clearingHouse,
  },
  { name: 'class', title: 'Class', kind: 'text', docs: 'class code', value: (series) => series.instrumentClass.code },
  { name: 'series', title: 'Series', kind: 'text', docs: 'series name', value: (series) => series.name },
  { name: 'kind', title: 'Kind', kind: 'text', docs: 'future, call or put', value: (series) => series.kind },
  {
    name: 'strike',
    title: 'Strike',
    kind: 'price',
    docs: 'strike; none for a future',
    value: (series) =>
      series.kind === 'future' ? undefined : formatScaled(series.strike, series.instrumentClass.strikeDecimals),
  },
  { name: 'expiry', title: 'Expiry', kind: 'date', docs: 'last trading day', value: (series) => series.expiryDate },
  {
    name: 'contract size',
    title: 'Size',
    kind: 'number',
    docs: 'HK$ for a point of an index, or shares of a stock',
    value: (series) => series.instrumentClass.contractSize,
  },
  {
    name: 'price',
    title: 'Price',
    kind: 'price',
    docs: 'settlement price of the series, if there is one',
    value: (series, at) => {
      const price = at.state.prices.get(series.name);
      return price === undefined ? undefined : priceText(at, series.name, price);
    },
  },
  {
    name: 'underlying price',
    title: 'Underlying',
    kind: 'price',
    docs: 'price of the underlying, if there is one',
    value: (series, at) => {
      const price = at.state.prices.get(series.instrumentClass.code);
      return price === undefined ? undefined : priceText(at, series.name, price);
    },
  },
  {
    name: 'margin interval percent',
    title: 'Percent',
    kind: 'number',
    docs: 'percent of the price that the margin interval spans',
    value: (series) => MARGIN_INTERVAL_PERCENT[series.instrumentClass.clearingHouse],
  },
  {
    name: 'margin interval',
    title: 'Interval',
    kind: 'price',
    docs: 'the margin interval: that percentage of the price of the underlying, else of the series',
    value: (series, { state }) => {
      const { code, priceDecimals, clearingHouse } = series.instrumentClass;
      const price = state.prices.get(code) ?? state.prices.get(series.name);
      if (price === undefined) return undefined;
      return formatScaled(Math.round((price * MARGIN_INTERVAL_PERCENT[clearingHouse]) / 100), priceDecimals);
    },
  },
];

/** HKEX's published names of the three files, with its underscores: dcass-facts.md section 5 (RPF, A). */
const FILES: readonly { code: ReportCode; name: string; made: ReportMade; fileName: string; contents: string }[] = [
  {
    code: 'rpi',
    name: 'Intra-day margin file',
    made: 'intra-day',
    fileName: 'rpi______-_____-__-_____-{businessDate:yymmdd}-{time:HHMM}.lis',
    contents: 'Prices and margin intervals of all series, during the day.',
  },
  {
    code: 'rpp',
    name: 'Early margin file',
    made: 'after-cutoff',
    fileName: 'rpp______-_____-__-_____-{businessDate:yymmdd}.lis',
    contents: 'The same, provisional, before the System Input Cutoff.',
  },
  {
    code: 'rpf',
    name: 'Final margin file',
    made: 'day-end',
    fileName: 'rpf______-_____-__-_____-{businessDate:yymmdd}.lis',
    contents: 'The same, final, around midnight.',
  },
];

/** `rpi`, `rpp` and `rpf`: one layout, three moments of the day. */
export const [rpiReport, rppReport, rpfReport] = FILES.map(({ code, name, made, fileName, contents }) =>
  defineReport<Series>({
    code,
    name,
    clearingHouse: 'both',
    scope: 'common',
    made: [made],
    contents,
    fields,
    rows: ({ state }) => [...state.series.values()].toSorted((a, b) => compareTexts(a.name, b.name)),
    template: fixedLayout(
      code,
      [
        { field: 'clearing house', width: 6 },
        { field: 'class', width: 4 },
        { field: 'series', width: 14 },
        { field: 'kind', width: 1, values: { future: 'F', call: 'C', put: 'P' } },
        { field: 'strike', width: 10 },
        { field: 'expiry', width: 9, align: 'right', format: 'yyyymmdd' },
        { field: 'contract size', width: 7 },
        { field: 'price', width: 12 },
        { field: 'underlying price', width: 12 },
        { field: 'margin interval percent', width: 4 },
        { field: 'margin interval', width: 12 },
      ],
      { fileName, header: [`# ${firstLine('common')}`], trailer: ['# rows: {rows}'] },
    ),
  }),
) as [ReportDefinition, ReportDefinition, ReportDefinition];
