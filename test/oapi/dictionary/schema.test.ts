import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { dictionaryJsonSchema } from '../../../src/oapi/dictionary/dictionary-schema.ts';

test("the published JSON Schema is the validator's own", () => {
  const published = readFileSync(new URL('../../../dictionaries/dictionary.schema.json', import.meta.url), 'utf8');
  expect(published).toBe(`${JSON.stringify(dictionaryJsonSchema(), null, 2)}\n`);
});
