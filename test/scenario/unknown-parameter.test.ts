import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { SCENARIOS, troubles } from './support/day.ts';

/** A value, each time with another thing in it replaced: the value itself, or what is anywhere inside. */
function* withOneReplaced(value: unknown, by: string): Iterable<unknown> {
  yield by;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, each] of Object.entries(value)) {
    for (const changed of withOneReplaced(each, by))
      yield Array.isArray(value) ? value.with(Number(key), changed) : { ...value, [key]: changed };
  }
}

// Goal: the name of a parameter that is not there is told, once, wherever it stands, and nobody stumbles over the text that
// stands in the place of a list, a group or a number. Method: days with many kinds of things in them, each thing in turn.
test.each(['cutover-weekend', 'fallback', 'launch-day', 'report-retrieval'])(
  'in %s a parameter that is not there is told in the place of anything',
  (name) => {
    const text = readFileSync(`${SCENARIOS}/${name}.yaml`, 'utf8');
    // What says what the parameters are takes none.
    const { params, ...day } = parse(text, { merge: true }) as Readonly<Record<string, unknown>>;
    for (const [key, section] of Object.entries(day)) {
      for (const changed of withOneReplaced(section, '${gone}')) {
        const told = troubles(JSON.stringify({ params, ...day, [key]: changed }));
        expect(
          told.filter((each) => each.includes('there is no parameter "gone"')),
          `${key}: ${JSON.stringify(changed)}\n${told.join('\n')}`,
        ).toHaveLength(1);
      }
    }
  },
  60_000,
);
