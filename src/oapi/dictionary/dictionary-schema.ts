import * as z from 'zod/mini';
import { DICTIONARY_FORMAT } from './dictionary-file.ts';

// The shape of a dictionary file, loaded only where a file comes from outside the package. What a shape cannot say
// (that members add up, that names exist) is in read-dictionary.ts.

const text = z.string().check(z.minLength(1));
const identifier = z.string().check(z.regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'a name of letters, digits and _'));
const messageType = z.string().check(z.regex(/^[A-Z]{2}\d{1,5}$/, 'two capital letters and a number, such as CQ3'));
const int32 = z.int().check(z.minimum(-0x80000000), z.maximum(0xffffffff));

export const dictionaryFile = z.strictObject({
  format: z.literal(DICTIONARY_FORMAT),
  name: z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'letters, digits, ., _ and -, at most 64')),
  family: z.enum(['genium', 'click']),
  title: z.string(),
  sources: z.record(z.string(), z.string()),
  structs: z.array(
    z.strictObject({ name: identifier, size: z.int().check(z.minimum(0)), source: text, members: z.array(z.string()) }),
  ),
  messages: z.array(
    z.strictObject({
      type: messageType,
      struct: identifier,
      variable: z.optional(z.enum(['items', 'sub-items'])),
      facility: z.optional(z.string().check(z.regex(/^EP\d$/, 'EP0 to EP9'))),
      source: text,
    }),
  ),
  namedStructs: z.array(
    z.strictObject({ number: z.int().check(z.minimum(0), z.maximum(0xffff)), struct: identifier, source: text }),
  ),
  codes: z.array(z.strictObject({ name: identifier, value: int32, source: text })),
  enumerations: z.array(z.strictObject({ name: identifier, values: z.record(z.string(), int32), source: text })),
  meanings: z.optional(z.record(z.string(), z.record(z.string(), identifier))),
});

/** The JSON Schema, for editors: made from the validator, so that the two cannot differ. Not part of the running product. */
export function dictionaryJsonSchema(): Record<string, unknown> {
  return {
    ...(z.toJSONSchema(dictionaryFile, { target: 'draft-2020-12' }) as Record<string, unknown>),
    title: 'A dictionary of OAPI message layouts for dcass-sim',
  };
}
