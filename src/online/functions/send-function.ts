import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Command } from '../../clearing/commands/command.ts';
import type { ClearingEvent } from '../../clearing/event.ts';
import { keep, newToken } from '../browser-sessions.ts';
import { formField, type OnlineContext } from '../context.ts';
import { html, type Html } from '../html.ts';
import { csrfField, note, sendPage } from '../layout.ts';
import { toRefusal } from '../refusal.ts';
import { loggedIn, postedForm, refuse, sendRefusal, type Visit } from '../visit.ts';
import { carryOut, recordFunction } from './carry-out.ts';
import { FUNCTION_PAGES } from './catalogue.ts';
import { describeEvents } from './describe-events.ts';
import { accountChoices, factList, fieldList, MORE_ROWS, partsTable, ROWS_AT_FIRST } from './form-markup.ts';
import { FormReader } from './form-reader.ts';
import type { FunctionPage, OpenForm } from './function-page.ts';

/**
 * Each post-trade function is a form, a confirmation that says what will happen, and a result. In enquiry-only mode
 * each is refused as the real system does (rollout package 3.2, A: "Only enquiry functions will be available").
 */
export function addFunctions(app: FastifyInstance, context: OnlineContext): void {
  for (const page of FUNCTION_PAGES) {
    // The mode comes before the form: a request that is refused anyway needs no token, and its body is not looked at.
    const allowed = loggedIn(context, (visit) => {
      const checked = context.core.checkCommand(visit.browser.id, page.command);
      if (checked.ok) return visit.reply;
      recordFunction(visit, page.command, { code: checked.rejection.code });
      return refuse(visit, checked.rejection);
    });
    app.get(
      page.path,
      loggedIn(context, (visit) => {
        const checked = context.core.checkCommand(visit.browser.id, page.command);
        return checked.ok ? openForm(visit, page) : refuse(visit, checked.rejection);
      }),
    );
    for (const path of [page.path, ...(page.alsoAt ?? [])]) {
      app.post(path, {
        handler: postedForm(context, (visit) => take(visit, page)),
        onRequest: (request, reply, done) => {
          if (!allowed(request, reply).sent) done();
        },
      });
    }
  }
  app.get('/results/:number', loggedIn(context, sendResult));
}

interface Shown {
  readonly visit: Visit;
  readonly page: FunctionPage;
  readonly form: OpenForm;
  /** What was typed; undefined: nothing yet. */
  readonly typed: FormReader | undefined;
}

function openForm(visit: Visit, page: FunctionPage): FastifyReply {
  const form = page.open(visit, new FormReader(visit.request.query, visit.texts));
  if ('missing' in form) return notThere(visit, form.missing);
  return sendForm({ visit, page, form, typed: undefined }, 200);
}

/** A posted form: to be filled in further, to be checked, or confirmed. */
function take(visit: Visit, page: FunctionPage): FastifyReply {
  const { request, browser, context, texts } = visit;
  const typed = new FormReader(request.body, texts);
  const form = page.open(visit, typed);
  if ('missing' in form) return notThere(visit, form.missing);
  const shown = { visit, page, form, typed };
  const step = formField(request, 'step');
  if (step === 'more' || step === 'change') return sendForm(shown, 200);
  const once = formField(request, 'once');
  if (once !== undefined) return confirm(visit, page, once);

  const command = form.command(typed);
  if (typed.problems.size > 0) {
    recordFunction(visit, page.command, { outcome: 'invalid', code: 'field' });
    return sendForm(shown, 422, note('bad', texts.functions.notSentYet));
  }
  const tried = context.core.tryCommand(browser.id, command);
  if (!tried.ok) {
    recordFunction(visit, page.command, { code: tried.rejection.code });
    const { status, text } = toRefusal(tried.rejection, context.settings, texts);
    return sendForm(shown, status, note('bad', texts.functions.nothingChanged(text)));
  }
  const token = newToken();
  keep(browser.pending, token, { path: pathOf(visit), command });
  return sendConfirmation(shown, token, tried.value);
}

function confirm(visit: Visit, page: FunctionPage, once: string): FastifyReply {
  const { browser, context, request, reply, texts } = visit;
  const pending = browser.pending.get(once);
  if (pending?.path !== pathOf(visit)) {
    recordFunction(visit, page.command, { code: 'confirmed-already' });
    const { confirmedAlready: title, confirmedAlreadyText: text } = texts.functions;
    return sendRefusal(context, request, reply, browser, { status: 409, title, text }, 'confirmed-already');
  }
  browser.pending.delete(once);
  return context.settings.secondUser
    ? waitForSecondUser(visit, page, pending.command)
    : carryOut(visit, pending.command, { list: page.list });
}

