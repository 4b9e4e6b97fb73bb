import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startDay } from '../cli/command.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const GUIDE = readFileSync(join(ROOT, 'docs/guides/save-restore-restart.md'), 'utf8');

test('the guide’s commands save a day, list it and bring it back', async () => {
  const [, commands = ''] = /```sh\n(dcass-sim checkpoint[\s\S]*?)```/.exec(GUIDE) ?? [];
  await using day = await startDay(['--at', '11:00']);
  const { url, token } = day.ready.control;
  const env = { ...process.env, DCASS_CONTROL_URL: url, DCASS_CONTROL_TOKEN: token };
  const run = (script: string) =>
    spawnSync(
      'bash',
      ['-euc', script.replaceAll(/^dcass-sim /gm, `'${process.execPath}' '${join(ROOT, 'bin/dcass-sim.mjs')}' `)],
      { encoding: 'utf8', env },
    );
  expect(run(commands).stdout.trimEnd().split('\n')).toEqual([
    'before-noon: saved at 2019-05-05 11:00:00',
    expect.stringMatching(/^before-noon {2}2019-05-05 11:00:00 {2}entry \d+$/),
    'before-noon: it is 2019-05-05 11:00:00 again; whoever was connected is not any more',
  ]);
  const wrong = run('dcass-sim checkpoint restore before-moon');
  expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining('did you mean "before-noon"?')]);
  const taken = run('dcass-sim checkpoint save before-noon');
  expect([taken.status, taken.stderr]).toEqual([2, expect.stringContaining('choose another name')]);
  expect(run('dcass-sim checkpoint restore').stderr).toContain('checkpoint restore needs the name');
}, 60_000);
