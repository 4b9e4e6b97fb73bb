import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problem } from './problem.ts';

/** Paths that answer without the token: they tell nothing that a port scan does not. */
const OPEN_PATHS = new Set(['/healthz', '/readyz', '/openapi.json']);

/**
 * Lets through only requests to this very server (no DNS rebinding), from no foreign web page, with
 * the bearer token. The comparison takes the same time for every wrong token.
 */
export function guard(hosts: () => readonly string[], token: string) {
  const wanted = digest(`Bearer ${token}`);
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined => {
    const allowed = hosts();
    const host = request.headers.host ?? '';
    if (!allowed.includes(host)) {
      return problem(
        reply,
        421,
        'Wrong host',
        `The Host header is "${host}"; this API answers to ${allowed.join(', ')}.`,
      );
    }
    const { origin } = request.headers;
    if (origin !== undefined && !allowed.some((each) => origin === `http://${each}`)) {
      return problem(reply, 403, 'Foreign origin', `A page of ${origin} may not use this API.`);
    }
    if (OPEN_PATHS.has(request.url.split('?')[0] ?? '')) return undefined;
    if (!timingSafeEqual(digest(request.headers.authorization ?? ''), wanted)) {
      void reply.header('www-authenticate', 'Bearer');
      return problem(
        reply,
        401,
        'Token missing or wrong',
        'Send "Authorization: Bearer <token>"; the token is in the ready line.',
      );
    }
    return undefined;
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
