import type { FastifyServerOptions } from 'fastify';

/**
 * Fastify without ajv and fast-json-stringify: our routes check their input with zod, as scenarios do,
 * and loading and compiling the two costs a start more than 100 ms.
 */
type ValidatorFactory = NonNullable<NonNullable<NonNullable<FastifyServerOptions['schemaController']>['compilersFactory']>['buildValidator']>;

export const NO_SCHEMA_COMPILERS: NonNullable<FastifyServerOptions['schemaController']> = {
  compilersFactory: {
    // Nothing is declared to be checked here: no route has a schema.
    buildValidator: (() => () => () => true) as unknown as ValidatorFactory,
    buildSerializer: () => () => JSON.stringify,
  },
};
