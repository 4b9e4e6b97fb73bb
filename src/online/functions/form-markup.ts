import type { Account } from '../../clearing/account.ts';
import { html, type Html } from '../html.ts';
import type { Texts } from '../language/english.ts';
import { countText } from './describe-events.ts';
import type { FormReader } from './form-reader.ts';
import type { Field, OpenForm, PartsField } from './function-page.ts';

export const ROWS_AT_FIRST = 3;
export const MORE_ROWS = 5;

/** Facts as a list of names and values. */
export function factList(facts: OpenForm['facts']): Html | undefined {
  return facts.length === 0
    ? undefined
    : html`<dl class="details">
        ${facts.map(
          ([label, value]) =>
            html`<div>
              <dt>${label}</dt>
              <dd>${value}</dd>
            </div>`,
        )}
      </dl>`;
}

/** Fields with what was typed in them, and what is wrong with it. */
export function fieldList({ fields }: OpenForm, typed: FormReader | undefined, texts: Texts): Html {
  return html`${fields.map((field) => oneField(field, typed, texts))}`;
}

function oneField(field: Field, typed: FormReader | undefined, { functions }: Texts): Html {
  const { name, label, optional, hint } = field;
  const value = typed ? typed.text(name) : String(field.start ?? '');
  const problem = typed?.problems.get(name);
  const about = [hint !== undefined && `${name}-hint`, problem !== undefined && `${name}-problem`].filter(
    (id) => id !== false,
  );
  return html`<div class="field">
    <label for="${name}">${label}${optional && html` <span class="quiet">${functions.optional}</span>`}</label>
    <input
      id="${name}"
      name="${name}"
      value="${value}"
      ${inputRules(field)}${about.length > 0 && html` aria-describedby="${about.join(' ')}"`}${problem !== undefined && html` aria-invalid="true"`}
    />
    ${hint !== undefined && html`<p class="quiet" id="${name}-hint">${hint}</p>`}${problem !== undefined && html`<p class="problem" id="${name}-problem">${problem}</p>`}
  </div>`;
}

// The browser checks as one types; the server checks again.
function inputRules({ kind, optional, max, lengthMax }: Field): Html {
  const needed = !optional && html` required`;
  switch (kind) {
    case 'count':
      return html`${needed} type="number" min="0" max="${max ?? 999_999_999}" step="1" inputmode="numeric"`;
    case 'account':
      return html`${needed} type="text" maxlength="10" list="accounts" autocomplete="off"`;
    case 'text':
      return html`${needed} type="text" maxlength="${lengthMax ?? 100}" autocomplete="off"`;
  }
}

const OPEN_CLOSE = ['default', 'open', 'close'] as const;

/** A table of parts. More rows come by a button, so that no script is needed. */
export function partsTable(
  { quantity, rowsMax, lessAllowed }: PartsField,
  typed: FormReader | undefined,
  rows: number,
  texts: Texts,
): Html {
  const {
    columns,
    functions: { parts },
  } = texts;
  const numbers = Array.from({ length: rows }, (_, index) => index + 1);
  const problems = numbers.flatMap((row) =>
    ['account', 'quantity', 'open-close', 'info'].flatMap((of) => {
      const text = typed?.problems.get(`${of}-${row}`);
      return text === undefined ? [] : [parts.problem(row, text)];
    }),
  );
  return html`<fieldset>
    <legend>${parts.legend(countText(quantity), lessAllowed)}</legend>
    ${problems.map((text) => html`<p class="problem">${text}</p>`)}
    <table class="parts" data-quantity="${quantity}" data-together="${parts.together('{sum}', '{quantity}')}">
      <thead>
        <tr>
          <th scope="col">${parts.part}</th>
          <th scope="col">${columns.account}</th>
          <th scope="col">${columns.quantity}</th>
          <th scope="col">${columns.openClose}</th>
          <th scope="col">${columns.customerInfo}</th>
        </tr>
      </thead>
      <tbody>
        ${numbers.map((row) => partRow(row, typed, texts))}
      </tbody>
    </table>
    <p>
      <input type="hidden" name="rows" value="${rows}" />
      ${rows < rowsMax && html`<button type="submit" name="step" value="more" formnovalidate>${parts.more}</button>`}
      <span id="parts-sum" class="quiet" role="status"></span>
    </p>
  </fieldset>`;
}

function partRow(row: number, typed: FormReader | undefined, { columns, functions, words }: Texts): Html {
  const { parts } = functions;
  const of = (name: string): string => typed?.text(`${name}-${row}`) ?? '';
  const bad = (name: string): Html | false =>
    typed?.problems.has(`${name}-${row}`) === true && html` aria-invalid="true"`;
  return html`<tr>
    <th scope="row">${row}</th>
    <td data-label="${columns.account}">
      <input
        type="text"
        name="account-${row}"
        aria-label="${parts.account(row)}"
        value="${of('account')}"
        maxlength="10"
        list="accounts"
        autocomplete="off"
        ${bad('account')}
      />
    </td>
    <td data-label="${columns.quantity}">
      <input
        name="quantity-${row}"
        aria-label="${parts.quantity(row)}"
        value="${of('quantity')}"
        type="number"
        min="1"
        max="999999999"
        step="1"
        inputmode="numeric"
        ${bad('quantity')}
      />
    </td>
    <td data-label="${columns.openClose}">
      <select name="open-close-${row}" aria-label="${parts.openClose(row)}">
        ${OPEN_CLOSE.map((value) => html`<option value="${value}" ${value === of('open-close') && html` selected`}>${words.openClose[value]}</option>`)}
      </select>
    </td>
    <td data-label="${columns.customerInfo}">
      <input
        type="text"
        name="info-${row}"
        aria-label="${parts.customerInfo(row)}"
        value="${of('info')}"
        maxlength="15"
        autocomplete="off"
      />
    </td>
  </tr>`;
}

/** The own accounts, which the account fields offer. */
export function accountChoices(accounts: readonly Account[], { words }: Texts): Html {
  return html`<datalist id="accounts">
    ${accounts.map(({ id, type }) => html`<option value="${id}">${words.accountTypesInText[type]}</option>`)}
  </datalist>`;
}
