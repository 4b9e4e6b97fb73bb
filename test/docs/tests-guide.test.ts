import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { hasClient } from '../support/real-clients.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const GUIDE = readFileSync(join(ROOT, 'docs/guides/tests.md'), 'utf8');

function shown(mark: string): string {
  const [, text] = new RegExp(`<!-- ${mark} -->\n\`\`\`\\w+\n([\\s\\S]*?)\`\`\``).exec(GUIDE) ?? [];
  return text ?? expect.fail(`the guide shows nothing marked ${mark}`);
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'dcass-sim-guide-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test.skipIf(!hasClient('curl'))('the guide’s command logs in, and is answered as it is printed', () => {
  const cwd = folder();
  writeFileSync(join(cwd, 'login.yaml'), shown('file: login.yaml'));
  const command = shown('run: login').replace(
    /^dcass-sim /,
    `'${process.execPath}' '${join(ROOT, 'bin/dcass-sim.mjs')}' `,
  );
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-euc', command], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, GITHUB_ACTIONS: '', DCASS_SIM_STATE_DIR: folder() },
  });
  const [, said = ''] = /```text\n(dcass-sim: sh [\s\S]*?)```/.exec(GUIDE) ?? [];
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: said });
  expect(readFileSync(join(cwd, 'results.xml'), 'utf8')).toContain(
    '<testcase classname="login" name="our-login: Our client logs in."/>',
  );
});
