import type { CommandName } from '../../clearing/commands/command.ts';
import { sessionToName } from '../../clearing/phase.ts';
import { toClockText } from '../../time/instant.ts';
import { html, type Html } from '../html.ts';
import type { Visit } from '../visit.ts';

/** The way to a post-trade function. While it is not available the button cannot be pressed. */
export function functionLink(
  { context, browser }: Visit,
  command: CommandName,
  path: string,
  label: string,
  about?: string,
): Html {
  const hidden = about !== undefined && html`<span class="hidden"> ${about}</span>`;
  return context.core.checkCommand(browser.id, command).ok
    ? html`<a class="button" href="${path}">${label}${hidden}</a>`
    : html`<button type="button" disabled aria-describedby="post-trade">${label}${hidden}</button>`;
}

/** The functions of a page, and why they are not available. */
export function functionBar(visit: Visit, ...links: readonly Html[]): Html {
  const text = whyNot(visit);
  return html`<div class="post-trade">${links} ${text !== undefined && html`<p id="post-trade">${text}</p>`}</div>`;
}

function whyNot({ context: { core }, user }: Visit): string | undefined {
  if (core.phase() !== 'normal') {
    const until = sessionToName(core.plannedSessions(), core.now())?.closesAt;
    return `Only enquiry functions are available in this session${until === undefined ? '' : `, until ${toClockText(until)}`}. Post-trade functions cannot be used.`;
  }
  if (user.kind !== 'online') return 'Post-trade functions are not for your kind of user.';
  return user.functions && 'Some functions are not in your access profile: ask your DCASS Administrator.';
}
