import type { Random } from '../../time/random.ts';

/** Draws a place of `weights`, each as often as its weight says; a weight of 0 never. */
export type Chooser = (random: Random) => number;

// Slots of the table that a draw looks up: one draw costs one look, however many places there are.
const SLOTS = 16_384;

/** A chooser for whole-number weights, at least one of them above 0. */
export function chooser(weights: readonly number[]): Chooser {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total < 1) throw new RangeError('chooser: every weight is 0');
  const places: number[] = [];
  for (const [place, weight] of weights.entries()) {
    // What is rare still comes: at least one slot for every weight above 0.
    const slots = weight === 0 ? 0 : Math.max(1, Math.floor((weight * SLOTS) / total));
    for (let i = 0; i < slots; i++) places.push(place);
  }
  const table = Uint32Array.from(places);
  return (random) => table[random.integer(table.length)] as number;
}

/** The same things in another order. */
export function shuffled<T>(things: readonly T[], random: Random): T[] {
  const order = [...things];
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [order[i], order[j]] = [order[j] as T, order[i] as T];
  }
  return order;
}
