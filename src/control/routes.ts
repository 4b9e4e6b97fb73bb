import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import { readTraceparent } from '../journal/trace.ts';
import { FAULT_ROUTES } from './fault-routes.ts';
import { JOURNAL_ROUTES } from './journal-routes.ts';
import type { ControlPort, Decision, Verdict } from './port.ts';
import { problem } from './problem.ts';

/** One route of the API with what its documentation says; `/openapi.json` is made from this list. */
export interface ControlRoute {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** A part in braces stands for a value: `/v1/participants/{code}/trades`. */
  readonly path: string;
  readonly summary: string;
  /** What the body must be; it is checked before `handle`. */
  readonly body?: z.ZodMiniType;
  readonly query?: Readonly<Record<string, string>>;
  readonly handle: (port: ControlPort, request: FastifyRequest, reply: FastifyReply) => unknown;
}

const text = (description: string): z.ZodMiniString =>
  z.string().check(z.minLength(1), z.maxLength(200), z.meta({ description }));

export const CONTROL_ROUTES: readonly ControlRoute[] = [
  { method: 'GET', path: '/healthz', summary: 'The process lives.', handle: () => ({ status: 'ok' }) },
  {
    method: 'GET',
    path: '/readyz',
    summary: 'Every listener is bound (200), or not yet (503).',
    handle: (port, _request, reply) =>
      port.ready() ? { status: 'ready' } : problem(reply, 503, 'Not ready', 'The listeners are not all bound yet.'),
  },
  {
    method: 'GET',
    path: '/v1/ready',
    summary: 'The endpoints and files, as the ready line has them, without the token.',
    handle: (port, _request, reply) =>
      port.ready() ?? problem(reply, 503, 'Not ready', 'The listeners are not all bound yet.'),
  },
  {
    method: 'GET',
    path: '/v1/clock',
    summary: 'Where the business clock stands.',
    handle: (port) => port.clock.view(),
  },
  {
    method: 'POST',
    path: '/v1/clock/advance',
    summary:
      'Move forward to a Hong Kong time ("09:00") or by a duration ("30m"); answers when every event due is done.',
    body: z.strictObject({
      to: z.optional(text('09:00, 09:00:30, +1d 01:00 or 2019-05-05T09:00:00.000+08:00')),
      by: z.optional(text('90s, 5m, 1h30m')),
    }),
    handle: async ({ clock }, request, reply) => {
      const { to, by } = request.body as { to?: string; by?: string };
      if ((to === undefined) === (by === undefined)) {
        return problem(reply, 400, 'One of "to" and "by"', 'Give either "to" (a time) or "by" (a duration).');
      }
      await (to === undefined ? clock.advanceBy(by ?? '') : clock.advanceTo(to));
      return clock.view();
    },
  },
  {
    method: 'POST',
    path: '/v1/clock/next',
    summary: 'Move to the next thing that is due and do it.',
    handle: async ({ clock }) => {
      await clock.runToNext();
      return clock.view();
    },
  },
  {
    method: 'POST',
    path: '/v1/clock/pause',
    summary: 'Let business time stand still.',
    handle: ({ clock }) => (clock.pause(), clock.view()),
  },
  {
    method: 'POST',
    path: '/v1/clock/resume',
    summary: 'Let business time run, at a speed.',
    body: z.strictObject({ speed: z.optional(z.number().check(z.gt(0), z.lte(100_000))) }),
    handle: ({ clock }, request) => {
      clock.resume(request.body ?? {});
      return clock.view();
    },
  },
  ...JOURNAL_ROUTES,
  {
    method: 'GET',
    path: '/v1/state',
    summary: 'Phase, business date, sessions and participants.',
    handle: (port) => port.state(),
  },
  {
    method: 'GET',
    path: '/v1/participants/{code}/trades',
    summary: 'A participant’s trades as DCASS has them now.',
    handle: (port, request, reply) => sendBooks(port, request, reply, 'trades'),
  },
  {
    method: 'GET',
    path: '/v1/participants/{code}/positions',
    summary: 'A participant’s positions as DCASS has them now.',
    handle: (port, request, reply) => sendBooks(port, request, reply, 'positions'),
  },
  {
    method: 'GET',
    path: '/v1/discrepancies',
    summary: 'For the instructor: the breaks that the scenario planted in the participants’ own records.',
    handle: (port) => ({ discrepancies: port.discrepancies() }),
  },
  {
    method: 'GET',
    path: '/v1/expectations',
    summary: 'What the scenario expects, and how it stands.',
    handle: (port) => ({ expectations: port.expectations() }),
  },
  {
    method: 'POST',
    path: '/v1/expectations/{id}',
    summary: 'The instructor decides of an expectation: waived, or of one with "confirm" met or missed.',
    body: z.strictObject({ verdict: z.enum(['met', 'missed', 'waived']), note: z.optional(text('in a few words')) }),
    handle: (port, request, reply) => {
      const { id } = request.params as { id: string };
      const { verdict, note } = request.body as { verdict: Verdict; note?: string };
      const trouble = port.judge(id, verdict, note);
      return trouble === undefined ? { id, verdict } : problem(reply, 409, 'This cannot be decided', trouble);
    },
  },
  {
    method: 'GET',
    path: '/v1/score',
    summary: 'The day graded: expectations with their evidence, the checklist, pauses, what nobody asked for.',
    handle: (port) => port.score(),
  },
  {
    method: 'GET',
    path: '/v1/fallback',
    summary:
      'After a fallback: the clearing transactions to be re-input, and what looks different on the old platform.',
    handle: (port, _request, reply) =>
      port.fallback() ?? problem(reply, 404, 'No fallback', 'HKEX has not fallen back to the old platform.'),
  },
  {
    method: 'GET',
    path: '/v1/gates',
    summary: 'The decisions of the timeline: those that wait for the instructor, and those that were made.',
    handle: (port) => ({ gates: port.gates() }),
  },
  {
    method: 'POST',
    path: '/v1/gates/{gate}',
    summary: 'Decide: the step happens (open), or does not (skip).',
    body: z.strictObject({ decision: z.enum(['open', 'skip']) }),
    handle: (port, request, reply) => {
      const { gate } = request.params as { gate: string };
      const { decision } = request.body as { decision: Decision };
      if (port.decide(gate, decision)) return { gate, decision };
      const waiting = port.gates().filter((each) => each.decision === undefined);
      const names = waiting.length === 0 ? 'none does' : waiting.map((each) => each.gate).join(', ');
      return problem(reply, 404, 'No such gate', `No gate "${gate}" waits for a decision now (waiting: ${names}).`);
    },
  },
  {
    method: 'POST',
    path: '/v1/inject',
    summary: 'Perform a verb of the scenario language now.',
    body: z.strictObject({ verb: text('gateway.stop'), with: z.optional(z.record(z.string(), z.unknown())) }),
    handle: async (port, request, reply) => {
      const { verb, with: args } = request.body as { verb: string; with?: object };
      const { refused } = await port.inject(verb, args ?? {});
      if (!refused) return { done: verb };
      const facts = JSON.stringify(refused.facts);
      return problem(reply, 409, 'The clearing state refuses it', `${verb}: ${refused.code} ${facts}`, refused.code);
    },
  },
  ...FAULT_ROUTES,
  {
    method: 'GET',
    path: '/v1/checkpoints',
    summary: 'The moments to which the day can be brought back.',
    handle: (port) => ({ checkpoints: port.checkpoints.list() }),
  },
  {
    method: 'POST',
    path: '/v1/checkpoints',
    summary: 'Save the day as it is now; without a "name" it gets one.',
    body: z.strictObject({ name: z.optional(text('before-the-fallback: letters, digits, ".", "_" and "-"')) }),
    handle: (port, request, reply) => {
      const { name } = (request.body ?? {}) as { name?: string };
      return reply.status(201).send(port.checkpoints.save(name));
    },
  },
  {
    method: 'POST',
    path: '/v1/checkpoints/{name}/restore',
    summary: 'Bring the day back to a checkpoint. Clients are disconnected; the journal goes on.',
    handle: (port, request) => port.checkpoints.restore((request.params as { name: string }).name),
  },
  {
    method: 'GET',
    path: '/v1/mail',
    summary: "What HKEX's desk has written: answers to forms, and notices to the participants' contacts.",
    query: { participant: 'the DCASS Customer Code; all mails without it' },
    handle: (port, request) => {
      const { participant } = request.query as { participant?: string };
      return { mails: port.mails().filter((mail) => participant === undefined || mail.participant === participant) };
    },
  },
  {
    method: 'GET',
    path: '/v1/mail/{number}',
    summary: 'One of these mails.',
    handle: (port, request, reply) => {
      const { number } = request.params as { number: string };
      const mail = port.mails().find((each) => String(each.number) === number);
      return (
        mail ??
        problem(
          reply,
          404,
          'Unknown mail',
          `There is no mail ${number.slice(0, 20)}; ${port.mails().length} were written.`,
        )
      );
    },
  },
  {
    method: 'POST',
    path: '/v1/confirmations',
    summary: 'Record that a participant handed in the Confirmation Form (Appendix E), on time or late.',
    body: z.strictObject({ participant: text('the DCASS Customer Code, CABC') }),
    handle: (port, request, reply) => {
      const { participant } = request.body as { participant: string };
      const recorded = port.confirm(participant);
      return recorded
        ? reply.status(201).send({ participant, late: recorded.late, entry: recorded.entry })
        : problem(reply, 404, 'Unknown participant', `The scenario has no clearing participant "${participant}".`);
    },
  },
];

