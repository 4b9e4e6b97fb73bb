import type { FastifyReply, FastifyRequest } from 'fastify';
import { sessionToName } from '../clearing/phase.ts';
import { DAY_MS, toClockText, type Instant } from '../time/instant.ts';
import type { BrowserSession } from './browser-sessions.ts';
import type { OnlineContext } from './context.ts';
import { html, type Html } from './html.ts';
import type { Texts } from './language/english.ts';
import { languageOf } from './language/languages.ts';
import { languageSwitch } from './language/switch.ts';
import { sessionAt, toTimeText } from './texts.ts';

export interface Page {
  readonly title: string;
  readonly body: Html;
  /** Whose page it is; undefined: nobody is logged in. */
  readonly browser?: BrowserSession | undefined;
  /** The page asks for itself again at this address, where scripts are off. */
  readonly refresh?: string;
  /** A form by itself stands in the middle. */
  readonly narrow?: true;
  /** What the page shows is shown once: to ask for it in another language would lose it. */
  readonly shownOnce?: true;
}

/** A whole page: header with the marks of a simulation, menu, body. Works without a script. */
export function sendPage(
  context: OnlineContext,
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  page: Page,
): FastifyReply {
  const { texts, tag } = languageOf(request);
  const { frame } = texts;
  const gateway = context.gatewayOf(request);
  const now = context.core.now();
  const open = page.browser !== undefined && page.browser.end === undefined;
  const path = request.url.split('?')[0] ?? '';
  const start = html`<!DOCTYPE html>
    <html lang="${tag}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${page.title} – DCASS Online – ${frame.simulation}</title>
        <link rel="stylesheet" href="/assets/style.css" />
        ${page.refresh !== undefined && html`<noscript><meta http-equiv="refresh" content="60;url=${page.refresh}" /></noscript>`}
        <script src="/assets/clock.js" defer></script>
        <script src="/assets/form.js" defer></script>
      </head>
      <body
        data-session="${open ? 'open' : 'none'}"
        data-no-answer="${frame.noAnswer}"
        data-others="${othersText(context, request, texts)}"
      >
        <a class="skip" href="#content">${frame.skip}</a>
        <header>
          <div class="bar">
            <p class="brand">DCASS Online <strong>— ${frame.simulation}</strong></p>
            <dl class="facts">
              <div>
                <dt>${frame.time}</dt>
                <dd id="clock">${toTimeText(now)}</dd>
              </div>
              <div>
                <dt>${frame.session}</dt>
                <dd id="phase" class="phase phase-${context.core.phase()}">${phaseText(context, now, texts)}</dd>
              </div>
              <div>
                <dt>${frame.gateway(gateway.number)}</dt>
                <dd>${gateway.host}</dd>
              </div>
            </dl>
            ${!page.shownOnce && languageSwitch(request)}
          </div>
          <p class="warning">${frame.warning}</p>
          ${page.browser !== undefined && open && userBar(context, page.browser, path, texts)}
        </header>
        <main id="content" tabindex="-1" ${page.narrow && html` class="narrow"`}>
          ${open && groupBar(path, texts)}
          <h1>${page.title}</h1>
          ${page.browser !== undefined && open && banners(context, page.browser, now, texts)}
     `;
  const end = html`
        </main>
        <footer>${frame.footer}</footer>
      </body>
    </html> `;
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('content-language', tag)
    .send(toBytes(start, page.body, end));
}

// Each part by itself: one character beyond Latin-1, such as the dash of the title, doubles the memory of the text that
// it is in, and a text in which there is none is encoded twice as fast.
function toBytes(...parts: readonly Html[]): Buffer {
  return Buffer.concat(parts.map((part) => Buffer.from(part.toString())));
}

/** For the script to say when this gateway does not answer. */
function othersText(context: OnlineContext, request: FastifyRequest, { frame }: Texts): string {
  const hosts = context.others(request).map(({ host }) => host);
  return hosts.length === 0 ? '' : frame.tryOthers(hosts);
}

/** `Enquiry only — until 12:00`. */
export function phaseText(context: OnlineContext, now: Instant, { frame }: Texts): string {
  const planned = context.core.plannedSessions();
  const phase = context.core.phase();
  const text = frame.phases[phase];
  if (phase === 'closed') {
    const next = sessionToName(planned, now);
    return next && next.opensAt > now ? frame.opens(text, toClockText(next.opensAt)) : text;
  }
  const closesAt = sessionAt(planned, now)?.closesAt;
  return closesAt === undefined ? text : frame.until(text, toClockText(closesAt));
}

