import { seededRandom } from '../../time/random.ts';
import type { ClearingSettings } from '../settings.ts';

const LARGEST_DRAW = 2 ** 32;

/**
 * How many of the `total` contracts each writer is assigned, never more than it wrote.
 * @param written contracts of each writer; at least `total` of them in all
 * @param purpose names the draw, so that one series does not shift the luck of another
 */
export function drawAssignment(
  written: readonly number[],
  total: number,
  settings: Pick<ClearingSettings, 'assignment' | 'seed'>,
  purpose: string,
): readonly number[] {
  switch (settings.assignment) {
    case 'random':
      return atRandom(written, total, settings.seed, purpose);
    case 'pro-rata':
      return inProportion(written, total);
  }
}

// Contract by contract, without putting back: every written contract has the same chance. Where more are assigned
// than not, the ones that are not are drawn instead, which is the same by half the work.
function atRandom(
  written: readonly number[],
  total: number,
  seed: number | string,
  purpose: string,
): readonly number[] {
  const all = sum(written);
  const draws = Math.min(total, all - total);
  const random = seededRandom(seed).fork(`assignment/${purpose}`);
  const left = new ContractsLeft(written);
  const drawn = written.map(() => 0);
  for (let i = 0; i < draws; i++) {
    const writer = left.take(integerBelow(all - i, random.integer));
    drawn[writer] = (drawn[writer] ?? 0) + 1;
  }
  return draws === total ? drawn : written.map((contracts, writer) => contracts - (drawn[writer] ?? 0));
}

// By largest remainder; of equal ones, the first.
function inProportion(written: readonly number[], total: number): readonly number[] {
  const all = BigInt(sum(written));
  if (all === 0n) return written;
  const shares = written.map((contracts) => BigInt(contracts) * BigInt(total));
  const assigned = shares.map((share) => Number(share / all));
  const remainders = shares.map((share, writer) => ({ writer, remainder: share % all }));
  remainders.sort((a, b) => (a.remainder === b.remainder ? a.writer - b.writer : a.remainder > b.remainder ? -1 : 1));
  for (const { writer } of remainders.slice(0, total - sum(assigned))) assigned[writer] = (assigned[writer] ?? 0) + 1;
  return assigned;
}

/** Contracts in a row, writer after writer, of which one after the other is taken out: a Fenwick tree over the writers. */
class ContractsLeft {
  readonly #tree: number[];
  readonly #highest: number;

  constructor(written: readonly number[]) {
    this.#tree = [0, ...written];
    for (let i = 1; i < this.#tree.length; i++) {
      const parent = i + (i & -i);
      if (parent < this.#tree.length) this.#tree[parent] = this.#at(parent) + this.#at(i);
    }
    this.#highest = 2 ** Math.floor(Math.log2(Math.max(1, written.length)));
  }

  /** Takes the contract at `place`, from 0, out of the row; tells whose it was. */
  take(place: number): number {
    let before = 0;
    let rest = place;
    for (let step = this.#highest; step >= 1; step /= 2) {
      const next = before + step;
      if (next < this.#tree.length && this.#at(next) <= rest) {
        before = next;
        rest -= this.#at(next);
      }
    }
    for (let i = before + 1; i < this.#tree.length; i += i & -i) this.#tree[i] = this.#at(i) - 1;
    return before;
  }

  #at(i: number): number {
    return this.#tree[i] ?? 0;
  }
}

function integerBelow(below: number, draw: (below: number) => number): number {
  if (below <= LARGEST_DRAW) return draw(below);
  for (;;) {
    const drawn = draw(Math.ceil(below / LARGEST_DRAW)) * LARGEST_DRAW + draw(LARGEST_DRAW);
    if (drawn < below) return drawn;
  }
}

function sum(quantities: readonly number[]): number {
  return quantities.reduce((total, quantity) => total + quantity, 0);
}
