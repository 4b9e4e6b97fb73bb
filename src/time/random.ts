/**
 * Seeded random numbers, forked by name: a new use in one place does not shift the numbers of any
 * other. Integer arithmetic only, so that every machine and Node version draws the same.
 */
export interface Random {
  /** A uniform integer from 0 to `below` - 1; `below` is 1 to 2^32. */
  integer(below: number): number;
  /** One of `choices`, which is not empty. */
  pick<T>(choices: readonly T[]): T;
  /** An independent stream for the use called `name`. */
  fork(name: string): Random;
}

export function seededRandom(seed: number | string): Random {
  return streamOf(String(seed));
}

function streamOf(name: string): Random {
  let state = hash(name);
  // mulberry32: 32 bits of state, passes the usual small tests, and short enough to check by eye.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  const integer = (below: number): number => {
    if (!Number.isInteger(below) || below < 1 || below > 2 ** 32) throw new RangeError(`integer(below): ${below}`);
    // Numbers over the largest multiple of `below` are drawn again: without that, small ones come more often.
    const limit = 2 ** 32 - (2 ** 32 % below);
    let drawn = next();
    while (drawn >= limit) drawn = next();
    return drawn % below;
  };
  return {
    integer,
    pick: (choices) => {
      if (choices.length === 0) throw new RangeError('pick: nothing to choose from');
      return choices[integer(choices.length)] as (typeof choices)[number];
    },
    fork: (child) => streamOf(`${name}/${child}`),
  };
}

// FNV-1a over UTF-16 code units.
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}
