import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = path.join(import.meta.dirname, '../..');

// Each line is a mistake that the lint must find, in the file that stands before it. The rule's name follows.
const MISTAKES: readonly (readonly [file: string, rule: string, source: string])[] = [
  ['src/time/node.ts', 'no-restricted-imports', `import { cpus } from 'node:os'; export const a = cpus;`],
  ['src/time/up.ts', 'no-restricted-imports', `import { a } from '../clearing/ok.ts'; export const b = a;`],
  ['src/clearing/package.ts', 'no-restricted-imports', `import { z } from 'zod'; export const a = z;`],
  ['src/clearing/host.ts', 'no-restricted-imports', `export { a } from '../host/ok.ts';`],
  ['src/clearing/day/host.ts', 'no-restricted-imports', `export { a } from '../../host/ok.ts';`],
  ['src/clearing/day/root.ts', 'no-restricted-imports', `export { a } from '../../config.ts';`],
  ['src/clearing/date.ts', 'no-restricted-globals', `export const a = () => new Date();`],
  ['src/clearing/hidden-date.ts', 'no-restricted-globals', `export const a = () => globalThis.Date.now();`],
  ['src/clearing/immediate.ts', 'no-restricted-globals', `export const a = () => setImmediate(() => undefined);`],
  ['src/clearing/process.ts', 'no-restricted-globals', `export const a = () => process.pid;`],
  ['src/clearing/buffer.ts', 'no-restricted-globals', `export const a = () => Buffer.from('a');`],
  ['src/time/performance.ts', 'no-restricted-globals', `export const a = () => performance.now();`],
  ['src/time/random.ts', 'no-restricted-properties', `export const a = () => Math.random();`],
  ['src/oapi/date.ts', 'no-restricted-globals', `export const a = () => Date.now();`],
  ['src/oapi/timer.ts', 'no-restricted-globals', `export const a = () => setTimeout(() => undefined, 5);`],
  [
    'src/oapi/timers.ts',
    'no-restricted-imports',
    `import { setTimeout as a } from 'node:timers/promises'; export const b = a;`,
  ],
  ['src/oapi/random.ts', 'no-restricted-properties', `export const a = () => Math.random();`],
  ['src/cli/environment.ts', 'no-restricted-properties', `export const a = () => process.env['HOME'];`],
  ['src/oapi/cycle-a.ts', 'no-cycle', `import { b } from './cycle-b.ts'; export const a = () => b;`],
  [
    'src/oapi/floating.ts',
    'no-floating-promises',
    `import { later } from './ok.ts'; export const a = () => { later(); };`,
  ],
  [
    'src/oapi/switch.ts',
    'switch-exhaustiveness-check',
    `export function a(x: 'p' | 'q'): number { switch (x) { case 'p': return 1; } return 2; }`,
  ],
  ['src/oapi/any.ts', 'no-explicit-any', `export const a = (x: any): unknown => x;`],
  [
    'src/oapi/loop.ts',
    'no-await-in-loop',
    `import { later } from './ok.ts'; export async function a() { for (;;) await later(); }`,
  ],
  ['test/only.test.ts', 'no-focused-tests', `import { test } from 'vitest'; test.only('a', () => undefined);`],
];

// What must stay allowed, or the rules would be worked around.
const FINE: readonly (readonly [file: string, source: string])[] = [
  ['src/sim-error.ts', `export class SimError extends Error {}`],
  ['src/time/ok.ts', `import { SimError } from '../sim-error.ts'; export const a = SimError;`],
  ['src/clearing/ok.ts', `import { a as time } from '../time/ok.ts'; export const a = time;`],
  ['src/clearing/day/fine.ts', `import { a } from '../ok.ts'; export const b = a;`],
  [
    'src/host/ok.ts',
    `import { cpus } from 'node:os'; export const a = () => [cpus(), Date.now(), setTimeout(() => undefined, 5)];`,
  ],
  ['src/config.ts', `export const a = () => process.env['HOME'];`],
  ['src/oapi/ok.ts', `export const later = async (): Promise<void> => { await Promise.resolve(Buffer.alloc(1)); };`],
  ['src/oapi/cycle-b.ts', `import { a } from './cycle-a.ts'; export const b = () => a;`],
];

interface Finding {
  readonly filename: string;
  readonly code: string;
}

const folder = mkdtempSync(path.join(tmpdir(), 'dcass-sim-lint-'));
let findings: readonly Finding[] = [];

beforeAll(() => {
  for (const name of ['.oxlintrc.json', 'tsconfig.json']) cpSync(path.join(ROOT, name), path.join(folder, name));
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  for (const [file, source] of [...MISTAKES.map(([file, , source]) => [file, source] as const), ...FINE]) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), `${source}\n`);
  }
  const oxlint = path.join(ROOT, 'node_modules/oxlint/bin/oxlint');
  const { stdout } = spawnSync(process.execPath, [oxlint, '--format', 'json'], { cwd: folder, encoding: 'utf8' });
  findings = (JSON.parse(stdout) as { diagnostics: readonly Finding[] }).diagnostics;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(MISTAKES)('%s is refused by %s', (file, rule) => {
  expect(rulesAgainst(file)).toEqual([rule]);
});

test.each(FINE.filter(([file]) => !file.includes('cycle')))('%s is fine', (file) => {
  expect(rulesAgainst(file)).toEqual([]);
});

function rulesAgainst(file: string): string[] {
  const codes = findings
    .filter((finding) => finding.filename.replaceAll('\\', '/').endsWith(file))
    .map((finding) => finding.code);
  return [...new Set(codes.map((code) => /\((.*)\)/.exec(code)?.[1] ?? code))];
}
