import type { Position } from '../../clearing/position.ts';
import type { SeriesName } from '../../clearing/series.ts';
import type { Visit } from '../visit.ts';
import { countText } from './describe-events.ts';
import type { FormReader } from './form-reader.ts';
import type { Field, FunctionPage, OpenForm } from './function-page.ts';

// Functions on a position. The address may name its account and series; the form asks for both.

function field(name: 'account' | 'series' | 'to', label: string, given: FormReader): Field {
  const start = given.text(name);
  return name === 'series'
    ? { name, label, kind: 'text', lengthMax: 32, start }
    : { name, label, kind: 'account', start };
}

function seriesOf(form: FormReader): SeriesName {
  return form.needed('series').toUpperCase() as SeriesName;
}

/** The position that the address names, as it stands. */
function factsOf({ context, browser }: Visit, given: FormReader): OpenForm['facts'] {
  const [account, series] = [given.text('account').toUpperCase(), given.text('series').toUpperCase()];
  if (account === '' || series === '') return [];
  const found = context.core.positionsOf(browser.id, context.core.businessDate());
  const position = found.ok && found.value.find((each) => each.account === account && each.series === series);
  return position ? positionFacts(position) : [];
}

function positionFacts(position: Position): OpenForm['facts'] {
  const rows = [
    ['Held (long)', position.held],
    ['Written (short)', position.written],
    ['Closed out', position.closedOut],
    ['Denied', position.denied],
    ['Covered', position.covered],
  ] as const;
  return [
    ['Position', `${position.series} in ${position.account}`],
    ...rows.map(([label, quantity]) => [label, countText(quantity)] as const),
  ];
}

/** CD34; also out of the Sink. */
export const transferPosition: FunctionPage = {
  command: 'transfer-position',
  path: '/positions/transfer',
  title: 'Transfer a position',
  list: '/positions',
  open: (visit, given) => ({
    facts: factsOf(visit, given),
    fields: [
      field('series', 'Series', given),
      field('account', 'From account', given),
      field('to', 'To account', given),
      { name: 'held', label: 'Held (long)', kind: 'count', optional: true },
      { name: 'written', label: 'Written (short)', kind: 'count', optional: true },
    ],
    command: (form) => ({
      do: 'transfer-position',
      series: seriesOf(form),
      from: form.account('account'),
      to: form.account('to'),
      held: form.count('held', { start: 0 }),
      written: form.count('written', { start: 0 }),
    }),
  }),
};

/** CD54. */
export const netDownPosition: FunctionPage = {
  command: 'net-down-position',
  path: '/positions/net-down',
  alsoAt: ['/positions'],
  title: 'Net down a position',
  list: '/close-outs',
  open: (visit, given) => ({
    facts: factsOf(visit, given),
    fields: [
      field('series', 'Series', given),
      field('account', 'Account', given),
      { name: 'quantity', label: 'Quantity', kind: 'count', hint: 'Contracts of each side' },
      {
        name: 'final-held',
        label: 'Held afterwards',
        kind: 'count',
        optional: true,
        hint: 'A check: refused if it comes out differently',
      },
    ],
    command: (form) => ({
      do: 'net-down-position',
      items: [
        {
          account: form.account('account'),
          series: seriesOf(form),
          quantity: form.count('quantity'),
          finalHeld: form.text('final-held') === '' ? undefined : form.count('final-held'),
        },
      ],
    }),
  }),
};

/** A function that takes an account, a series and one quantity. */
function onePosition(
  of: Pick<FunctionPage, 'path' | 'alsoAt' | 'title' | 'list'> & {
    readonly command: 'cover-position' | 'request-exercise' | 'deny-exercise';
    readonly hint: string;
  },
): FunctionPage {
  const { hint, ...page } = of;
  return {
    ...page,
    open: (visit, given) => ({
      facts: factsOf(visit, given),
      fields: [
        field('series', 'Series', given),
        field('account', 'Account', given),
        { name: 'quantity', label: 'Quantity', kind: 'count', hint },
      ],
      command: (form) => ({
        do: page.command,
        series: seriesOf(form),
        account: form.account('account'),
        quantity: form.count('quantity'),
      }),
    }),
  };
}

export const coverPosition = onePosition({
  command: 'cover-position',
  path: '/positions/cover',
  title: 'Cover a position',
  list: '/positions',
  hint: 'Written contracts that the underlying covers from now on, not how many more',
});

/** CC13. */
export const requestExercise = onePosition({
  command: 'request-exercise',
  path: '/exercises/new',
  alsoAt: ['/exercises'],
  title: 'Request an exercise',
  list: '/exercises',
  hint: 'Contracts to exercise',
});

/** CC14. */
export const denyExercise = onePosition({
  command: 'deny-exercise',
  path: '/exercises/deny',
  title: 'Deny automatic exercise',
  list: '/positions',
  hint: 'Held contracts that automatic exercise leaves alone from now on, not how many more',
});
