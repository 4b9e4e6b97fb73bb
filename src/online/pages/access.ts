import type { FastifyInstance, FastifyReply } from 'fastify';
import { COMMAND_NAMES } from '../../clearing/commands/catalogue.ts';
import type { CommandName } from '../../clearing/commands/command.ts';
import type { User } from '../../clearing/user.ts';
import { formField, type OnlineContext } from '../context.ts';
import { html } from '../html.ts';
import type { Texts } from '../language/english.ts';
import { csrfField, sendPage } from '../layout.ts';
import { loggedIn, postedForm, recordInvalid, refuse, sendRefusal, type Visit } from '../visit.ts';
import { asSeenByAdministrator, recordAdministration, targetOf } from './administration.ts';

/** `/users/<id>/access`: which post-trade functions a user has. */
export function addAccess(app: FastifyInstance, context: OnlineContext): void {
  app.get('/users/:id/access', loggedIn(context, showProfile));
  app.post('/users/:id/access', postedForm(context, changeProfile));
}

function showProfile(visit: Visit): FastifyReply {
  const { context, request, reply, browser, texts } = visit;
  const { administration } = texts;
  const outcome = context.core.accessProfile({ session: browser.id, user: targetOf(visit) });
  if (!outcome.ok) return refuse(visit, asSeenByAdministrator(outcome.rejection, visit));
  const user = outcome.value;
  return sendPage(context, request, reply, 200, {
    title: administration.accessOf(user.id),
    browser,
    body: html`<form method="post" action="/users/${user.id}/access" class="card">
        ${csrfField(browser)}
        <fieldset>
          <legend>${administration.postTradeFunctions}</legend>
          ${COMMAND_NAMES.map((name) => functionBox(name, user, texts))}
        </fieldset>
        <button type="submit" class="main">${administration.save}</button>
      </form>
      <p class="hint">${administration.holdsAtOnce}</p>
      <p><a href="/users">${administration.backToTheUsers}</a></p>`,
  });
}

function functionBox(name: CommandName, { functions }: User, texts: Texts): ReturnType<typeof html> {
  const isOwn = functions === undefined || functions.includes(name);
  return html`<label class="choice"
    ><input type="checkbox" name="${name}" value="yes" ${isOwn && html` checked`} />
    ${texts.functions.name(name)}</label
  >`;
}

function changeProfile(visit: Visit): FastifyReply {
  const { context, request, reply, browser, texts } = visit;
  const { administration } = texts;
  const wrong = wrongField(request.body as Readonly<Record<string, unknown>>);
  if (wrong !== undefined) {
    recordInvalid(context, request, 'parameter', browser.user);
    return sendRefusal(context, request, reply, browser, {
      status: 400,
      title: administration.unknownField,
      text: administration.unknownFieldText(wrong.slice(0, 40)),
    });
  }
  const outcome = context.core.changeAccess({
    session: browser.id,
    user: targetOf(visit),
    functions: COMMAND_NAMES.filter((name) => formField(request, name) !== undefined),
  });
  recordAdministration(visit, 'online.access-change', outcome);
  if (!outcome.ok) return refuse(visit, asSeenByAdministrator(outcome.rejection, visit));
  browser.notice = (said) => said.administration.saved(outcome.value);
  return reply.code(303).header('location', '/users').send();
}

// A misspelt function would quietly take one away.
function wrongField(body: Readonly<Record<string, unknown>>): string | undefined {
  const known: readonly string[] = ['csrf', ...COMMAND_NAMES];
  return Object.keys(body).find((name) => !known.includes(name) || typeof body[name] !== 'string');
}
