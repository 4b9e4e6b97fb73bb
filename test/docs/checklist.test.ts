import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Expectation } from '../../src/scenario/expectation.ts';
import { loadScenario, shippedNames } from '../../src/scenario/load.ts';
import { describeSeen } from '../../src/scenario/seen.ts';
import { CHECKLIST } from '../../src/score/checklist.ts';
import { SCENARIOS } from '../scenario/support/day.ts';

const PAGE = new URL('../../docs/reference/checklist.md', import.meta.url);

interface ShippedDay {
  readonly name: string;
  readonly header: string;
  readonly expectations: readonly Expectation[];
}

const days: readonly ShippedDay[] = await Promise.all(
  (await shippedNames(SCENARIOS)).map(async (name) => {
    const result = await loadScenario(name, { scenariosDir: SCENARIOS });
    if (!result.ok) throw new Error(`${name} is not valid`);
    return { name, header: headerOf(name), expectations: result.scenario.expectations };
  }),
);

/** The comment above `format:`, as one line of words. */
function headerOf(name: string): string {
  const text = readFileSync(`${SCENARIOS}/${name}.yaml`, 'utf8');
  return text.slice(0, text.indexOf('\nformat:')).replaceAll(/\n# ?/g, ' ').replaceAll(/ +/g, ' ');
}

const itemsOf = ({ expectations }: ShippedDay): readonly number[] =>
  [...new Set(expectations.flatMap(({ checklist }) => checklist ?? []))].toSorted((a, b) => a - b);

test.each(days)('$name opens with what it teaches, for whom, how long, and which items it covers', (day) => {
  expect(day.header).toMatch(/What th(is day|ese days) teach(es)?: /);
  expect(day.header).toMatch(/For: .*about \d+ minutes|For: .*; \d+ minutes/);
  const named = /Checklist items of Appendix A: ([\d, ]+|none)\./.exec(day.header)?.[1] ?? 'nothing';
  expect(named).toBe(itemsOf(day).join(', ') || 'none');
});

test('the days together cover all 22 items of Appendix A', () => {
  expect(new Set(days.flatMap(itemsOf))).toEqual(new Set(Object.keys(CHECKLIST).map(Number)));
});

/** What decides an item, in words that stand for it in every day. */
function evidenceOf({ what, never }: Expectation): string {
  switch (what.kind) {
    case 'confirm':
      return 'an instructor confirms it';
    case 'order':
      return what.seen.map((each) => code(describeSeen(each))).join(', then ');
    case 'seen':
      return `${never ? 'no ' : ''}${code(describeSeen(what.seen))}${what.min > 1 ? `, ${what.min} times or more` : ''}`;
  }
}

function code(text: string): string {
  return `\`${text}\``;
}

/** The rows of an item: an evidence, and the days that look for it. */
function rowsOf(item: number): readonly string[] {
  const found = new Map<string, Set<string>>();
  for (const { name, expectations } of days) {
    for (const each of expectations.filter(({ checklist }) => checklist === item)) {
      const evidence = evidenceOf(each);
      found.set(evidence, (found.get(evidence) ?? new Set()).add(name));
    }
  }
  const sorted = [...found].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([evidence, names], i) => {
    const head = i === 0 ? [String(item), CHECKLIST[item]] : ['', ''];
    return `| ${[...head, evidence, [...names].join(', ')].join(' | ')} |`;
  });
}

// `GOLDEN=update npx vitest run test/docs/checklist.test.ts` writes the table anew, from the days.
test('the page of the checklist has for each item what the shipped days look for', () => {
  const page = readFileSync(PAGE, 'utf8');
  const table = Object.keys(CHECKLIST).map(Number).flatMap(rowsOf).join('\n');
  const marked = `| item | what | observed by | in the days |\n|---|---|---|---|\n${table}\n`;
  const [above = ''] = page.split('| item |');
  if (process.env['GOLDEN'] === 'update') writeFileSync(PAGE, above + marked);
  expect(readFileSync(PAGE, 'utf8')).toBe(above + marked);
});
