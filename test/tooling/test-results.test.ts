import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readResults } from '../../scripts/test-results.mjs';

const oneOf = (status: string): object => ({ status, title: status, ancestorTitles: [] });

test('every test is counted, and the failed and skipped ones are named', () => {
  const testFile = { name: '/x/test/a.test.ts', status: 'failed', message: '' };
  const tests = ['passed', 'passed', 'failed', 'skipped', 'todo'].map(oneOf);
  expect(read({ testResults: [{ ...testFile, assertionResults: tests }] })).toEqual({
    passed: 2,
    failed: 1,
    failedNames: ['test/a.test.ts > failed'],
    skippedNames: ['test/a.test.ts > skipped', 'test/a.test.ts > todo'],
    line: 'tests: 2 passed, 1 failed, 2 skipped',
  });
});

test('a file that could not be loaded counts as a failed test', () => {
  const testFile = {
    name: '/x/test/a.test.ts',
    status: 'failed',
    message: 'no such module\n at …',
    assertionResults: [],
  };
  expect(read({ testResults: [testFile] })).toMatchObject({
    failedNames: ['test/a.test.ts (could not be run: no such module)'],
    line: 'tests: 0 passed, 1 failed, 0 skipped',
  });
});

test('a missing report counts as a failed test', () => {
  expect(readResults('/does/not/exist.json').line).toBe('tests: 0 passed, 1 failed, 0 skipped');
});

function read(report: object): object {
  const folder = mkdtempSync(path.join(tmpdir(), 'dcass-sim-results-'));
  try {
    const file = path.join(folder, 'results.json');
    writeFileSync(file, JSON.stringify(report));
    return readResults(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
