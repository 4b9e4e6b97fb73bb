import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { validateWorkflow } from '@action-validator/core';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { hasClient } from '../support/real-clients.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const GUIDE = readFileSync(join(ROOT, 'docs/guides/ci.md'), 'utf8');

const FILES = new Map(
  [...GUIDE.matchAll(/<!-- file: (\S+) -->\n+```\w+\n([\s\S]*?)```/g)].map((match) => [match[1] ?? '', match[2] ?? '']),
);

function file(name: string): string {
  return FILES.get(name) ?? expect.fail(`the guide has no file ${name}`);
}

function shown(mark: string): string {
  return (
    new RegExp(`<!-- run: ${mark} -->\n+\`\`\`sh\n([\\s\\S]*?)\`\`\``).exec(GUIDE)?.[1] ??
    expect.fail(`the guide shows nothing marked ${mark}`)
  );
}

interface Workflow {
  readonly jobs: Record<string, { readonly steps: readonly { readonly run?: string }[] }>;
}

/** The commands of each pipeline, without the installation. */
const PIPELINES: Record<string, readonly string[]> = {
  'GitHub Actions': Object.values((parse(file('.github/workflows/dcass.yml')) as Workflow).jobs).flatMap(({ steps }) =>
    steps.flatMap(({ run }) => run ?? []),
  ),
  GitLab:
    (parse(file('.gitlab-ci.yml')) as Record<string, { readonly script: readonly string[] }>)['verification-day']
      ?.script ?? [],
  Jenkins: [...file('Jenkinsfile').matchAll(/^ *sh '(.*)'$/gm)].map((match) => match[1] ?? ''),
};

describe('the pipelines and programs of the guide', { timeout: 120_000 }, () => {
  // A project in which the package is installed: a link to it, as npm makes one for a folder.
  const cwd = mkdtempSync(join(tmpdir(), 'dcass-sim-ci-'));
  mkdirSync(join(cwd, 'node_modules/.bin'), { recursive: true });
  symlinkSync(ROOT, join(cwd, 'node_modules/dcass-sim'));
  symlinkSync('../dcass-sim/bin/dcass-sim.mjs', join(cwd, 'node_modules/.bin/dcass-sim'));
  for (const [name, text] of FILES) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  afterAll(() => rmSync(cwd, { recursive: true, force: true }));

  const run = (commands: string): { readonly status: number | null; readonly said: string } => {
    const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-euo', 'pipefail', '-c', commands], {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${join(cwd, 'node_modules/.bin')}:${process.env['PATH']}` },
    });
    return { status, said: stdout + stderr };
  };

  test('the workflow is one by GitHub’s schema', () => {
    expect(validateWorkflow(file('.github/workflows/dcass.yml'))).toMatchObject({ errors: [] });
  });

  test('all three pipelines do the same', () => {
    const [first, ...others] = Object.values(PIPELINES);
    expect(first).toHaveLength(2);
    for (const other of others) expect(other).toEqual(first);
  });

  test.skipIf(!hasClient('python3'))('what they run succeeds, and leaves both files', () => {
    const { status, said } = run(PIPELINES['GitLab']?.at(-1) ?? 'false');
    expect([status, said]).toEqual([0, expect.stringMatching(/positions read: [1-9]/)]);
    expect(readFileSync(join(cwd, 'dcass.xml'), 'utf8')).toMatch(/<testcase [^>]*name="our-login/);
    expect(readFileSync(join(cwd, 'dcass.html'), 'utf8')).toContain('Our programs on the verification day');
  });

  test.skipIf(!hasClient('python3'))('a program whose password is wrong makes the run fail, with its own code', () => {
    writeFileSync(join(cwd, 'wrong.py'), file('check.py').replace('Harbour#101', 'Harbour#102'));
    const { status, said } = run('npx dcass-sim run ci-day.yaml --at 09:00 -- python3 wrong.py');
    expect([status, said]).toEqual([1, expect.stringContaining('the login was answered with 401')]);
  });

  test.skipIf(!hasClient('javac'))('the Java program reads the positions', () => {
    expect(run(shown('java'))).toMatchObject({ status: 0, said: expect.stringMatching(/positions read: [1-9]/) });
  });

  test.skipIf(!hasClient('gcc') || !hasClient('make'))('the C program logs in', () => {
    expect(run(shown('c'))).toMatchObject({ status: 0, said: expect.stringContaining('login: 0, status') });
  });
});
