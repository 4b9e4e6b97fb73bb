import { isIPv6 } from 'node:net';
import fastify from 'fastify';
import { NO_SCHEMA_COMPILERS } from '../host/no-schema-compilers.ts';
import { listen } from '../host/listen.ts';
import { reachable } from '../host/address-plan.ts';
import { guard, type AnsweredHosts } from './guard.ts';
import type { ControlPort } from './port.ts';
import { problem, toProblem } from './problem.ts';
import { addRoutes } from './routes.ts';

export interface ControlApi extends AsyncDisposable {
  readonly url: string;
  connections(): number;
}

export interface ControlOptions {
  readonly address: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly token: string;
  readonly version: string;
  readonly core: ControlPort;
}

/** Starts the control API: design.md 5.9. */
export async function startControl({ address, port, token, version, core }: ControlOptions): Promise<ControlApi> {
  const app = fastify({
    bodyLimit: 64 * 1024,
    logger: false,
    requestTimeout: 30_000,
    schemaController: NO_SCHEMA_COMPILERS,
  });
  let hosts: AnsweredHosts = [];
  const check = guard(() => hosts, token);
  app.addHook('onRequest', async (request, reply) => check(request, reply));
  app.setErrorHandler((error, request, reply) => {
    const answer = toProblem(reply, error);
    if (reply.statusCode === 500) {
      core.journal.record({
        kind: 'simulator.bug',
        source: 'control',
        where: `${request.method} ${request.url.split('?')[0]}`,
        error: String(error),
      });
    }
    return answer;
  });
  app.setNotFoundHandler((request, reply) =>
    problem(
      reply,
      404,
      'No such path',
      `${request.method} ${request.url.split('?')[0]} is not part of this API; /openapi.json lists it.`,
    ),
  );
  addRoutes(app, core);
  app.get('/openapi.json', async () => (await import('./openapi.ts')).openApi(version));
  app.get('/metrics', async (_request, reply) => {
    const { metricsText } = await import('./metrics.ts');
    const { contentType, body } = await metricsText(core);
    return reply.type(contentType).send(body);
  });
  await app.ready();
  const listener = await listen(app.server, 'control', address, port);
  // Whoever listens on all addresses is called by this one.
  const called = reachable(address);
  const authority = `${isIPv6(called) ? `[${called}]` : called}:${listener.port}`;
  hosts = isLoopback(address) ? [authority, `localhost:${listener.port}`] : 'any address';
  return {
    url: `http://${authority}`,
    connections: () => listener.connections(),
    [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose](),
  };
}

function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}
