import type { FastifyInstance } from 'fastify';
import { addressOf, takeCookie, type OnlineContext } from '../context.ts';
import { postedForm } from '../visit.ts';

/** `POST /logout`, also for a session that may do nothing but change its password. */
export function addLogout(app: FastifyInstance, context: OnlineContext): void {
  app.post(
    '/logout',
    postedForm(
      context,
      ({ request, reply, browser, user }) => {
        const gateway = context.gatewayOf(request);
        context.journal.record({
          kind: 'online.logout',
          source: 'online',
          outcome: 'ok',
          user: user.id,
          participant: user.participant,
          gateway: gateway.name,
          address: addressOf(request),
          session: browser.id,
        });
        context.core.endSession(browser.id, 'logged-out');
        takeCookie(reply, gateway);
        return reply.code(303).header('location', '/login?after=logout').send();
      },
      { restrictedToo: true },
    ),
  );
}
