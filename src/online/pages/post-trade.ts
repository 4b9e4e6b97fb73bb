import type { CommandName } from '../../clearing/commands/command.ts';
import { sessionToName } from '../../clearing/phase.ts';
import { toClockText } from '../../time/instant.ts';
import { html, type Html } from '../html.ts';
import { LANGUAGES } from '../language/languages.ts';
import type { Visit } from '../visit.ts';

/** The way to a post-trade function. While it is not available the button cannot be pressed. */
export function functionLink(visit: Visit, command: CommandName, path: string, label: string, about?: string): Html {
  return functionWay(visit, command)(path, label, about);
}

/** The same for many rows: whether the function is available is asked once. */
export function functionWay(
  { context, browser }: Visit,
  command: CommandName,
): (path: string, label: string, about?: string) => Html {
  const isAvailable = context.core.checkCommand(browser.id, command).ok;
  return (path, label, about) => {
    const hidden = about !== undefined && html`<span class="hidden"> ${about}</span>`;
    return isAvailable
      ? html`<a class="button" href="${path}">${label}${hidden}</a>`
      : html`<button type="button" disabled aria-describedby="post-trade">${label}${hidden}</button>`;
  };
}

/** What rows with the ways to these functions depend on beside themselves: the language, and which of them are available. */
export function waysKey({ context, browser, texts }: Visit, ...commands: readonly CommandName[]): string {
  const available = commands.filter((command) => context.core.checkCommand(browser.id, command).ok);
  return [LANGUAGES.findIndex((each) => each.texts === texts), ...available].join(' ');
}

/** The functions of a page, and why they are not available. */
export function functionBar(visit: Visit, ...links: readonly Html[]): Html {
  const text = whyNot(visit);
  return html`<div class="post-trade">${links} ${text !== undefined && html`<p id="post-trade">${text}</p>`}</div>`;
}

function whyNot({ context: { core }, user, texts: { functions } }: Visit): string | undefined {
  if (core.phase() !== 'normal') {
    const until = sessionToName(core.plannedSessions(), core.now())?.closesAt;
    return functions.onlyEnquiry(until === undefined ? undefined : toClockText(until));
  }
  if (user.kind !== 'online') return functions.notForYourKind;
  return user.functions && functions.notInProfile;
}
