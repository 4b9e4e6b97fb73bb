import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawAssignment } from '../../../src/clearing/day/draw-assignment.ts';

const sum = (quantities: readonly number[]): number => quantities.reduce((all, each) => all + each, 0);

const draws = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  )
  .map(([written, part]) => ({ written, total: Math.round(sum(written) * part) }));

for (const assignment of ['random', 'pro-rata'] as const) {
  // Goal: what is exercised is assigned, and nobody more than it wrote, whatever the writers and the seed.
  test(`${assignment}: all of it is assigned, and to nobody more than was written`, () => {
    fc.assert(
      fc.property(draws, fc.integer(), ({ written, total }, seed) => {
        const assigned = drawAssignment(written, total, { assignment, seed }, 'HKB65.00E9');
        expect(assigned).toHaveLength(written.length);
        expect(sum(assigned)).toBe(total);
        for (const [writer, contracts] of assigned.entries()) {
          expect(contracts).toBeGreaterThanOrEqual(0);
          expect(contracts).toBeLessThanOrEqual(written[writer] ?? 0);
        }
        expect(drawAssignment(written, total, { assignment, seed }, 'HKB65.00E9')).toEqual(assigned);
      }),
    );
  });

  test(`${assignment}: nothing written, nothing assigned`, () => {
    expect(drawAssignment([], 0, { assignment, seed: 1 }, '')).toEqual([]);
  });
}

test('in proportion, every writer gets its share, rounded down or up, and the largest remainders go up', () => {
  expect(drawAssignment([30, 10], 25, { assignment: 'pro-rata', seed: 1 }, '')).toEqual([19, 6]);
  expect(drawAssignment([1, 1, 1], 2, { assignment: 'pro-rata', seed: 1 }, '')).toEqual([1, 1, 0]);
  expect(drawAssignment([5, 3, 2], 3, { assignment: 'pro-rata', seed: 1 }, '')).toEqual([1, 1, 1]);
  fc.assert(
    fc.property(draws, ({ written, total }) => {
      const assigned = drawAssignment(written, total, { assignment: 'pro-rata', seed: 1 }, '');
      for (const [writer, contracts] of assigned.entries()) {
        expect(Math.abs(contracts - ((written[writer] ?? 0) * total) / sum(written))).toBeLessThan(1);
      }
    }),
  );
});

test('at random, the seed and the series decide who is drawn', () => {
  const written = [100, 100, 100];
  const draw = (seed: number | string, purpose: string): readonly number[] =>
    drawAssignment(written, 150, { assignment: 'random', seed }, purpose);
  expect(draw(1, 'a')).toEqual(draw(1, 'a'));
  expect(draw(2, 'a')).not.toEqual(draw(1, 'a'));
  expect(draw(1, 'b')).not.toEqual(draw(1, 'a'));
});

// Goal: every written contract has the same chance. Method: 4,000 draws of 4 out of 1, 2 and 7; the writers' means
// are 0.4, 0.8 and 2.8, and the standard errors of those means below 0.02.
test('at random, writers are drawn as often as they have contracts', () => {
  const times = 4_000;
  const totals = [0, 0, 0];
  for (let seed = 0; seed < times; seed++) {
    const assigned = drawAssignment([1, 2, 7], 4, { assignment: 'random', seed }, 'x');
    for (const [writer, contracts] of assigned.entries()) totals[writer] = (totals[writer] ?? 0) + contracts;
  }
  expect(totals.map((all) => all / times)).toEqual([
    expect.closeTo(0.4, 1),
    expect.closeTo(0.8, 1),
    expect.closeTo(2.8, 1),
  ]);
});

test('more contracts than a 32-bit draw can tell apart are no trouble', () => {
  const written = Array.from({ length: 600 }, () => 10_000_000);
  const assigned = drawAssignment(written, 1_000, { assignment: 'random', seed: 1 }, '');
  expect(sum(assigned)).toBe(1_000);
  // A draw that stops at 32 bits would leave out the last third of the writers.
  expect(sum(assigned.slice(430))).toBeGreaterThan(200);
});
