import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { REPORT_CODES } from '../../src/clearing/report.ts';
import { DEFAULT_REPORTING } from '../../src/clearing/reports/template.ts';
import { initialState } from '../../src/clearing/initial-state.ts';
import { makeReport } from '../../src/clearing/make-report.ts';
import { CABC } from '../clearing/support/market.ts';
import { at, deal, world } from '../support/world.ts';
import { PLACEHOLDERS } from '../../src/clearing/reports/placeholders.ts';
import { REPORTS } from '../../src/clearing/reports/catalogue.ts';
import type { ReportDefinition } from '../../src/clearing/reports/definition.ts';
import { keysOf, schemaAt } from '../../src/scenario/issues.ts';
import { readTemplate } from '../../src/scenario/report-templates/read-template.ts';
import { templateFile } from '../../src/scenario/report-templates/schema.ts';

const PAGE = new URL('../../docs/reference/reports.md', import.meta.url);
const GUIDE = readFileSync(new URL('../../docs/guides/report-templates.md', import.meta.url), 'utf8');

const printed = REPORT_CODES.map((code) => section(REPORTS[code])).join('\n');

function section({ code, name, contents, scope, clearingHouse, made, template, fields }: ReportDefinition): string {
  const whose =
    scope === 'common'
      ? 'common'
      : clearingHouse === 'both'
        ? "the participant's own"
        : `of ${clearingHouse}'s participants`;
  return [
    `## \`${code}\``,
    '',
    `**${name}.** ${contents}`,
    '',
    `${whose.charAt(0).toUpperCase()}${whose.slice(1)}; made ${made.length === 0 ? 'when the business date rolls' : made.join(', ')}; \`${template.fileName}\` (${template.layout}).`,
    '',
    ...(fields.length === 0 ? [] : ['| field | kind | |', '|---|---|---|']),
    ...fields.map((field) => `| \`${field.name}\` | ${field.kind} | ${field.docs} |`),
    ...(fields.length === 0 ? [] : ['']),
  ].join('\n');
}

if (process.env['GOLDEN'] === 'update') {
  const text = readFileSync(PAGE, 'utf8');
  writeFileSync(PAGE, `${text.slice(0, text.indexOf('-->') + 3)}\n\n${printed}`);
}

test('the page of reports has every report and field of the catalogue', () => {
  const text = readFileSync(PAGE, 'utf8');
  expect(text.slice(text.indexOf('-->') + 3).trim()).toBe(printed.trim());
});

test('the guide names every key and placeholder of a template', () => {
  const keys = [[], ['columns', 0], ['totals'], ['page']].flatMap((path) => keysOf(schemaAt(templateFile, path)));
  expect(keys.length).toBeGreaterThan(25);
  expect(keys.filter((key) => !new RegExp(`\\b${key}\\b`).test(GUIDE))).toEqual([]);
  expect(Object.keys(PLACEHOLDERS).filter((name) => !GUIDE.includes(`{${name}}`))).toEqual([]);
});

test('the template of the guide prints what the guide says', () => {
  const blocks = [...GUIDE.matchAll(/```\w*\n([\s\S]*?)```/g)].map(([, text = '']) => text);
  const yaml = blocks.find((text) => text.startsWith('format:')) ?? '';
  const shown = blocks.find((text) => text.startsWith('HDR'));
  const read = readTemplate(yaml, 'guide.yaml');
  if (!read.ok) throw new Error(read.problems.map((each) => each.message).join('\n'));
  const state = initialState(
    world({
      deals: [deal({ matchedAt: at('10:15') })],
      reporting: { ...DEFAULT_REPORTING, templates: { trades: read.template } },
    }),
  );
  expect(makeReport(state, { code: 'trades', participant: CABC }, at('11:00')).text).toBe(shown);
});