/** It is checked once more, and waits: the second user's confirmation carries it out. */
function waitForSecondUser(visit: Visit, page: FunctionPage, command: Command): FastifyReply {
  const { browser, context, reply, user } = visit;
  const tried = context.core.tryCommand(browser.id, command);
  recordFunction(visit, page.command, tried.ok ? { step: 'asked' } : { code: tried.rejection.code });
  if (!tried.ok) return refuse(visit, tried.rejection);
  const { number } = context.approvals.add({
    participant: user.participant,
    maker: user.id,
    askedAt: context.core.now(),
    lines: (texts) => describeEvents(tried.value, { core: context.core, own: user.participant, isDone: false, texts }),
    list: page.list,
    command,
  });
  browser.notice = ({ functions }) => functions.waits(number);
  return reply.code(303).header('location', '/approvals').send();
}

function sendForm({ visit, page, form, typed }: Shown, status: number, above?: Html): FastifyReply {
  const { context, request, reply, browser, texts } = visit;
  const { functions } = texts;
  const accounts = context.core.accounts(browser.id);
  return sendPage(context, request, reply, status, {
    title: functions.titles[page.command],
    browser,
    body: html`${above}
      <form method="post" action="${pathOf(visit)}" class="card function">
        ${csrfField(browser)} ${factList(form.facts)} ${fieldList(form, typed, texts)}
        ${form.parts && partsTable(form.parts, typed, rowsOf(form, typed), texts)}
        ${accounts.ok && accountChoices(accounts.value, texts)}
        <p
          id="as-typed"
          class="problem"
          role="status"
          data-account="${functions.notOwnAccount('{value}')}"
          data-number="${functions.outOfRange('{label}', '{min}', '{max}')}"
        ></p>
        <p>
          <button type="submit" class="main">${functions.continue}</button>
          <a href="${page.list}">${functions.cancel}</a>
        </p>
      </form>`,
  });
}

function rowsOf({ parts }: OpenForm, typed: FormReader | undefined): number {
  if (!typed) return ROWS_AT_FIRST;
  const rows = Number.parseInt(typed.text('rows'), 10);
  const now = Number.isNaN(rows) ? ROWS_AT_FIRST : Math.max(ROWS_AT_FIRST, rows);
  return Math.min(now + (typed.text('step') === 'more' ? MORE_ROWS : 0), parts?.rowsMax ?? ROWS_AT_FIRST);
}

function sendConfirmation(
  { visit, page, form, typed }: Shown,
  once: string,
  events: readonly ClearingEvent[],
): FastifyReply {
  const { context, request, reply, browser, user, texts } = visit;
  const { functions } = texts;
  const lines = describeEvents(events, { core: context.core, own: user.participant, isDone: false, texts });
  return sendPage(context, request, reply, 200, {
    title: functions.confirmTitle(functions.titles[page.command]),
    browser,
    body: html`<form method="post" action="${pathOf(visit)}" class="card function">
      ${csrfField(browser)}<input type="hidden" name="once" value="${once}" />${typed && hiddenFields(form, typed)}
      ${factList(form.facts)} ${typed && factList(typedFacts(form, typed))}
      <h2>${functions.whatWillHappen}</h2>
      <ul class="effects">
        ${lines.map((line) => html`<li>${line}</li>`)}
      </ul>
      <p>
        <button type="submit" class="main">${functions.confirm}</button>
        <button type="submit" name="step" value="change">${functions.change}</button>
        <a href="${page.list}">${functions.cancel}</a>
      </p>
    </form>`,
  });
}

function typedFacts({ fields }: OpenForm, typed: FormReader): OpenForm['facts'] {
  return fields.flatMap(({ name, label }) => (typed.text(name) === '' ? [] : [[label, typed.text(name)] as const]));
}

/** What was typed, so that it can be changed. */
function hiddenFields({ fields, parts }: OpenForm, typed: FormReader): Html {
  const rows = parts ? rowsOf({ facts: [], fields, parts, command: () => undefined as never }, typed) : 0;
  const names = [
    ...fields.map(({ name }) => name),
    ...(parts ? ['rows'] : []),
    ...Array.from({ length: rows }, (_, index) =>
      ['account', 'quantity', 'open-close', 'info'].map((of) => `${of}-${index + 1}`),
    ).flat(),
  ];
  return html`${names
    .filter((name) => typed.text(name) !== '')
    .map((name) => html`<input type="hidden" name="${name}" value="${typed.text(name)}" />`)}`;
}

function sendResult(visit: Visit): FastifyReply {
  const { context, request, reply, browser, texts } = visit;
  const { functions } = texts;
  const result = browser.results.get(Number((request.params as { readonly number: string }).number));
  if (!result) return notThere(visit, functions.missing.result);
  const name = functions.name(result.command);
  return sendPage(context, request, reply, 200, {
    title: functions.doneTitle(name),
    browser,
    body: html`<div class="card function">
      ${note('good', functions.done(name))}
      <ul class="effects">
        ${result.lines(texts).map((line) => html`<li>${line}</li>`)}
      </ul>
      <p><a href="${result.list}">${functions.seeTheList}</a></p>
    </div>`,
  });
}

function notThere({ context, request, reply, browser, texts }: Visit, text: string): FastifyReply {
  return sendRefusal(
    context,
    request,
    reply,
    browser,
    { status: 404, title: texts.functions.notThere, text },
    'not-found',
  );
}

function pathOf({ request }: Visit): string {
  return request.url.split('?')[0] ?? '';
}
