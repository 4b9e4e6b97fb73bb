import fc from 'fast-check';
import { expect, test } from 'vitest';
import { messageLines } from '../../../src/oapi/transactions/message-lines.ts';

test('a text that fits is one line, and a line feed begins another', () => {
  expect(messageLines('System is ready')).toEqual(['System is ready']);
  expect(messageLines('one\n\ntwo\r\nthree')).toEqual(['one', '', 'two', 'three']);
  expect(messageLines('')).toEqual(['']);
});

test('a line ends between words, and inside a word that is longer than a line', () => {
  const words = Array.from({ length: 20 }, () => 'clearing').join(' ');
  expect(messageLines(words)).toEqual([
    Array.from({ length: 9 }, () => 'clearing').join(' '),
    Array.from({ length: 9 }, () => 'clearing').join(' '),
    'clearing clearing',
  ]);
  expect(messageLines('x'.repeat(161))).toEqual(['x'.repeat(80), 'x'.repeat(80), 'x']);
  expect(messageLines(`${'x'.repeat(80)} y`)).toEqual(['x'.repeat(80), 'y']);
});

test('what does not fit into ten lines is left out, and the last line says so', () => {
  const lines = messageLines(Array.from({ length: 11 }, (_, i) => `${i} ${'-'.repeat(78)}`).join('\n'));
  expect(lines).toHaveLength(10);
  expect(lines.slice(0, 9).every((line) => line.length === 80)).toBe(true);
  expect(lines[9]).toBe(`9 ${'-'.repeat(74)} ...`);
});

test('what Latin-1 lacks, and what controls a terminal, becomes a question mark', () => {
  expect(messageLines('港 \u001b[2J caf\u00e9')).toEqual(['? ?[2J caf\u00e9']);
});

// Goal: nothing that is sent can fail to be encoded. Method: any text.
test('any text gives 1 to 10 lines of at most 80 characters of Latin-1', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => {
      const lines = messageLines(text);
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.length).toBeLessThanOrEqual(10);
      for (const line of lines) expect(line).toMatch(/^[\x20-\x7e\xa0-\xff]{0,80}$/);
    }),
  );
});
