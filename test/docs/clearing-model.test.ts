import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../src/clearing/commands/catalogue.ts';
import { VERBS } from '../../src/scenario/verbs/catalogue.ts';
import { startDay } from '../cli/command.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGE = readFileSync(join(ROOT, 'docs/guides/clearing-model.md'), 'utf8');

test('the commands of the guide do what it says, against the built program', async () => {
  await using day = await startDay(['clearing-day', '--at', '10:10']);
  const [, shown = ''] = /<!-- run: model -->\n```sh\n([\s\S]*?)```/.exec(PAGE) ?? [];
  expect(shown.match(/^dcass-sim /gm)?.length).toBeGreaterThan(1);
  const commands = shown
    .replaceAll(
      /^dcass-sim (inject|journal) (.*)$/gm,
      `'${process.execPath}' '${join(ROOT, 'bin/dcass-sim.mjs')}' $1 $2 --state-dir '${day.stateDir}'`,
    )
    .replaceAll(/^dcass-sim /gm, `'${process.execPath}' '${join(ROOT, 'bin/dcass-sim.mjs')}' `);
  const { stdout } = await run('bash', ['--norc', '-euo', 'pipefail', '-c', commands]);
  expect(stdout).toContain('done: give-up.request');
  expect(stdout).toMatch(/give-up 1 of 1 HSIK9 from CABC to CXYZ: holding/);
});

test('the guide has a verb for every command of the model', () => {
  const named = new Set([...PAGE.matchAll(/`([a-z-]+\.[a-z-]+)`/g)].map(([, verb]) => verb));
  const others = ['account.change', 'sftp-key.renew'];
  const issued = VERBS.filter((verb) => 'participant' in verb.example && !others.includes(verb.name));
  expect(issued.length).toBe(Object.keys(COMMANDS).length);
  expect(issued.map((verb) => verb.name).filter((name) => !named.has(name))).toEqual([]);
});
