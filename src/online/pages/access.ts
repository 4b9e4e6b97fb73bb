import type { FastifyInstance, FastifyReply } from 'fastify';
import { COMMAND_NAMES, COMMANDS } from '../../clearing/commands/catalogue.ts';
import type { CommandName } from '../../clearing/commands/command.ts';
import type { User } from '../../clearing/user.ts';
import { formField, type OnlineContext } from '../context.ts';
import { html } from '../html.ts';
import { csrfField, sendPage } from '../layout.ts';
import { loggedIn, postedForm, recordInvalid, refuse, sendRefusal, type Visit } from '../visit.ts';
import { asSeenByAdministrator, recordAdministration, targetOf } from './administration.ts';

/** `/users/<id>/access`: which post-trade functions a user has. */
export function addAccess(app: FastifyInstance, context: OnlineContext): void {
  app.get('/users/:id/access', loggedIn(context, showProfile));
  app.post('/users/:id/access', postedForm(context, changeProfile));
}

function showProfile(visit: Visit): FastifyReply {
  const { context, request, reply, browser } = visit;
  const outcome = context.core.accessProfile({ session: browser.id, user: targetOf(visit) });
  if (!outcome.ok) return refuse(visit, asSeenByAdministrator(outcome.rejection, visit));
  const user = outcome.value;
  return sendPage(context, request, reply, 200, {
    title: `Access of ${user.id}`,
    browser,
    body: html`<form method="post" action="/users/${user.id}/access" class="card">
        ${csrfField(browser)}
        <fieldset>
          <legend>Post-trade functions</legend>
          ${COMMAND_NAMES.map((name) => functionBox(name, user))}
        </fieldset>
        <button type="submit" class="main">Save</button>
      </form>
      <p class="hint">A change holds at once, also for a session that is open. Enquiries are for every user.</p>
      <p><a href="/users">Back to the users</a></p>`,
  });
}

function functionBox(name: CommandName, { functions }: User): ReturnType<typeof html> {
  const isOwn = functions === undefined || functions.includes(name);
  return html`<label class="choice"
    ><input type="checkbox" name="${name}" value="yes" ${isOwn && html` checked`} />
    ${COMMANDS[name].functionName}</label
  >`;
}

function changeProfile(visit: Visit): FastifyReply {
  const { context, request, reply, browser } = visit;
  const wrong = wrongField(request.body as Readonly<Record<string, unknown>>);
  if (wrong !== undefined) {
    recordInvalid(context, request, 'parameter', browser.user);
    return sendRefusal(context, request, reply, browser, {
      status: 400,
      title: 'Unknown field',
      text: `A field of this form is csrf or a post-trade function, and each may come once; "${wrong.slice(0, 40)}" is wrong.`,
    });
  }
  const outcome = context.core.changeAccess({
    session: browser.id,
    user: targetOf(visit),
    functions: COMMAND_NAMES.filter((name) => formField(request, name) !== undefined),
  });
  recordAdministration(visit, 'online.access-change', outcome);
  if (!outcome.ok) return refuse(visit, asSeenByAdministrator(outcome.rejection, visit));
  browser.notice = `The access profile of ${outcome.value} has been saved.`;
  return reply.code(303).header('location', '/users').send();
}

// A misspelt function would quietly take one away.
function wrongField(body: Readonly<Record<string, unknown>>): string | undefined {
  const known: readonly string[] = ['csrf', ...COMMAND_NAMES];
  return Object.keys(body).find((name) => !known.includes(name) || typeof body[name] !== 'string');
}
