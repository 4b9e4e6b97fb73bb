import * as z from 'zod/mini';
import { CONTROL_ROUTES, type ControlRoute } from './routes.ts';

/** The OpenAPI 3.1 description of the control API, made from the routes themselves. */
export function openApi(version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of CONTROL_ROUTES) {
    const operation = {
      summary: route.summary,
      ...parametersOf(route),
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

function parametersOf({ path, query = {} }: ControlRoute): { readonly parameters?: readonly object[] } {
  const schema = { type: 'string' };
  const parameters = [
    ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema })),
    ...Object.entries(query).map(([name, description]) => ({
      name,
      in: 'query',
      required: false,
      description,
      schema,
    })),
  ];
  return parameters.length > 0 ? { parameters } : {};
}
