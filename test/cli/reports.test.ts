import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { REPORT_CODES } from '../../src/clearing/report.ts';
import { run } from './command.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'dcass-sim-reports-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test('reports lists the catalogue in 80 columns, and as JSON with the fields', async () => {
  const { code, stdout } = await run(['reports']);
  expect(code).toBe(0);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.slice(1).map((line) => line.split(' ')[0])).toEqual([...REPORT_CODES]);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  const json = JSON.parse((await run(['reports', '--json'])).stdout) as { code: string; fields: object[] }[];
  expect(json.map((each) => each.code)).toEqual([...REPORT_CODES]);
  expect(json[1]?.fields[3]).toEqual({ name: 'held', title: 'Held', kind: 'number', docs: 'contracts held (long)' });
});

test('an exported layout can be changed and printed, and leaves the other reports as they are', async () => {
  const path = join(folder(), 'templates');
  const exported = await run(['reports', 'export', path]);
  expect(exported.code).toBe(0);
  expect(readdirSync(path).toSorted()).toEqual(REPORT_CODES.map((each) => `${each}.yaml`).toSorted());
  expect(exported.stdout.trimEnd().split('\n')).toEqual(REPORT_CODES.map((each) => join(path, `${each}.yaml`)));

  const show = (...args: string[]) => run(['reports', 'show', 'business-dates', ...args]);
  const own = await show();
  expect(own.stdout).toBe(
    "# SIMULATED REPORT, layout of dcass-sim, not HKEX's. business-dates of all participants, business date 2019-05-06, made 2019-05-05T06:30:00.000+08:00, rows 1\n" +
      'business date,phase,previous,next\n2019-05-06,closed,2019-05-03,2019-05-07\n',
  );
  expect(own.stderr).toBe('BUSINESSDATES_COMMON_20190506_0630.csv\n\n');
  expect((await show('--report-templates', path)).stdout).toBe(own.stdout);
  const file = join(path, 'business-dates.yaml');
  writeFileSync(
    file,
    readFileSync(file, 'utf8')
      .replace('separator: ","', 'separator: "|"')
      .replace(/fileName: .*/, 'fileName: "BD.txt"'),
  );
  const changed = await show('--report-templates', path, '--at', '09:30');
  expect(changed).toMatchObject({ code: 0, stderr: 'BD.txt\n\n' });
  expect(changed.stdout).toContain('2019-05-06|enquiry-only|2019-05-03|2019-05-07\n');

  const again = await run(['reports', 'export', path]);
  expect(again).toMatchObject({ code: 2, stdout: '' });
  expect(again.stderr).toContain('trades.yaml: it is there already');
});

test('show prints a report as the timeline has left it, and says what it cannot print', async () => {
  const show = (...args: string[]) => run(['reports', 'show', ...args]);
  const deliveries = await show('deliveries', '--scenario', 'expiry-day', '--at', '23:59', '--participant', 'CABC');
  expect(deliveries.code).toBe(0);
  expect(deliveries.stdout.split('\n')[2]).toMatch(/^1,HOUSE,\w+,exercise,\d+,/);
  expect(await show('trade')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('there is no report "trade"; write "trades"') as string,
  });
  expect(await show('trades', '--participant', 'CAB')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('write "CABC"') as string,
  });
  expect(await show('trades', '--made', 'noon')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('it is one of intra-day') as string,
  });
  expect(await show('trades', '--report-templates', '/nowhere')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('there is no such folder') as string,
  });
});

test('up takes a folder of templates, and refuses a broken one with its place', async () => {
  const path = folder();
  writeFileSync(
    join(path, 'trades.yaml'),
    'format: dcass-report-template/1\nreport: trades\nfileName: "T"\nlayout: csv\ncolumns: [{ field: prize }]\n',
  );
  const { code, stderr } = await run(['up', '--plan', 'ephemeral', '--report-templates', path]);
  expect(code).toBe(2);
  expect(stderr).toContain(`${join(path, 'trades.yaml')}:5:20: there is no field "prize"; write "price"`);
});
