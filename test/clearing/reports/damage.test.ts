import fc from 'fast-check';
import { expect, test } from 'vitest';
import { damageText, rowLeftOut } from '../../../src/clearing/damage.ts';

const line = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
  maxLength: 40,
});
const file = fc
  .array(line, { minLength: 2, maxLength: 30 })
  .filter((lines) => lines.every((each) => each.length > 1))
  .map((lines) => `${lines.join('\r\n')}\r\n`);
const seed = fc.string();

test('a file that is cut begins like the whole one and ends in the middle of a line', () => {
  fc.assert(
    fc.property(file, seed, (text, from) => {
      const cut = damageText(text, { how: 'cut', seed: from });
      expect(text.startsWith(cut)).toBe(true);
      expect(cut.length).toBeLessThan(text.length - 2);
      expect(cut).not.toMatch(/[\r\n]$/);
      // What is cut off goes on in the same line.
      expect(text.charAt(cut.length)).not.toMatch(/[\r\n]/);
    }),
  );
});

test('a file with wrong bytes has the same length, stays ASCII, and is not the same', () => {
  fc.assert(
    fc.property(file, seed, (text, from) => {
      const other = damageText(text, { how: 'bytes', seed: from });
      expect(other).toHaveLength(text.length);
      expect(other).not.toBe(text);
      expect([...other].every((each) => each.charCodeAt(0) < 0x80)).toBe(true);
    }),
  );
});

test('the same seed damages in the same way', () => {
  fc.assert(
    fc.property(file, fc.constantFrom('cut', 'bytes', 'empty', 'rows'), seed, (text, how, from) => {
      const damage = { how, seed: from } as const;
      expect(damageText(text, damage)).toBe(damageText(text, damage));
    }),
  );
});

test('a row that is left out is one of those that there are; where there is none, one is counted all the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), seed, (rows, from) => {
      const row = rowLeftOut({ how: 'rows', seed: from }, rows) ?? -1;
      expect(row >= 0 && row < rows).toBe(true);
      expect(rowLeftOut({ how: 'cut', seed: from }, rows)).toBeUndefined();
    }),
  );
  expect(rowLeftOut({ how: 'rows', seed: '' }, 0)).toBe(-1);
});
