import { html, type Html } from '../html.ts';
import { groupDigits, sumOf, type Column } from '../table.ts';
import { addressWith, isTime, type Asked, type Chosen } from './asked.ts';
import type { DataPage } from './data-page.ts';
import { PAGE_SIZE, type PageOfRows } from './rows-asked.ts';

const SIZES = [50, 200, PAGE_SIZE, 10_000, 100_000];

/** The text of a filter, or the value of the choice; empty where nothing is asked for. */
export function textOf<Row>({ filters, choice }: Asked<Row>, name: string): string {
  if (choice?.choice.name === name) return choice.value;
  return filters.find(({ filter }) => filter.name === name)?.text ?? '';
}

/** What narrows the rows. The order stays, the page becomes the first one. */
export function filterForm<Row>(page: DataPage<Row>, asked: Asked<Row>): Html {
  const { filters = [] } = page;
  const { sort, size = PAGE_SIZE } = asked.rows;
  return html`<form method="get" action="/${page.name}" class="filter">
    ${sort && html`<input type="hidden" name="sort" value="${sort.descending ? '-' : ''}${sort.by}" />`}${asked.choice && asked.choice.values.length > 1 && choiceField(asked.choice)}${filters.map(
      (filter) =>
        html`<label
          >${filter.label}
          <input
            type="text"
            name="${filter.name}"
            value="${textOf(asked, filter.name)}"
            maxlength="32"
            placeholder="${isTime(filter) ? '09:30' : filter.how === 'is' ? '' : 'begins with'}"
            ${isTime(filter) && html` class="time"`}${filter.how === 'is' && html` class="short"`}
        /></label> `,
    )}<label
      >Rows
      <select name="size">
        ${SIZES.map((each) => html`<option value="${each}" ${each === size && html` selected`}>${groupDigits(String(each))}</option>`)}${!SIZES.includes(size) && html`<option value="${size}" selected>${size}</option>`}
      </select></label
    >
    <button type="submit">Show</button>${asked.filters.length > 0 && html` <a href="/${page.name}">All</a>`}
  </form>`;
}

function choiceField({ choice, values, value }: Chosen): Html {
  return html`<label
    >${choice.label}
    <select name="${choice.name}">
      ${values.toReversed().map((each) => html`<option ${each === value && html` selected`}>${each}</option>`)}
    </select></label
  >`;
}

/** How many rows, what they add up to, the ways to the other pages, and the files. */
export function rowsBar<Row>(
  page: DataPage<Row>,
  asked: Asked<Row>,
  part: PageOfRows<Row>,
  { rows, columns }: { readonly rows: readonly Row[]; readonly columns: readonly Column<Row>[] },
): Html {
  const all = rows.length;
  const first = (part.page - 1) * part.size;
  const counted =
    part.pages === 1
      ? `${groupDigits(String(all))} ${all === 1 ? 'row' : 'rows'}`
      : `Rows ${groupDigits(String(first + 1))} to ${groupDigits(String(first + part.rows.length))} of ${groupDigits(String(all))}`;
  const sums = columns
    .filter(({ name }) => page.sums?.includes(name) === true)
    .map((column) => ` · ${column.title.toLowerCase()} ${groupDigits(String(sumOf(column, rows)))}`);
  const to = (number: number, label: string): Html | false =>
    number >= 1 &&
    number <= part.pages &&
    number !== part.page &&
    html` · <a href="${addressWith(page, asked, { page: number })}">${label}</a>`;
  return html`<p class="formats">
    ${counted}${rows.length > 1 && sums}${part.page > 2 && to(1, 'First')}${to(part.page - 1, 'Previous')}${to(part.page + 1, 'Next')}${part.page < part.pages - 1 && to(part.pages, 'Last')}
    · <a href="${addressWith(page, asked, { format: 'csv' })}">CSV</a> ·
    <a href="${addressWith(page, asked, { format: 'json' })}">JSON</a>
  </p>`;
}
