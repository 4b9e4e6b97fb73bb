import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { startDay } from '../cli/command.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const GUIDE = readFileSync(join(ROOT, 'docs/guides/oapi-client.md'), 'utf8');

function shown(mark: string): string {
  const [, text] = new RegExp(`<!-- ${mark} -->\n\n?\`\`\`\\w+\n([\\s\\S]*?)\`\`\``).exec(GUIDE) ?? [];
  return text ?? expect.fail(`the guide shows nothing marked ${mark}`);
}

test('the guide’s commands do what it says, against the built program', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'dcass-sim-guide-'));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  await using day = await startDay(['certification-rehearsal', '--at', '09:30']);
  writeFileSync(join(cwd, 'morning.txt'), shown('file: morning.txt'));
  const run = (mark: string) =>
    spawnSync(
      'bash',
      [
        '--norc',
        '-euc',
        shown(mark).replace(/^dcass-sim /gm, `'${process.execPath}' '${join(ROOT, 'bin/dcass-sim.mjs')}' `),
      ],
      { cwd, encoding: 'utf8', env: { ...process.env, DCASS_SIM_STATE_DIR: day.stateDir, NO_COLOR: '1' } },
    );

  const query = run('run: query');
  expect([query.status, query.stderr]).toEqual([0, '']);
  const [, printed = ''] = /```text\n([\s\S]*?)```/.exec(GUIDE) ?? [];
  expect(query.stdout.startsWith(printed)).toBe(true);

  const all = run('run: all');
  const pages = all.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { message: { fields: { item: object[] } } });
  expect(pages.flatMap(({ message }) => message.fields.item)).toHaveLength(5);

  const before = day.stdout().length;
  expect(run('run: give-up')).toMatchObject({ status: 0, stderr: '' });
  await day.line((entry) => entry.kind === 'clearing.give-up-changed' || entry.kind === 'oapi.transaction');
  expect(day.stdout().slice(before)).toContain('CD35');

  expect(run('run: script')).toMatchObject({ status: 0, stderr: '' });
}, 60_000);
