import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { scenarioJsonSchema } from '../../src/scenario/json-schema.ts';
import { dayText, SCENARIOS } from './support/day.ts';

const validate = new Ajv2020({ strict: false }).compile(scenarioJsonSchema());

test('the JSON Schema in scenarios/ is the one that the validator makes; else run: node scripts/schema.mjs', () => {
  expect(readFileSync(`${SCENARIOS}/scenario.schema.json`, 'utf8')).toBe(
    `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`,
  );
});

test.each(readdirSync(SCENARIOS).filter((name) => name.endsWith('.yaml')))('%s follows the JSON Schema', (name) => {
  expect(validate(parse(readFileSync(`${SCENARIOS}/${name}`, 'utf8'))), JSON.stringify(validate.errors)).toBe(true);
});

describe('the JSON Schema refuses what the loader refuses by shape', () => {
  const change = (from: string | RegExp, to: string): unknown => parse(dayText().replace(from, to));
  test.each<[string, unknown]>([
    ['an unknown section', change('timeline:', 'timelime:')],
    ['an unknown key', change('clearingHouses', 'clearingHouse')],
    ['an unknown verb', change('session.close', 'session.shut')],
    ["a wrong argument of the step's verb", change('mode: enquiry-only', 'mode: all')],
    ['a verb without its arguments', change(', with: { mode: enquiry-only }', '')],
    ['a time that no clock shows', change('"09:00"', '"25:00"')],
    ['two triggers', change('at: "12:00"', 'at: "12:00", after: { id: opens, by: 3h }')],
    ['a number for a code', change('code: "CABC"', 'code: 123')],
  ])('%s', (_name, value) => {
    expect(validate(value)).toBe(false);
  });

  test('and takes the small day as it is', () => {
    expect(validate(parse(dayText())), JSON.stringify(validate.errors)).toBe(true);
  });
});
