import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { REPORTS } from '../../../src/clearing/reports/catalogue.ts';
import { loadScenario } from '../../../src/scenario/load.ts';
import { readTemplateFolder } from '../../../src/scenario/report-templates/read-folder.ts';
import { templateText } from '../../../src/scenario/report-templates/template-text.ts';
import { dayText } from '../support/day.ts';

const TRADES = templateText(REPORTS.trades.template, REPORTS.trades);

/** A folder with these files, gone when the test ends. */
function folder(files: Readonly<Record<string, string>>): string {
  const path = mkdtempSync(join(tmpdir(), 'dcass-sim-templates-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}

test('a folder has a template for each file, whatever else lies beside them', async () => {
  const path = folder({ 'trades.yaml': TRADES, 'README.md': 'ours', '.swp': '' });
  expect(await readTemplateFolder(path)).toEqual({ ok: true, templates: { trades: REPORTS.trades.template } });
});

test('every file that is no template of its report is told', async () => {
  const path = folder({
    'trade.yaml': TRADES,
    'positions.yaml': TRADES,
    'give-ups.yml': TRADES,
    'accounts.yaml': 'format: x\n',
  });
  const read = await readTemplateFolder(path, 'mine');
  expect('problems' in read && read.problems.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([
    expect.stringContaining('mine/accounts.yaml:1 found "x"; write dcass-report-template/1'),
    ...[
      'mine/accounts.yaml:1 "report" is missing here; write report: and one of: trades, positions',
      'mine/accounts.yaml:1 "fileName" is missing here',
      'mine/accounts.yaml:1 "layout" is missing here',
      'mine/accounts.yaml:1 "columns" is missing here',
    ].map((text) => expect.stringContaining(text) as string),
    'mine/give-ups.yml:1 a template is called <report>.yaml; rename this file, or move it away',
    'mine/positions.yaml:1 this file is the template of trades; call it trades.yaml, or write report: positions',
    expect.stringContaining('mine/trade.yaml:1 there is no report "trade"; write "trades"'),
  ]);
});

test('a folder that is not there, is none, or is empty, is told', async () => {
  const path = folder({ 'a.yaml': '' });
  mkdirSync(join(path, 'empty'));
  expect(await readTemplateFolder(join(path, 'none'))).toEqual({ ok: false, trouble: 'there is no such folder' });
  expect(await readTemplateFolder(join(path, 'a.yaml'))).toEqual({ ok: false, trouble: 'it is no folder' });
  expect(await readTemplateFolder(join(path, 'empty'))).toMatchObject({
    trouble: expect.stringContaining('no template') as string,
  });
});

/** A scenario file whose templates lie in `templates` beside it. */
function day(templates: Readonly<Record<string, string>>): string {
  const path = folder({ 'day.yaml': dayText({ world: '  reports: { templates: ./templates }' }) });
  mkdirSync(join(path, 'templates'));
  for (const [name, text] of Object.entries(templates)) writeFileSync(join(path, 'templates', name), text);
  return join(path, 'day.yaml');
}

test('a scenario names the folder, which lies beside it; another folder can be named instead', async () => {
  const file = day({ 'trades.yaml': TRADES.replace('separator: ","', 'separator: ";"') });
  const separators = async (reportTemplates?: string) => {
    const loaded = await loadScenario(file, reportTemplates === undefined ? {} : { reportTemplates });
    if (!loaded.ok) throw new Error(loaded.problems.map((each) => each.message).join('\n'));
    const { templates } = loaded.scenario.world.reporting ?? {};
    return Object.entries(templates ?? {}).map(([code, template]) => [code, template.separator]);
  };
  expect(await separators()).toEqual([['trades', ';']]);
  expect(
    await separators(folder({ 'accounts.yaml': templateText(REPORTS.accounts.template, REPORTS.accounts) })),
  ).toEqual([['accounts', ',']]);
  expect(await separators()).toEqual([['trades', ';']]);
});

test('what is wrong with a template makes the scenario invalid, at the place in the template', async () => {
  const file = day({ 'trades.yaml': TRADES.replace('field: deal', 'field: deel') });
  const loaded = await loadScenario(file);
  expect(loaded.ok ? [] : loaded.problems).toEqual([
    expect.objectContaining({
      file: join(file, '..', 'templates/trades.yaml'),
      message: 'there is no field "deel"; write "deal"',
      nearest: 'deal',
    }),
  ]);
});

test('a folder that the scenario names and that is not there is told where it is named; one of the caller is his error', async () => {
  const file = day({});
  const loaded = await loadScenario(file);
  expect(loaded.ok ? [] : loaded.problems).toEqual([
    {
      file,
      line: 16,
      column: 25,
      found: './templates',
      message: expect.stringContaining('"./templates": there is no template in it') as string,
    },
  ]);
  await expect(loadScenario(file, { reportTemplates: '/nowhere' })).rejects.toMatchObject({
    code: 'SIM_OPTION_INVALID',
    message: '--report-templates /nowhere: there is no such folder',
  });
});
