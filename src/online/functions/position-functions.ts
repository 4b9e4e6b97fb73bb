import type { Position } from '../../clearing/position.ts';
import type { SeriesName } from '../../clearing/series.ts';
import type { Texts } from '../language/english.ts';
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
function factsOf({ context, browser, texts }: Visit, given: FormReader): OpenForm['facts'] {
  const [account, series] = [given.text('account').toUpperCase(), given.text('series').toUpperCase()];
  if (account === '' || series === '') return [];
  const found = context.core.positionsOf(browser.id, context.core.businessDate());
  const position = found.ok && found.value.find((each) => each.account === account && each.series === series);
  return position ? positionFacts(position, texts) : [];
}

function positionFacts(position: Position, { columns, functions }: Texts): OpenForm['facts'] {
  const rows = [
    [columns.held, position.held],
    [columns.written, position.written],
    [columns.closedOut, position.closedOut],
    [columns.denied, position.denied],
    [columns.covered, position.covered],
  ] as const;
  return [
    [columns.position, functions.about.position(position.series, position.account)],
    ...rows.map(([label, quantity]) => [label, countText(quantity)] as const),
  ];
}

/** CD34; also out of the Sink. */
export const transferPosition: FunctionPage = {
  command: 'transfer-position',
  path: '/positions/transfer',
  list: '/positions',
  open: (visit, given) => ({
    facts: factsOf(visit, given),
    fields: [
      field('series', visit.texts.columns.series, given),
      field('account', visit.texts.functions.fromAccount, given),
      field('to', visit.texts.functions.toAccount, given),
      { name: 'held', label: visit.texts.columns.held, kind: 'count', optional: true },
      { name: 'written', label: visit.texts.columns.written, kind: 'count', optional: true },
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
  list: '/close-outs',
  open: (visit, given) => ({
    facts: factsOf(visit, given),
    fields: [
      field('series', visit.texts.columns.series, given),
      field('account', visit.texts.columns.account, given),
      {
        name: 'quantity',
        label: visit.texts.columns.quantity,
        kind: 'count',
        hint: visit.texts.functions.hints.eachSide,
      },
      {
        name: 'final-held',
        label: visit.texts.functions.heldAfterwards,
        kind: 'count',
        optional: true,
        hint: visit.texts.functions.hints.heldAfterwards,
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
  of: Pick<FunctionPage, 'path' | 'alsoAt' | 'list'> & {
    readonly command: 'cover-position' | 'request-exercise' | 'deny-exercise';
    readonly hint: 'cover' | 'exercise' | 'deny';
  },
): FunctionPage {
  const { hint, ...page } = of;
  return {
    ...page,
    open: (visit, given) => ({
      facts: factsOf(visit, given),
      fields: [
        field('series', visit.texts.columns.series, given),
        field('account', visit.texts.columns.account, given),
        {
          name: 'quantity',
          label: visit.texts.columns.quantity,
          kind: 'count',
          hint: visit.texts.functions.hints[hint],
        },
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
  list: '/positions',
  hint: 'cover',
});

/** CC13. */
export const requestExercise = onePosition({
  command: 'request-exercise',
  path: '/exercises/new',
  alsoAt: ['/exercises'],
  list: '/exercises',
  hint: 'exercise',
});

/** CC14. */
export const denyExercise = onePosition({
  command: 'deny-exercise',
  path: '/exercises/deny',
  list: '/positions',
  hint: 'deny',
});
