import type { FastifyServerOptions } from 'fastify';

type SchemaController = NonNullable<FastifyServerOptions['schemaController']>;

/**
 * Fastify without ajv and fast-json-stringify: no route of ours declares a schema (input is checked with
 * zod, as scenarios are), and loading and compiling the two costs a start 100 ms. A route that declares one
 * all the same is told so when it is added.
 */
export const NO_SCHEMA_COMPILERS: SchemaController = {
  compilersFactory: { buildValidator: refuseSchema, buildSerializer: refuseSchema },
};

function refuseSchema(): never {
  throw new Error('this server has no schema compilers; check the input with zod');
}
