import { instrumentClass } from '../clearing/instrument-class.ts';
import { parseScaled } from '../clearing/price.ts';
import type { PriceDefinition } from '../clearing/world.ts';
import * as z from 'zod/mini';
import { leaf } from './leaf.ts';
import { checkSeries, type Names } from './names.ts';
import { requireUnique, type Checker } from './checker.ts';
import type { WorldSection } from './schema.ts';
import type { Refuse } from './source-node.ts';

/** A series, or the class whose underlying is meant. */
export const priceOf = leaf(z.string().check(z.regex(/^[A-Z]{3}((\d+(\.\d+)?)?[A-Z]\d)?$/)), {
  expects: 'a series or a class in quotes, for example "HSIK9" or "HKB"',
});

/** Reads a price of a series or of a class's underlying; undefined when something is wrong, which has been refused then. */
export function toPriceDefinition(
  { of, price }: { readonly of: string; readonly price: string },
  names: Names,
  refuse: Refuse,
): PriceDefinition | undefined {
  const known = of.length === 3 ? instrumentClass(of) : checkSeries(names, of, ['of'], refuse)?.instrumentClass;
  if (!known) {
    if (of.length === 3) {
      const classes = [...new Set([...names.series.values()].flatMap((each) => each?.instrumentClass.code ?? []))];
      refuse(['of'], {
        message: `there is no class "${of}"; write a class (${classes.join(', ')}) or a series`,
        found: of,
      });
    }
    return undefined;
  }
  const scaled = parseScaled(price, known.priceDecimals);
  if (scaled !== undefined && scaled > 0 && scaled <= 0x7fffffff) return { of, price: scaled };
  refuse(['price'], {
    message: `found ${price}; a price of ${known.code} is above 0 and has ${known.priceDecimals === 0 ? 'no decimals' : `at most ${known.priceDecimals} decimals`}`,
    found: price,
  });
  return undefined;
}

/** The prices that are known when the day starts. */
export function toPrices(list: WorldSection['prices'], names: Names, check: Checker): readonly PriceDefinition[] {
  requireUnique(list, 'of', 'price', check);
  return check.items(list).flatMap(({ item, check: here }) => toPriceDefinition(item, names, here.refuse) ?? []);
}
