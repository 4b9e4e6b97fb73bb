import type { FastifyReply } from 'fastify';
import { COMMANDS } from '../../clearing/commands/catalogue.ts';
import type { Command } from '../../clearing/commands/command.ts';
import { keep } from '../browser-sessions.ts';
import { addressOf } from '../context.ts';
import { refuse, type Visit } from '../visit.ts';
import { describeEvents } from './describe-events.ts';
import { positionsNow } from './positions-now.ts';

/** Carries a command out, and leads to the page that says what was done. `maker`: who asked for it, where that is another user. */
export function carryOut(
  visit: Visit,
  command: Command,
  { list, maker }: { readonly list: string; readonly maker?: string },
): FastifyReply {
  const { browser, context, reply, user } = visit;
  const done = context.core.command(browser.id, command);
  recordFunction(visit, command.do, {
    ...(done.ok ? {} : { code: done.rejection.code }),
    ...(maker === undefined ? {} : { maker }),
  });
  if (!done.ok) return refuse(visit, done.rejection);
  const number = Math.max(0, ...browser.results.keys()) + 1;
  const { core } = context;
  const positions = positionsNow(visit, done.value);
  keep(browser.results, number, {
    command: command.do,
    lines: (texts) => [
      ...describeEvents(done.value, { core, own: user.participant, isDone: true, texts }),
      ...positions(texts),
    ],
    list,
  });
  return reply.code(303).header('location', `/results/${number}`).send();
}

/** Journals that a function was asked for, and what came of it. */
export function recordFunction(
  { context, request, user }: Visit,
  command: Command['do'],
  {
    outcome,
    code,
    ...more
  }: { readonly outcome?: 'invalid'; readonly code?: string; readonly maker?: string; readonly step?: string } = {},
): void {
  context.journal.record({
    kind: 'online.post-trade',
    source: 'online',
    outcome: outcome ?? (code === undefined ? 'ok' : 'refused'),
    ...(code === undefined ? {} : { code }),
    functionName: COMMANDS[command].functionName,
    user: user.id,
    participant: user.participant,
    ...more,
    gateway: context.gatewayOf(request).name,
    address: addressOf(request),
  });
}
