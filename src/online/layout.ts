import type { FastifyReply, FastifyRequest } from 'fastify';
import { sessionToName, type Phase } from '../clearing/phase.ts';
import { DAY_MS, toClockText, type Instant } from '../time/instant.ts';
import type { BrowserSession } from './browser-sessions.ts';
import type { OnlineContext } from './context.ts';
import { html, type Html } from './html.ts';
import { sessionAt, toTimeText, USER_KIND_TEXT } from './texts.ts';

export interface Page {
  readonly title: string;
  readonly body: Html;
  /** Whose page it is; undefined: nobody is logged in. */
  readonly browser?: BrowserSession | undefined;
  /** The page asks for itself again at this address, where scripts are off. */
  readonly refresh?: string;
  /** A form by itself stands in the middle. */
  readonly narrow?: true;
}

/** A whole page: header with the marks of a simulation, menu, body. Works without a script. */
export function sendPage(
  context: OnlineContext,
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  page: Page,
): FastifyReply {
  const gateway = context.gatewayOf(request);
  const now = context.core.now();
  const open = page.browser !== undefined && page.browser.end === undefined;
  const path = request.url.split('?')[0] ?? '';
  const markup = html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${page.title} – DCASS Online – SIMULATION</title>
        <link rel="stylesheet" href="/assets/style.css" />
        ${page.refresh !== undefined && html`<noscript><meta http-equiv="refresh" content="60;url=${page.refresh}" /></noscript>`}
        <script src="/assets/clock.js" defer></script>
        <script src="/assets/form.js" defer></script>
      </head>
      <body data-session="${open ? 'open' : 'none'}" data-others="${othersText(context, request)}">
        <a class="skip" href="#content">Skip to the content</a>
        <header>
          <div class="bar">
            <p class="brand">DCASS Online <strong>— SIMULATION</strong></p>
            <dl class="facts">
              <div>
                <dt>Hong Kong Time</dt>
                <dd id="clock">${toTimeText(now)}</dd>
              </div>
              <div>
                <dt>Session</dt>
                <dd id="phase" class="phase phase-${context.core.phase()}">${phaseText(context, now)}</dd>
              </div>
              <div>
                <dt>Gateway ${gateway.number}</dt>
                <dd>${gateway.host}</dd>
              </div>
            </dl>
          </div>
          <p class="warning">
            Simulation for tests and training. This is not HKEX’s system. Never enter a real password.
          </p>
          ${page.browser !== undefined && open && userBar(context, page.browser, path)}
        </header>
        <main id="content" tabindex="-1" ${page.narrow && html` class="narrow"`}>
          ${open && groupBar(path)}
          <h1>${page.title}</h1>
          ${page.browser !== undefined && open && banners(context, page.browser, now)} ${page.body}
        </main>
        <footer>dcass-sim, a simulator of DCASS. Not operated by, connected to or endorsed by HKEX.</footer>
      </body>
    </html> `;
  return reply.code(status).type('text/html; charset=utf-8').send(markup.toString());
}

/** For the script to say when this gateway does not answer. */
function othersText(context: OnlineContext, request: FastifyRequest): string {
  const hosts = context.others(request).map(({ host }) => host);
  return hosts.length === 0
    ? ''
    : `Try ${hosts.slice(0, -1).join(', ')}${hosts.length > 1 ? ' or ' : ''}${hosts.at(-1) ?? ''}.`;
}

/** `Enquiry only — until 12:00`. */
export function phaseText(context: OnlineContext, now: Instant): string {
  const planned = context.core.plannedSessions();
  const phase = context.core.phase();
  if (phase === 'closed') {
    const next = sessionToName(planned, now);
    return next && next.opensAt > now ? `Closed — opens at ${toClockText(next.opensAt)}` : 'Closed';
  }
  const closesAt = sessionAt(planned, now)?.closesAt;
  return closesAt === undefined ? PHASE_TEXT[phase] : `${PHASE_TEXT[phase]} — until ${toClockText(closesAt)}`;
}

const PHASE_TEXT: Readonly<Record<Exclude<Phase, 'closed'>, string>> = {
  'enquiry-only': 'Enquiry only',
  normal: 'Normal',
};

/** What stands over every page shortly before the session ends, and everybody is logged out. */
export function endingText({ core, settings }: OnlineContext, now: Instant): string | undefined {
  const closesAt = sessionAt(core.plannedSessions(), now)?.closesAt;
  if (core.phase() === 'closed' || closesAt === undefined || closesAt - now > settings.logoutWarningMs)
    return undefined;
  return `This session ends at ${toClockText(closesAt)}. You will be logged out then: finish what you are doing.`;
}

/** Clearing messages that the user has not opened the page of yet. */
export function unreadMessages({ core, lastRead }: OnlineContext, browser: BrowserSession): number {
  const found = core.messages(browser.id);
  const read = lastRead.get(browser.user) ?? 0;
  return found.ok ? found.value.filter(({ number }) => number > read).length : 0;
}

type Entry = readonly [path: string, label: string];

const MENU: readonly Entry[] = [
  ['/positions', 'Positions'],
  ['/trades', 'Trades'],
  ['/accounts', 'Accounts'],
  ['/give-ups', 'Give-ups'],
  ['/exercises', 'Exercises'],
  ['/series', 'Series'],
  ['/messages', 'Messages'],
];

/** Pages that belong to one of the menu: that one first. */
const GROUPS: readonly (readonly [Entry, ...Entry[]])[] = [
  [
    ['/positions', 'Positions'],
    ['/close-outs', 'Close-outs'],
  ],
  [
    ['/trades', 'Trades'],
    ['/rectifications', 'Rectifications'],
    ['/average-price-trades', 'Average price trades'],
  ],
  [
    ['/exercises', 'Exercises'],
    ['/deliveries', 'Deliveries'],
  ],
  [
    ['/users', 'Users'],
    ['/sessions', 'Sessions'],
  ],
];

function groupOf(path: string): (typeof GROUPS)[number] | undefined {
  // What is done to a thing of a list belongs to that list.
  return GROUPS.find((group) => group.some(([to]) => to === path || path.startsWith(`${to}/`)));
}

function userBar(context: OnlineContext, browser: BrowserSession, path: string): Html | undefined {
  const user = context.core.user(browser.id);
  if (!user) return undefined;
  const restricted = context.core.session(browser.id)?.restricted !== undefined;
  const entries = [
    ...(restricted ? [] : MENU),
    ...(!restricted && context.settings.secondUser ? [['/approvals', 'Approvals'] as const] : []),
    ...(!restricted && user.kind === 'administrator' ? [['/users', 'Users'] as const] : []),
  ];
  const participant = context.core.participant(user.participant);
  return html`<div class="bar menu">
    <nav aria-label="Functions">
      <ul>
        ${entries.map(
          ([to, label]) =>
            html`<li>
              <a href="${to}" ${currentMark(to, path)}
                >${label}${to === '/messages' && unreadMark(unreadMessages(context, browser))}</a
              >
            </li>`,
        )}
        <li><a href="/password" ${path === '/password' && html` aria-current="page"`}>Change password</a></li>
      </ul>
    </nav>
    <div class="who">
      <span><b>${user.id}</b> ${USER_KIND_TEXT[user.kind]}<br />${user.participant} ${participant?.name}</span>
      <form method="post" action="/logout">
        ${csrfField(browser)}<button type="submit" class="quiet">Log out</button>
      </form>
    </div>
  </div>`;
}

function unreadMark(count: number): Html {
  return html`<span id="unread" class="unread" role="status" ${count === 0 && html` hidden`}>
    ${count} <span class="hidden">unread</span></span
  >`;
}

function currentMark(to: string, path: string): Html | undefined {
  if (to === path) return html` aria-current="page"`;
  return groupOf(path)?.[0][0] === to ? html` aria-current="true"` : undefined;
}

function groupBar(path: string): Html | undefined {
  const group = groupOf(path);
  return (
    group &&
    html`<nav class="group" aria-label="${group[0][1]}">
      <ul>
        ${group.map(
          ([to, label]) => html`<li><a href="${to}" ${to === path && html` aria-current="page"`}>${label}</a></li>`,
        )}
      </ul>
    </nav>`
  );
}

function banners(context: OnlineContext, browser: BrowserSession, now: Instant): Html {
  const { notice } = browser;
  browser.notice = undefined;
  const days = daysToExpiry(context, browser, now);
  const ending = endingText(context, now);
  return html`<p id="ending" class="note warn" role="status" ${ending === undefined && html` hidden`}>${ending}</p>
    ${notice !== undefined && note('good', notice)}${
      days !== undefined &&
      html`<p class="note warn" role="status">
        Your password expires in ${days} ${days === 1 ? 'day' : 'days'}. <a href="/password">Change it now</a>
      </p>`
    }`;
}

function daysToExpiry(context: OnlineContext, browser: BrowserSession, now: Instant): number | undefined {
  const user = context.core.user(browser.id);
  if (!user || user.passwordExpiresAt === undefined || user.mustChangePassword || user.passwordExpiresAt <= now)
    return undefined;
  const days = Math.ceil((user.passwordExpiresAt - now) / DAY_MS);
  return days <= context.settings.passwordRules[user.kind].warningDays ? days : undefined;
}

/** A sentence that stands out. A screen reader says a bad one at once. */
export function note(tone: 'good' | 'warn' | 'bad' | 'info', text: string): Html {
  return html`<p class="note ${tone}" role="${tone === 'bad' ? 'alert' : 'status'}">${text}</p>`;
}

/** The hidden field that every form of a logged-in user carries. */
export function csrfField(browser: BrowserSession): Html {
  return html`<input type="hidden" name="csrf" value="${browser.csrf}" />`;
}
