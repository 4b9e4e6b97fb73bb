import type { FastifyReply } from 'fastify';
import { SimError, type SimErrorCode } from '../sim-error.ts';

/** Answers with RFC 9457 problem+json: what was found, what is allowed, where. */
export function problem(
  reply: FastifyReply,
  status: number,
  title: string,
  detail: string,
  code?: string,
): FastifyReply {
  return reply
    .status(status)
    .type('application/problem+json')
    .send({ type: 'about:blank', title, status, detail, ...(code ? { code } : {}) });
}

/** The status of an operator's error: what the caller asked for is wrong (400), or cannot be done now (409). */
export function statusOf(code: SimErrorCode): number {
  if (code === 'SIM_CHECKPOINT_UNKNOWN') return 404;
  return code === 'SIM_TIME_BACKWARDS' || code === 'SIM_STOPPED' ? 409 : 400;
}

/** Turns an error that a route threw into a problem; a bug says no more than that. */
export function toProblem(reply: FastifyReply, error: unknown): FastifyReply {
  if (error instanceof SimError)
    return problem(reply, statusOf(error.code), 'The request cannot be done', error.message, error.code);
  const status = (error as { statusCode?: number }).statusCode;
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return problem(reply, status, 'The request cannot be read', (error as Error).message);
  }
  return problem(reply, 500, 'A bug in the simulator', 'The journal has an entry simulator.bug about it.');
}
