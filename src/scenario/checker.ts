import type * as z from 'zod/mini';
import type { ProblemText } from './problem.ts';
import type { Path } from './source-node.ts';

/** What a check of one section works with: where it stands, what has the right shape, and whom to tell. */
export interface Checker {
  /** A checker for a part of this section. */
  under(...path: (string | number)[]): Checker;
  /** Whether what stands at the path has the shape that its type promises. */
  usable(...path: (string | number)[]): boolean;
  refuse(path: Path, text: ProblemText): void;
  /** The same of the word before the colon. */
  refuseKey(path: Path, text: ProblemText): void;
  /** The items of a list that have the right shape, with their places in it. */
  items<T>(
    list: readonly T[] | undefined,
  ): readonly { readonly item: T; readonly index: number; readonly check: Checker }[];
  /** Holds a value against a further schema, for example a verb's; says what is wrong. Returns whether it fits. */
  fits(schema: z.ZodMiniType, value: unknown, ...path: (string | number)[]): boolean;
  /** The line at which the path stands. */
  lineOf(...path: (string | number)[]): number;
  /** The file in which the path stands. */
  fileOf(...path: (string | number)[]): string;
  /** The same in words, with the file where that is another one: `line 7`, `line 7 of trades.csv`. */
  spotOf(...path: (string | number)[]): string;
  /** True when so much has been refused that nobody reads on: what is left of a long list need not be checked. */
  enough(): boolean;
}

export interface CheckerPorts {
  usable(path: Path): boolean;
  refuse(path: Path, text: ProblemText): void;
  refuseKey(path: Path, text: ProblemText): void;
  fits(schema: z.ZodMiniType, value: unknown, path: Path): boolean;
  lineOf(path: Path): number;
  fileOf(path: Path): string;
  spotOf(path: Path): string;
  enough(): boolean;
}

export function checkerFor(ports: CheckerPorts, base: Path = []): Checker {
  const under = (...path: (string | number)[]): Checker => checkerFor(ports, [...base, ...path]);
  return {
    under,
    usable: (...path) => ports.usable([...base, ...path]),
    refuse: (path, text) => ports.refuse([...base, ...path], text),
    refuseKey: (path, text) => ports.refuseKey([...base, ...path], text),
    fits: (schema, value, ...path) => ports.fits(schema, value, [...base, ...path]),
    lineOf: (...path) => ports.lineOf([...base, ...path]),
    fileOf: (...path) => ports.fileOf([...base, ...path]),
    spotOf: (...path) => ports.spotOf([...base, ...path]),
    enough: ports.enough,
    items<T>(list: readonly T[] | undefined) {
      // The file may have anything here; only what has the right shape is a list of T.
      const items: readonly T[] = Array.isArray(list) ? (list as readonly T[]) : [];
      return items.flatMap((item, index) =>
        ports.usable([...base, index]) ? [{ item, index, check: under(index) }] : [],
      );
    },
  };
}

/** Refuses the second item that has the same `key`; items of the wrong shape included, as far as they can be read. */
export function requireUnique(list: unknown, key: string, what: string, check: Checker): void {
  const first = new Map<string, number>();
  for (const [i, item] of (Array.isArray(list) ? (list as unknown[]) : []).entries()) {
    const id = (item as Record<string, unknown> | null)?.[key];
    if (typeof id !== 'string') continue;
    const before = first.get(id);
    if (before === undefined) first.set(id, i);
    else {
      check.refuse([i, key], {
        message: `there is already ${article(what)} ${what} "${id}" (${check.spotOf(before, key)}); write another ${key}, or remove one of the two`,
        found: id,
      });
    }
  }
}

function article(what: string): string {
  return /^[aeiou]/.test(what) && !what.startsWith('us') ? 'an' : 'a';
}
