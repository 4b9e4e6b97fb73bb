// What no window would send, or what breaks programs.
const NUMBERS = [
  0,
  -0,
  -1,
  0.5,
  5_000,
  1e9,
  2 ** 31,
  2 ** 53 - 1,
  2 ** 53,
  1e308,
  -(2 ** 53 - 1),
  NaN,
  Infinity,
  -Infinity,
];
const TEXTS = [
  '',
  ' ',
  '\n',
  '0',
  '__proto__',
  'constructor',
  'HSIK9 ',
  '馬',
  '\u{1F3C7}',
  '\uD800',
  '\u0000',
  '=1+1',
  'x'.repeat(5_000),
];

/**
 * The choices of one step, thrown beforehand: so a history is the same whenever it is run, and shrinks. The lower the
 * throw, the earlier the choice. A wild step takes some of its arguments from what is absurd.
 */
export class Dice {
  readonly #throws: readonly number[];
  readonly #isWild: boolean;
  #next = 0;

  constructor(throws: readonly number[], isWild: boolean) {
    this.#throws = throws;
    this.#isWild = isWild;
  }

  /** 0 to `max`. */
  upTo(max: number): number {
    return this.#throw() % (max + 1);
  }

  oneIn(chances: number): boolean {
    return this.#throw() % chances === chances - 1;
  }

  of<const T>(choices: readonly [T, ...T[]]): T {
    return choices[this.#throw() % choices.length] as T;
  }

  /** The newest are the likeliest to be of use. */
  ofLatest<T>(choices: readonly T[]): T | undefined {
    return choices.at(-1 - (this.#throw() % Math.max(1, choices.length)));
  }

  /** This one, unless the step is wild. `most`: where larger ones cannot come from outside. */
  number(usual: number, most = Infinity): number {
    if (!this.#isAbsurd()) return usual;
    const absurd = NUMBERS.filter((each) => !(each > most));
    return absurd[this.#throw() % absurd.length] ?? 0;
  }

  text<T extends string>(usual: T): T {
    return (this.#isAbsurd() ? (TEXTS[this.#throw() % TEXTS.length] ?? '') : usual) as T;
  }

  list<T>(usual: readonly T[]): readonly T[] {
    if (!this.#isAbsurd()) return usual;
    return this.oneIn(2) ? [] : Array.from({ length: 1_001 }, () => usual).flat();
  }

  #isAbsurd(): boolean {
    return this.#isWild && this.#throw() % 3 === 2;
  }

  #throw(): number {
    return this.#throws[this.#next++ % this.#throws.length] ?? 0;
  }
}
