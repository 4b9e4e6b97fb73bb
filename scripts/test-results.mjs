import { readFileSync } from 'node:fs';

/**
 * Reads vitest's JSON report. A file that could not be loaded counts as one failed test, and so does a
 * report that is not there: whatever went wrong must be seen in the count.
 * @param {string} file
 * @returns {{ passed: number, failed: number, skippedNames: string[], failedNames: string[], line: string }}
 */
export function readResults(file) {
  const results = { passed: 0, failedNames: [], skippedNames: [] };
  for (const testFile of reportOf(file).testResults) {
    const tests = testFile.assertionResults;
    for (const test of tests) {
      if (test.status === 'passed') results.passed += 1;
      else if (test.status === 'failed') results.failedNames.push(nameOf(testFile, test));
      else results.skippedNames.push(nameOf(testFile, test));
    }
    if (testFile.status === 'failed' && !tests.some((test) => test.status === 'failed')) {
      results.failedNames.push(`${short(testFile.name)} (could not be run: ${testFile.message.split('\n')[0]})`);
    }
  }
  const failed = results.failedNames.length;
  const line = `tests: ${results.passed} passed, ${failed} failed, ${results.skippedNames.length} skipped`;
  return { ...results, failed, line };
}

function reportOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const message = `no report: ${error.message}`;
    return { testResults: [{ name: 'vitest', status: 'failed', message, assertionResults: [] }] };
  }
}

function nameOf(testFile, test) {
  return `${short(testFile.name)} > ${[...test.ancestorTitles, test.title].join(' > ')}`;
}

function short(fileName) {
  const place = fileName.replaceAll('\\', '/').lastIndexOf('/test/');
  return place === -1 ? fileName : fileName.slice(place + 1);
}
