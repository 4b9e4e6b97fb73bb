import { createServer, type RequestListener } from 'node:http';
import fastify from 'fastify';
import { NO_SCHEMA_COMPILERS } from '../host/no-schema-compilers.ts';
import { guard, type AnsweredHosts } from './guard.ts';
import type { ControlPort } from './port.ts';
import { problem, toProblem } from './problem.ts';
import { addRoutes } from './routes.ts';

export interface ControlAppOptions {
  readonly hosts: () => AnsweredHosts;
  readonly token: string;
  readonly version: string;
  readonly core: ControlPort;
}

export interface ControlApp {
  /** Answers the requests of any server. */
  readonly listener: RequestListener;
  close(): Promise<void>;
}

/** All routes of the control API, behind its guard. */
export async function createControlApp({ hosts, token, version, core }: ControlAppOptions): Promise<ControlApp> {
  const app = fastify({
    bodyLimit: 64 * 1024,
    logger: false,
    schemaController: NO_SCHEMA_COMPILERS,
    // The server that listens is another: this one never does.
    serverFactory: () => createServer(),
  });
  const check = guard(hosts, token);
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
  return { listener: app.routing, close: async () => app.close() };
}
