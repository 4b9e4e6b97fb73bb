import type { ClearingSettings } from './settings.ts';

export interface AveragePrice {
  /** Contracts. */
  readonly quantity: number;
  /** Rounded: integer in price decimals. */
  readonly averagePrice: number;
  /** What rounding left: sum of price times quantity, less average price times quantity, in price units times contracts. */
  readonly valueDifference: number;
}

/**
 * The average price of some contracts, weighted by quantity. Exact until the one rounding: price times quantity may
 * pass what a number holds.
 *
 * ASSUMED: to the nearest price, a half up (`averagePriceRounding`; FAQ-2017 Q28 has a rule, its text is not public).
 */
export function averagePriceOf(
  members: readonly { readonly price: number; readonly quantity: number }[],
  rounding: ClearingSettings['averagePriceRounding'],
): AveragePrice {
  const quantity = members.reduce((sum, member) => sum + member.quantity, 0);
  const value = members.reduce((sum, member) => sum + BigInt(member.price) * BigInt(member.quantity), 0n);
  const average = divide(value, BigInt(quantity), rounding);
  return {
    quantity,
    averagePrice: Number(average),
    valueDifference: Number(value - average * BigInt(quantity)),
  };
}

// BigInt division drops the fraction; a spread's price, and so the value, may be below zero.
function divide(value: bigint, by: bigint, rounding: ClearingSettings['averagePriceRounding']): bigint {
  switch (rounding) {
    case 'down':
      return floor(value, by);
    case 'up':
      return -floor(-value, by);
    case 'nearest':
      return floor(2n * value + by, 2n * by);
  }
}

function floor(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}
