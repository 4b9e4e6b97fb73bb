import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { startDay } from '../cli/command.ts';
import { hasClient } from '../support/real-clients.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const GUIDE = readFileSync(join(ROOT, 'docs/guides/reconcile.md'), 'utf8');

function shown(mark: string): string {
  const [, text] = new RegExp(`<!-- ${mark} -->\n\`\`\`\\w+\n([\\s\\S]*?)\`\`\``).exec(GUIDE) ?? [];
  return text ?? expect.fail(`the guide shows nothing marked ${mark}`);
}

test.skipIf(!hasClient('curl'))(
  'the guide’s commands find the breaks of its scenario, as they are printed',
  async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'dcass-sim-guide-'));
    onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
    writeFileSync(join(cwd, 'breaks.yaml'), shown('file: breaks.yaml'));
    await using day = await startDay([join(cwd, 'breaks.yaml')]);
    const { trades = '', positions = '' } = day.ready.files.books['C001'] ?? {};
    for (const file of [trades, positions]) copyFileSync(file, join(cwd, basename(file)));
    const { url, token } = day.ready.control;
    const run = (mark: string) =>
      spawnSync(
        'bash',
        [
          '--norc',
          '-euc',
          shown(mark).replace(/^dcass-sim /gm, `'${process.execPath}' '${join(ROOT, 'bin/dcass-sim.mjs')}' `),
        ],
        { cwd, encoding: 'utf8', env: { ...process.env, DCASS_CONTROL_URL: url, DCASS_CONTROL_TOKEN: token } },
      );

    const found = run('run: find');
    expect(found.status).toBe(1);
    const [, said = ''] = /```text\n([\s\S]*?)```/.exec(GUIDE) ?? [];
    expect(found.stdout).toContain(said);
    // Each of the five breaks is a row, with a line for each of its values that differ.
    const counts = [...found.stdout.matchAll(/(\d+) (only in DCASS|only at C001|different)/g)];
    expect(counts.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(5);

    const still = run('run: still');
    expect(still.status).toBe(1);
    expect(found.stdout.endsWith(still.stdout.split('\n').slice(-2).join('\n'))).toBe(true);

    const answers = JSON.parse(run('run: answers').stdout) as { discrepancies: { breaks: object[] }[] };
    expect(answers.discrepancies.map(({ breaks }) => breaks.length)).toEqual([5]);
  },
  60_000,
);

test('the guide’s table of columns is what the reader takes', async () => {
  const { readOwnPositions, readOwnTrades } = await import('../../src/reconcile/read-own.ts');
  const rows = [...GUIDE.matchAll(/^\| (trades|positions) \| (.*?) \| (.*?) ?\|$/gm)];
  expect(rows).toHaveLength(2);
  for (const [, list, needed = '', too = ''] of rows) {
    const names = [...needed.replaceAll(/\(.*?\)/g, '').matchAll(/`(.*?)`/g)].map((match) => match[1] ?? '');
    const others = [...too.matchAll(/`(.*?)`/g)].map((match) => match[1] ?? '');
    const read = (columns: readonly string[]) => {
      const bytes = new TextEncoder().encode(`${columns.join(',')}\n`);
      return list === 'trades' ? readOwnTrades(bytes, 'a.csv') : readOwnPositions(bytes, 'a.csv', 'CABC');
    };
    const whole = await read([...names, ...others]);
    expect(whole.ok && whole.fields.size).toBe(names.length + others.length);
    const lacking = await Promise.all(names.map((name) => read(names.filter((each) => each !== name))));
    expect(lacking.every((each) => !each.ok)).toBe(true);
  }
});
