import { posix } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseReportPath, toPathText, toPlainText } from '../../src/sftp/report-path.ts';

const part = fc.oneof(
  fc.constantFrom('', '.', '..', 'INBOX', 'COMMON', '20190506', 'a.csv', '...', '\\', '..\\', 'C:', '%2e%2e'),
  fc.string(),
);
const path = fc.array(part, { maxLength: 12 }).map((parts) => parts.join('/'));

// Goal: no text that a client can send leaves the virtual tree or names anything ambiguous.
// Method: random paths built from the dangerous parts; the result is compared with node's own normaliser.
test('an accepted path has plain segments only and is what a POSIX normaliser makes of it', () => {
  fc.assert(
    fc.property(path, (text) => {
      const parsed = parseReportPath(text);
      if (!parsed.ok) return;
      for (const segment of parsed.segments) expect(['', '.', '..']).not.toContain(segment);
      expect(parsed.segments.join('')).not.toMatch(/[/\u0000]/);
      expect(toPathText(parsed.segments)).toBe(posix.normalize(`/${text}`).replace(/(.)\/+$/, '$1'));
    }),
    { numRuns: 2_000 },
  );
});

// Goal: leaving the root is always seen, whatever comes after it.
// Method: go down n times, up n + 1 times, with anything before the last step and behind it.
test('a path that goes above the root is refused as an escape, also with backslashes', () => {
  fc.assert(
    fc.property(
      fc.nat(5),
      fc.constantFrom('/', '\\', '//', '/./'),
      fc.array(fc.constantFrom('etc', 'INBOX', '..'), { maxLength: 4 }),
      (depth, by, rest) => {
        const text = [
          '',
          ...Array.from({ length: depth }, () => 'a'),
          ...Array.from({ length: depth + 1 }, () => '..'),
          ...rest,
        ].join(by);
        expect(parseReportPath(text)).toEqual({ ok: false, code: 'path-escape' });
      },
    ),
  );
});

test.each([
  ['/INBOX\u0000/a', 'path-invalid'],
  ['/INBOX/\ufffd', 'path-invalid'],
  ['/INBOX/\u001b[2J', 'path-invalid'],
  ['/'.repeat(4_097), 'path-too-long'],
  ['..', 'path-escape'],
])('%j is refused as %s', (text, code) => {
  expect(parseReportPath(text)).toEqual({ ok: false, code });
});

test('a text for the journal is bounded and has no control characters', () => {
  expect(toPlainText('/a\u001b[31m\u0000b', 64)).toBe('/a?[31m?b');
  expect(toPlainText('x'.repeat(100), 10)).toBe('xxxxxxxxxx…');
});
