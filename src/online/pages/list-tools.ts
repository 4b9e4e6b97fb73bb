import { html, type Html } from '../html.ts';
import type { Texts } from '../language/english.ts';
import { groupDigits, sumOf, type Column } from '../table.ts';
import { addressWith, isTime, type Asked, type Chosen } from './asked.ts';
import type { DataPage, Filter } from './data-page.ts';
import { PAGE_SIZE, type PageOfRows } from './rows-asked.ts';

const SIZES = [50, 200, PAGE_SIZE, 10_000, 100_000];

/** The text of a filter, or the value of the choice; empty where nothing is asked for. */
export function textOf<Row>({ filters, choice }: Asked<Row>, name: string): string {
  if (choice?.choice.name === name) return choice.value;
  return filters.find(({ filter }) => filter.name === name)?.text ?? '';
}

/** What narrows the rows. The order stays, the page becomes the first one. */
export function filterForm<Row extends object>(page: DataPage<Row>, asked: Asked<Row>, { lists }: Texts): Html {
  const { filters = [] } = page;
  const { sort, size = PAGE_SIZE } = asked.rows;
  return html`<form method="get" action="/${page.name}" class="filter">
    ${sort && html`<input type="hidden" name="sort" value="${sort.descending ? '-' : ''}${sort.by}" />`}${asked.choice && asked.choice.values.length > 1 && choiceField(asked.choice, lists.filters[asked.choice.choice.name])}${filters.map(
      (filter) =>
        html`<label
          >${lists.filters[filter.name]}
          <input
            type="text"
            name="${filter.name}"
            value="${textOf(asked, filter.name)}"
            maxlength="32"
            placeholder="${placeholderOf(filter, lists)}"
            ${isTime(filter) && html` class="time"`}${filter.how === 'is' && html` class="short"`}
        /></label> `,
    )}<label
      >${lists.rows}
      <select name="size">
        ${SIZES.map((each) => html`<option value="${each}" ${each === size && html` selected`}>${groupDigits(String(each))}</option>`)}${!SIZES.includes(size) && html`<option value="${size}" selected>${size}</option>`}
      </select></label
    >
    <button type="submit">${lists.show}</button
    >${asked.filters.length > 0 && html` <a href="/${page.name}">${lists.all}</a>`}
  </form>`;
}

function placeholderOf<Row>({ how = 'begins' }: Filter<Row>, lists: Texts['lists']): string {
  switch (how) {
    case 'begins':
      return lists.beginsWith;
    case 'contains':
      return lists.contains;
    case 'is':
      return '';
    case 'from':
    case 'until':
      return '09:30';
  }
}

function choiceField({ choice, values, value }: Chosen, label: string): Html {
  return html`<label
    >${label}
    <select name="${choice.name}">
      ${values.toReversed().map((each) => html`<option ${each === value && html` selected`}>${each}</option>`)}
    </select></label
  >`;
}

/** How many rows, what they add up to, the ways to the other pages, and the files. */
export function rowsBar<Row extends object>(
  page: DataPage<Row>,
  asked: Asked<Row>,
  part: PageOfRows<Row>,
  {
    rows,
    columns,
    texts: { lists },
  }: { readonly rows: readonly Row[]; readonly columns: readonly Column<Row>[]; readonly texts: Texts },
): Html {
  const all = rows.length;
  const first = (part.page - 1) * part.size;
  const counted =
    part.pages === 1
      ? lists.rowCount(all, groupDigits(String(all)))
      : lists.rowRange(
          groupDigits(String(first + 1)),
          groupDigits(String(first + part.rows.length)),
          groupDigits(String(all)),
        );
  const sums = columns
    .filter(({ name }) => page.sums?.includes(name) === true)
    .map((column) => ` · ${lists.sum(column.title, groupDigits(String(sumOf(column, rows))))}`);
  const to = (number: number, label: string): Html | false =>
    number >= 1 &&
    number <= part.pages &&
    number !== part.page &&
    html` · <a href="${addressWith(page, asked, { page: number })}">${label}</a>`;
  return html`<p class="formats">
    ${counted}${rows.length > 1 && sums}${part.page > 2 && to(1, lists.first)}${to(part.page - 1, lists.previous)}${to(part.page + 1, lists.next)}${part.page < part.pages - 1 && to(part.pages, lists.last)}
    · <a href="${addressWith(page, asked, { format: 'csv' })}">CSV</a> ·
    <a href="${addressWith(page, asked, { format: 'json' })}">JSON</a>
  </p>`;
}
