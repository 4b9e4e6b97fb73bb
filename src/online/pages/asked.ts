import type { Rejection } from '../../clearing/rejection.ts';
import type { BusinessDate } from '../../time/instant.ts';
import { queryField } from '../context.ts';
import type { Visit } from '../visit.ts';
import type { Choice, DataPage, Filter } from './data-page.ts';

const FORMATS = ['html', 'csv', 'json'] as const;
export type Format = (typeof FORMATS)[number];

/** What the address of a data page asks for, checked. */
export interface Asked<Row> {
  readonly format: Format;
  /** Those that narrow the rows, each with its text. */
  readonly filters: readonly { readonly filter: Filter<Row>; readonly text: string }[];
  readonly choice: Chosen | undefined;
}

export interface Chosen {
  readonly choice: Choice;
  readonly values: readonly BusinessDate[];
  readonly value: BusinessDate;
  /** Whether the address names it; else it is the one that is meant without a name. */
  readonly isNamed: boolean;
}

/** A parameter that is wrong, or a refusal of the clearing core. */
export type NotAsked = { readonly problem: string } | { readonly rejection: Rejection; readonly format: Format };

/** Reads the address. A misspelt parameter is wrong, not ignored: it would quietly show all rows. */
export function readAsked<Row>(visit: Visit, page: DataPage<Row>): Asked<Row> | NotAsked {
  const { request } = visit;
  const { filters = [], choice } = page;
  const known = ['format', ...(choice ? [choice.name] : []), ...filters.map((filter) => filter.name)];
  for (const name of Object.keys(request.query as object)) {
    if (!known.includes(name) && name !== 'auto') {
      return { problem: `This page has no parameter "${name.slice(0, 40)}"; it has ${known.join(', ')}.` };
    }
    if (queryField(request, name) === undefined) return { problem: `The parameter "${name}" may come once.` };
  }
  const asked = queryField(request, 'format') ?? 'html';
  const format = FORMATS.find((each) => each === asked);
  if (!format) return { problem: `The format is ${FORMATS.join(', ')}, not "${asked.slice(0, 40)}".` };
  const chosen = choice && readChoice(visit, choice, format);
  if (chosen && !('value' in chosen)) return chosen;
  return {
    format,
    filters: filters
      .map((filter) => ({ filter, text: (queryField(request, filter.name) ?? '').trim() }))
      .filter(({ text }) => text !== ''),
    choice: chosen,
  };
}

function readChoice({ context, request, browser }: Visit, choice: Choice, format: Format): Chosen | NotAsked {
  const found = choice.values(context.core, browser.id);
  if (!found.ok) return { rejection: found.rejection, format };
  const values = found.value;
  const text = (queryField(request, choice.name) ?? '').trim();
  const value = text === '' ? values.at(-1) : values.find((each) => each === text);
  if (value === undefined) {
    return { problem: `The ${choice.label.toLowerCase()} is ${values.join(' or ')}, not "${text.slice(0, 40)}".` };
  }
  return { choice, values, value, isNamed: text !== '' };
}

/** The address that asks for the same once more, with `last` at its end. */
export function addressWith<Row>(page: DataPage<Row>, { filters, choice }: Asked<Row>, last: string): string {
  const parts = [
    ...(choice?.isNamed ? [`${choice.choice.name}=${encodeURIComponent(choice.value)}`] : []),
    ...filters.map(({ filter, text }) => `${filter.name}=${encodeURIComponent(text)}`),
  ];
  return `/${page.name}?${[...parts, last].join('&')}`;
}
