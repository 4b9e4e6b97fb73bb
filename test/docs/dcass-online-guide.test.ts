import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, copyFileSync, existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startDay } from '../cli/command.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGE = join(ROOT, 'docs/guides/dcass-online.md');
const TEXT = readFileSync(PAGE, 'utf8');

test('the list that the guide asks for by curl is what it says, in the day that it starts', async () => {
  const started = /```sh\ndcass-sim up (.+)\n```/.exec(TEXT)?.[1]?.split(' ') ?? expect.fail('the guide starts no day');
  const commands =
    /<!-- run: lists -->\n```sh\n([\s\S]*?)```/.exec(TEXT)?.[1] ?? expect.fail('the guide shows no list');
  await using day = await startDay(started);
  const { online, files } = day.ready;
  const users = JSON.parse(readFileSync(files.users, 'utf8')) as { readonly user: string; readonly password: string }[];
  const cwd = mkdtempSync(join(tmpdir(), 'dcass-sim-guide-'));
  try {
    mkdirSync(join(cwd, 'certs'));
    copyFileSync(files.ca, join(cwd, 'certs/ca.pem'));
    const [first] = online;
    const here = commands
      .replaceAll(':8082:127.151.14.155', `:${first?.port}:${first?.address}`)
      .replaceAll('hkex.com.hk:8082', `hkex.com.hk:${first?.port}`);
    const PASSWORD = users.find(({ user }) => user === 'BU_CABC101')?.password ?? '';
    const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-euc', here], {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, PASSWORD },
    });
    expect([status, stderr]).toEqual([0, '']);
    const [head = '', ...rows] = stdout.trimEnd().split('\r\n');
    const column = (name: string): readonly string[] =>
      rows.map((row) => row.split(',')[head.split(',').indexOf(name)] ?? '');
    expect(new Set(column('series').map((series) => series.slice(0, 3)))).toEqual(new Set(['HSI']));
    const quantities = column('quantity').map(Number);
    expect(quantities).toEqual(quantities.toSorted((a, b) => b - a));
    expect(rows.length).toBeGreaterThan(2);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
});

test('every picture and page that the guide leads to is there', () => {
  const targets = [...TEXT.matchAll(/\]\(([^)#]+)\)/g)].map(([, target = '']) => target);
  expect(targets.length).toBeGreaterThan(4);
  expect(targets.filter((target) => !existsSync(join(dirname(PAGE), target)))).toEqual([]);
});