/** Adds the table's routes to the server. */
export function addRoutes(app: FastifyInstance, port: ControlPort): void {
  for (const route of CONTROL_ROUTES) {
    app.route({
      method: route.method,
      url: route.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      handler(request, reply) {
        const checked = route.body && z.safeParse(route.body, request.body ?? {});
        if (checked?.success === false)
          return problem(reply, 400, 'The body is not what this path takes', toDetail(checked.error.issues));
        const traceparent = readTraceparent(request.headers['traceparent']);
        if (traceparent === undefined) return route.handle(port, request, reply);
        return port.journal.traced(traceparent, () => route.handle(port, request, reply));
      },
    });
  }
}

function sendBooks(
  port: ControlPort,
  request: FastifyRequest,
  reply: FastifyReply,
  list: 'trades' | 'positions',
): object {
  const { code } = request.params as { code: string };
  const books = port.books(code);
  const { participants, simTime, businessDate } = port.state();
  if (books) return { participant: code, simTime, businessDate, [list]: books[list] };
  const codes = participants.map((each) => each.code);
  const known = codes.length > 20 ? `${codes.slice(0, 20).join(', ')} and ${codes.length - 20} more` : codes.join(', ');
  const title = 'Unknown participant';
  return problem(reply, 404, title, `The scenario has no clearing participant "${code}"; it has ${known}.`);
}

/** `speed: expected number, received string; …` */
function toDetail(issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): string {
  return issues.map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message)).join('; ');
}
