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
  const step = stepOf(schema);
  const stepProperties = step['properties'] as Record<string, Json>;
  stepProperties['do'] = { ...stepProperties['do'], enum: VERBS.map((verb) => verb.name) };
  step['oneOf'] = ['at', 'after', 'when', 'gate'].map((trigger) => ({ required: [trigger] }));
  step['allOf'] = VERBS.map((verb) => ({
    if: { properties: { do: { const: verb.name } } },
    // oxlint-disable-next-line unicorn/no-thenable -- JSON Schema's own word.
    then: {
      properties: { with: { ...withoutDialect(convert(verb.schema)), examples: [verb.example] } },
      ...(verb.schema.safeParse({}).success ? {} : { required: ['with'] }),
    },
  }));
  // `x-…` sections belong to other tools.
  const whole = { ...withoutDialect(schema), patternProperties: { '^x-': {} } };
  return {
    $schema: schema['$schema'],
    title: 'A day of dcass-sim',
    if: { type: 'object', required: ['extends'] },
    // oxlint-disable-next-line unicorn/no-thenable -- JSON Schema's own word.
    then: changesOf(whole),
    else: whole,
  };
}

/** The step among the items of the timeline, beside the rows of a CSV file. */
function stepOf(schema: Json): Json {
  const { timeline } = schema['properties'] as Record<string, { anyOf?: readonly { items?: { anyOf?: Json[] } }[] }>;
  const steps = timeline?.anyOf?.flatMap(({ items }) => items?.anyOf ?? []) ?? [];
  const step = steps.find(({ properties }) => 'do' in ((properties ?? {}) as Json));
  if (!step) throw new Error('the schema has no steps of a timeline');
  return step;
}

/** A day that extends another one writes only what it changes: no section of it need be whole. */
function changesOf(whole: Json): Json {
  const properties = whole['properties'] as Record<string, Json>;
  const changes = Object.entries(properties).map(([name, { type, description }]) => [
    name,
    { ...(type === undefined ? {} : { type }), ...(description === undefined ? {} : { description }) },
  ]);
  return {
    ...whole,
    required: ['format', 'extends', 'scenario'],
    properties: {
      ...Object.fromEntries(changes),
      ...Object.fromEntries(['format', 'extends', 'params'].map((name) => [name, properties[name]])),
    },
  };
}

function convert(schema: z.ZodMiniType): Json {
  return z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    override: ({ zodSchema, jsonSchema }) => {
      const words = leafOf(zodSchema);
      if (words) jsonSchema.description = words.expects;
      allowParameter(jsonSchema);
    },
  }) as Json;
}

/** Where a value has a form of its own, a parameter may stand in its place: `"${closes}"`. */
function allowParameter(schema: Json): void {
  if (typeof schema['pattern'] === 'string') schema['pattern'] = `(${schema['pattern']})|\\$\\{[^}]+\\}`;
  if (schema['type'] !== 'integer') return;
  const { description, ...number } = schema;
  for (const key of Object.keys(number)) delete schema[key];
  schema['anyOf'] = [number, { type: 'string', pattern: String.raw`^\$\{[^}]+\}$` }];
  if (description !== undefined) schema['description'] = description;
}

function withoutDialect({ $schema: _dialect, ...schema }: Json): Json {
  return schema;
}
