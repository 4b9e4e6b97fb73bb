import type { Rejection } from '../../clearing/rejection.ts';
import type { BusinessDate } from '../../time/instant.ts';
import { queryField } from '../context.ts';
import type { Visit } from '../visit.ts';
import type { Choice, DataPage, Filter } from './data-page.ts';
import { readRowsAsked, type RowsAsked } from './rows-asked.ts';

const FORMATS = ['html', 'csv', 'json'] as const;
export type Format = (typeof FORMATS)[number];

/** What the address of a data page asks for, checked. */
export interface Asked<Row> {
  readonly format: Format;
  /** Those that narrow the rows, each with its text. */
  readonly filters: readonly { readonly filter: Filter<Row>; readonly text: string }[];
  readonly choice: Chosen | undefined;
  readonly rows: RowsAsked;
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
export function readAsked<Row extends object>(visit: Visit, page: DataPage<Row>): Asked<Row> | NotAsked {
  const {
    request,
    texts: { lists },
  } = visit;
  const { filters = [], choice } = page;
  const narrowings = [...(choice ? [choice.name] : []), ...filters.map(({ name }) => name)];
  const known = ['format', ...narrowings, 'sort', 'page', 'size'];
  for (const name of Object.keys(request.query as object)) {
    if (!known.includes(name) && name !== 'auto') {
      return { problem: lists.noParameter(name.slice(0, 40), known.join(', ')) };
    }
    if (queryField(request, name) === undefined) return { problem: lists.onlyOnce(name) };
  }
  const formatText = queryField(request, 'format') ?? 'html';
  const format = FORMATS.find((each) => each === formatText);
  if (!format) return { problem: lists.noFormat(FORMATS.join(', '), formatText.slice(0, 40)) };
  const chosen = choice && readChoice(visit, choice, format);
  if (chosen && !('value' in chosen)) return chosen;
  const field = (name: string): string => (queryField(request, name) ?? '').trim();
  const rows = readRowsAsked(field, page.columns(visit.context.core, visit), visit.texts);
  if ('problem' in rows) return rows;
  const narrowing = filters.map((filter) => ({ filter, text: field(filter.name) })).filter(({ text }) => text !== '');
  const wrong = narrowing.find(({ filter, text }) => isTime(filter) && !TIME.test(text));
  if (wrong) {
    return { problem: lists.noTime(lists.filters[wrong.filter.name], wrong.text.slice(0, 40)) };
  }
  return { format, filters: narrowing, choice: chosen, rows };
}

const TIME = /^(\d{4}-\d\d-\d\d )?\d\d:\d\d(:\d\d)?$/;

export function isTime<Row>({ how }: Filter<Row>): boolean {
  return how === 'from' || how === 'until';
}

function readChoice(
  { context, request, browser, texts: { lists } }: Visit,
  choice: Choice,
  format: Format,
): Chosen | NotAsked {
  const found = choice.values(context.core, browser.id);
  if (!found.ok) return { rejection: found.rejection, format };
  const values = found.value;
  const text = (queryField(request, choice.name) ?? '').trim();
  const value = text === '' ? values.at(-1) : values.find((each) => each === text);
  if (value === undefined) {
    return { problem: lists.noChoice(lists.filters[choice.name], values, text.slice(0, 40)) };
  }
  return { choice, values, value, isNamed: text !== '' };
}

/** What an address has besides what was asked for, or instead of it. */
export interface Other {
  readonly sort?: string;
  readonly page?: number;
  readonly format?: Format;
  /** The page asks for itself: that is no use of the session. */
  readonly auto?: true;
}

/** The address that asks for the same once more, but for what is `other`. */
export function addressWith<Row extends object>(
  page: DataPage<Row>,
  { filters, choice, rows }: Asked<Row>,
  other: Other,
): string {
  const sort = other.sort ?? (rows.sort && `${rows.sort.descending ? '-' : ''}${rows.sort.by}`);
  // Another order begins at its first page.
  const pageNumber = other.page ?? (other.sort === undefined ? rows.page : undefined);
  const parts: readonly (readonly [string, string | number | undefined])[] = [
    ...(choice?.isNamed ? [[choice.choice.name, choice.value] as const] : []),
    ...filters.map(({ filter, text }) => [filter.name, text] as const),
    ['sort', sort],
    ['page', pageNumber],
    ['size', rows.size],
    ['format', other.format],
    ['auto', other.auto && 1],
  ];
  const fields = parts.flatMap(([name, value]) => (value === undefined ? [] : `${name}=${encodeURIComponent(value)}`));
  return `/${page.name}${fields.length === 0 ? '' : '?'}${fields.join('&')}`;
}
