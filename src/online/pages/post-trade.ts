import type { FastifyInstance } from 'fastify';
import { sessionToName } from '../../clearing/phase.ts';
import type { Rejection } from '../../clearing/rejection.ts';
import { toClockText } from '../../time/instant.ts';
import { addressOf, type OnlineContext } from '../context.ts';
import { html, type Html } from '../html.ts';
import { csrfField } from '../layout.ts';
import { loggedIn, postedForm, refuse, type Visit } from '../visit.ts';

/** The post-trade functions that the pages offer: dcass-facts.md 2.1. */
const FUNCTIONS: readonly (readonly [path: string, functionName: string])[] = [
  ['/give-ups', 'Give-up'],
  ['/give-ups/:number/take-up', 'Take-up'],
  ['/give-ups/:number/reject', 'Give-up rejection'],
  ['/exercises', 'Exercise request'],
  ['/exercises/:number/cancel', 'Exercise cancellation'],
  ['/trades', 'Trade rectification'],
  ['/trades/:number/rectify', 'Trade rectification'],
  ['/positions', 'Position net-down'],
  ['/positions/net-down', 'Position net-down'],
];

/**
 * No post-trade function is simulated yet. In enquiry-only mode each is refused as the real system
 * does (rollout package 3.2, A: "Only enquiry functions will be available"); else it says so.
 */
export function addPostTrade(app: FastifyInstance, context: OnlineContext): void {
  for (const [path, functionName] of FUNCTIONS) {
    const form = postedForm(context, (visit) =>
      answer(visit, functionName, { code: 'function-not-simulated', functionName }),
    );
    // The mode comes before the form: a request that is refused anyway needs no token, and its body is not looked at.
    const allowed = loggedIn(context, (visit) => {
      const checked = context.core.checkFunction({ session: visit.browser.id, functionName, kind: 'post-trade' });
      return checked.ok ? visit.reply : answer(visit, functionName, checked.rejection);
    });
    app.post(path, {
      handler: form,
      onRequest: (request, reply, done) => {
        if (!allowed(request, reply).sent) done();
      },
    });
  }
}

function answer(visit: Visit, functionName: string, rejection: Rejection): typeof visit.reply {
  const { context, request, user } = visit;
  context.journal.record({
    kind: 'online.post-trade',
    source: 'online',
    outcome: rejection.code === 'function-not-simulated' ? 'unsimulated' : 'refused',
    code: rejection.code,
    functionName,
    user: user.id,
    participant: user.participant,
    gateway: context.gatewayOf(request).name,
    address: addressOf(request),
  });
  return refuse(visit, rejection);
}

/** A button for a post-trade function. It cannot be pressed while only enquiry functions are available. */
export function postTradeForm({ context, browser }: Visit, path: string, label: string, about?: string): Html {
  const hidden = about !== undefined && html`<span class="hidden"> ${about}</span>`;
  return context.core.phase() === 'normal'
    ? html`<form method="post" action="${path}">
        ${csrfField(browser)}<button type="submit">${label}${hidden}</button>
      </form>`
    : html`<button type="button" disabled aria-describedby="post-trade">${label}${hidden}</button>`;
}

/** Says whether post-trade functions are available, and why not. */
export function postTradeNote({ context }: Visit, button?: Html): Html {
  const { core } = context;
  const until = sessionToName(core.plannedSessions(), core.now())?.closesAt;
  const text =
    core.phase() === 'normal'
      ? 'Post-trade functions are not simulated yet: a request is answered so.'
      : `Only enquiry functions are available in this session${until === undefined ? '' : `, until ${toClockText(until)}`}. Post-trade functions cannot be used.`;
  return html`<div class="post-trade">
    ${button}
    <p id="post-trade">${text}</p>
  </div>`;
}
