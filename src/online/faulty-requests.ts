import { STATUS_CODES } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Line } from '../faults/line.ts';
import type { FaultHit, Faults } from '../faults/live-faults.ts';
import { browserSessionOf, formField, type OnlineContext } from './context.ts';
import { sendRefusal } from './visit.ts';

/** The fault that hits a request, if one does. */
export function faultAt(faults: Faults, context: OnlineContext, request: FastifyRequest): FaultHit | undefined {
  if (faults.isQuiet) return undefined;
  const user = browserSessionOf(context, request, { uses: false })?.user ?? formField(request, 'username');
  return faults.take({
    stages: ['answer'],
    listeners: [context.gatewayOf(request).name],
    // What was typed may be anything; the journal does not need it whole.
    user: user?.slice(0, 20),
    method: request.method,
    path: (request.url.split('?')[0] ?? '').slice(0, 200),
  });
}

interface FaultyRequest {
  readonly context: OnlineContext;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly line: Line;
}

/** Does to the answer what the fault says. @returns whether the request is carried out */
export function applyFault(hit: FaultHit, { context, request, reply, line }: FaultyRequest): boolean {
  const { effect, carriesOut } = hit;
  if (effect.do === 'status') {
    const title = STATUS_CODES[effect.status] ?? `Status ${effect.status}`;
    const text = 'A fault of the scenario answers in the place of the page.';
    void sendRefusal(context, request, reply, undefined, { status: effect.status, title, text });
    return false;
  }
  const applied = line.apply(hit);
  reply.raw.once('close', () => applied[Symbol.dispose]());
  return carriesOut;
}