/** What stands over every page shortly before the session ends, and everybody is logged out. */
export function endingText({ core, settings }: OnlineContext, now: Instant, { frame }: Texts): string | undefined {
  const closesAt = sessionAt(core.plannedSessions(), now)?.closesAt;
  if (core.phase() === 'closed' || closesAt === undefined || closesAt - now > settings.logoutWarningMs)
    return undefined;
  return frame.ending(toClockText(closesAt));
}

/** Clearing messages that the user has not opened the page of yet. */
export function unreadMessages({ core, lastRead }: OnlineContext, browser: BrowserSession): number {
  const found = core.messages(browser.id);
  const read = lastRead.get(browser.user) ?? 0;
  return found.ok ? found.value.filter(({ number }) => number > read).length : 0;
}

/** What the page of a menu entry is called in the address. */
type Entry = keyof Texts['lists']['pages'];

const MENU: readonly Entry[] = ['positions', 'trades', 'accounts', 'give-ups', 'exercises', 'series', 'messages'];

/** Pages that belong to one of the menu: that one first. */
const GROUPS: readonly (readonly [Entry, ...Entry[]])[] = [
  ['positions', 'close-outs'],
  ['trades', 'rectifications', 'average-price-trades'],
  ['exercises', 'deliveries'],
  ['users', 'sessions'],
];

function labelOf(entry: Entry, { frame, lists }: Texts): string {
  return entry === 'approvals' ? frame.approvals : lists.pages[entry].title;
}

function groupOf(path: string): (typeof GROUPS)[number] | undefined {
  // What is done to a thing of a list belongs to that list.
  return GROUPS.find((group) => group.some((entry) => `/${entry}` === path || path.startsWith(`/${entry}/`)));
}

function userBar(context: OnlineContext, browser: BrowserSession, path: string, texts: Texts): Html | undefined {
  const { frame, words } = texts;
  const user = context.core.user(browser.id);
  if (!user) return undefined;
  const restricted = context.core.session(browser.id)?.restricted !== undefined;
  const entries: readonly Entry[] = [
    ...(restricted ? [] : MENU),
    ...(!restricted && context.settings.secondUser ? ['approvals' as const] : []),
    ...(!restricted && user.kind === 'administrator' ? ['users' as const] : []),
  ];
  const participant = context.core.participant(user.participant);
  return html`<div class="bar menu">
    <nav aria-label="${frame.menu}">
      <ul>
        ${entries.map(
          (entry) =>
            html`<li>
              <a href="/${entry}" ${currentMark(entry, path)}
                >${labelOf(entry, texts)}${entry === 'messages' && unreadMark(unreadMessages(context, browser), texts)}</a
              >
            </li>`,
        )}
        <li><a href="/password" ${path === '/password' && html` aria-current="page"`}>${frame.changePassword}</a></li>
      </ul>
    </nav>
    <div class="who">
      <span><b>${user.id}</b> ${words.userKinds[user.kind]}<br />${user.participant} ${participant?.name}</span>
      <form method="post" action="/logout">
        ${csrfField(browser)}<button type="submit" class="quiet">${frame.logOut}</button>
      </form>
    </div>
  </div>`;
}

function unreadMark(count: number, { frame }: Texts): Html {
  return html`<span id="unread" class="unread" role="status" ${count === 0 && html` hidden`}>
    ${count} <span class="hidden">${frame.unread}</span></span
  >`;
}

function currentMark(entry: Entry, path: string): Html | undefined {
  if (`/${entry}` === path) return html` aria-current="page"`;
  return groupOf(path)?.[0] === entry ? html` aria-current="true"` : undefined;
}

function groupBar(path: string, texts: Texts): Html | undefined {
  const group = groupOf(path);
  return (
    group &&
    html`<nav class="group" aria-label="${labelOf(group[0], texts)}">
      <ul>
        ${group.map(
          (entry) =>
            html`<li>
              <a href="/${entry}" ${`/${entry}` === path && html` aria-current="page"`}>${labelOf(entry, texts)}</a>
            </li>`,
        )}
      </ul>
    </nav>`
  );
}

function banners(context: OnlineContext, browser: BrowserSession, now: Instant, texts: Texts): Html {
  const { frame } = texts;
  const { notice } = browser;
  browser.notice = undefined;
  const days = daysToExpiry(context, browser, now);
  const ending = endingText(context, now, texts);
  return html`<p id="ending" class="note warn" role="status" ${ending === undefined && html` hidden`}>${ending}</p>
    ${notice !== undefined && note('good', notice(texts))}${
      days !== undefined &&
      html`<p class="note warn" role="status">
        ${frame.passwordExpires(days)} <a href="/password">${frame.changeItNow}</a>
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
