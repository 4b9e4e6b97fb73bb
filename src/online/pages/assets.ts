import type { FastifyInstance } from 'fastify';
import { toIso } from '../../time/instant.ts';
import { CLOCK_SCRIPT } from '../clock-script.ts';
import { browserSessionOf, type OnlineContext } from '../context.ts';
import { FORM_SCRIPT } from '../form-script.ts';
import { textsOf } from '../language/languages.ts';
import { endingText, phaseText, unreadMessages } from '../layout.ts';
import { STYLE } from '../style.ts';

/** The style sheet, the scripts of the clock and of forms, and what the clock asks. What is kept has no words: they stand in the page. */
export function addAssets(app: FastifyInstance, context: OnlineContext): void {
  const kept = 'public, max-age=300';
  app.get('/assets/style.css', (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', kept).send(STYLE),
  );
  app.get('/assets/clock.js', (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', kept).send(CLOCK_SCRIPT),
  );
  app.get('/assets/form.js', (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', kept).send(FORM_SCRIPT),
  );
  app.get('/favicon.ico', (_request, reply) => reply.code(204).send());
  app.get('/status', (request, reply) => {
    const browser = browserSessionOf(context, request, { uses: false });
    const now = context.core.now();
    const texts = textsOf(request);
    return reply.type('application/json; charset=utf-8').send(
      JSON.stringify({
        time: toIso(now),
        phase: context.core.phase(),
        phaseText: phaseText(context, now, texts),
        loggedIn: browser !== undefined && browser.end === undefined,
        ending: endingText(context, now, texts) ?? '',
        unread: browser && !browser.end ? unreadMessages(context, browser) : 0,
      }),
    );
  });
}
