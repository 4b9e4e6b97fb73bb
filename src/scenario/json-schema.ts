import * as z from 'zod/mini';
import { leafOf } from './leaf.ts';
import { scenarioFile } from './schema.ts';
import { VERBS } from './verbs/catalogue.ts';

type Json = Record<string, unknown>;

/**
 * The JSON Schema of scenario files, for editors and CI. Made from the validator itself, so that the
 * two cannot differ; the names in a file, its times and its order are beyond a schema and left to
 * `dcass-sim check`. Not imported by the running product.
 */
export function scenarioJsonSchema(): Json {
  const schema = convert(scenarioFile);
  const properties = schema['properties'] as Record<string, { items?: Json }>;
  const step = properties['timeline']?.items;
  if (!step) throw new Error('the schema has no timeline');
  const stepProperties = step['properties'] as Record<string, Json>;
  stepProperties['do'] = { ...stepProperties['do'], enum: VERBS.map((verb) => verb.name) };
  step['oneOf'] = [{ required: ['at'] }, { required: ['after'] }];
  step['allOf'] = VERBS.map((verb) => ({
    if: { properties: { do: { const: verb.name } } },
    // oxlint-disable-next-line unicorn/no-thenable -- JSON Schema's own word.
    then: {
      properties: { with: { ...withoutDialect(convert(verb.schema)), examples: [verb.example] } },
      ...(verb.schema.safeParse({}).success ? {} : { required: ['with'] }),
    },
  }));
  return {
    ...schema,
    title: 'A day of dcass-sim',
    // `x-…` sections belong to other tools.
    patternProperties: { '^x-': {} },
  };
}

function convert(schema: z.ZodMiniType): Json {
  return z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    override: ({ zodSchema, jsonSchema }) => {
      const words = leafOf(zodSchema);
      if (words) jsonSchema.description = words.expects;
    },
  }) as Json;
}

function withoutDialect({ $schema: _dialect, ...schema }: Json): Json {
  return schema;
}
