import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problem } from './problem.ts';

/**
 * Hosts that the API answers to, with their ports; or, where it was told to listen to other machines, any IP address,
 * localhost, and names without a dot (a container's): no name that a foreign page can make its own.
 */
export type AnsweredHosts = readonly string[] | 'any address';

/** Paths that answer without the token: they tell nothing that a port scan does not. */
const OPEN_PATHS = new Set(['/healthz', '/readyz', '/openapi.json']);

/**
 * Lets through only requests to this very server (no DNS rebinding), from no foreign web page, with
 * the bearer token. The comparison takes the same time for every wrong token.
 */
export function guard(hosts: () => AnsweredHosts, token: string) {
  const wanted = digest(`Bearer ${token}`);
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined => {
    const allowed = hosts();
    const host = request.headers.host ?? '';
    if (!answersTo(allowed, host)) {
      return problem(
        reply,
        421,
        'Wrong host',
        `The Host header is "${host}"; this API answers to ${allowed === 'any address' ? 'IP addresses, localhost, and names without a dot' : allowed.join(', ')}.`,
      );
    }
    const { origin } = request.headers;
    if (origin !== undefined && origin !== `http://${host}`) {
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

function answersTo(allowed: AnsweredHosts, host: string): boolean {
  if (allowed !== 'any address') return allowed.includes(host);
  const [, bracketed, name = ''] = /^(?:\[([\da-f:.]+)\]|([\w.-]+))(?::\d{1,5})?$/i.exec(host) ?? [];
  return isIP(bracketed ?? name) !== 0 || /^[\w-]+$/.test(name);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
