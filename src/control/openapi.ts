import * as z from 'zod/mini';
import { CONTROL_ROUTES } from './routes.ts';

/** The OpenAPI 3.1 description of the control API, made from the routes themselves. */
export function openApi(version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of CONTROL_ROUTES) {
    const operation = {
      summary: route.summary,
      ...(route.query
        ? {
            parameters: Object.entries(route.query).map(([name, description]) => ({
              name,
              in: 'query',
              required: false,
              description,
              schema: { type: 'string' },
            })),
          }
        : {}),
      ...(route.body
        ? { requestBody: { content: { 'application/json': { schema: z.toJSONSchema(route.body) } } } }
        : {}),
      responses: {
        '200': { description: 'Done.' },
        default: {
          description: 'A problem: what was found and what is allowed.',
          content: { 'application/problem+json': {} },
        },
      },
    };
    (paths[route.path] ??= {})[route.method.toLowerCase()] = operation;
  }
  return {
    openapi: '3.1.0',
    info: { title: 'dcass-sim control API', version, description: 'The instructor’s side of a simulated DCASS day.' },
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    security: [{ token: [] }],
    paths,
  };
}
