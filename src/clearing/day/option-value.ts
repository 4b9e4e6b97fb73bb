import type { Series } from '../series.ts';
import type { ClearingSettings } from '../settings.ts';

/** A number of points or dollars, exactly: `value` over 10 to the power of `decimals`. */
export interface Exact {
  readonly value: bigint;
  readonly decimals: number;
}

const BASIS_POINTS = 10_000n;

/**
 * How far an option is in the money for its holder, for one unit of the underlying; below zero when it is out of it.
 * @param price of the underlying, an integer in the class's price decimals; the strike has decimals of its own
 */
export function intrinsicValue({ kind, strike, instrumentClass }: Series, price: number): Exact {
  const { priceDecimals, strikeDecimals } = instrumentClass;
  const decimals = Math.max(priceDecimals, strikeDecimals);
  const above = scaled(price, decimals - priceDecimals) - scaled(strike, decimals - strikeDecimals);
  return { value: kind === 'put' ? -above : above, decimals };
}

/**
 * Whether a held option is exercised by itself on its last day. Stock options are when they are in the money by 1.5 %
 * of the strike or more: a call at strike × 1.015 or above (stk_opt_faq_3, B; the setting). ASSUMED: index options are
 * when they are in the money at all, by any amount.
 */
export function isExercisedAutomatically(series: Series, price: number, settings: ClearingSettings): boolean {
  const { value, decimals } = intrinsicValue(series, price);
  if (value <= 0n) return false;
  const { settlement, strikeDecimals } = series.instrumentClass;
  if (settlement === 'cash') return true;
  const strike = scaled(series.strike, decimals - strikeDecimals);
  return value * BASIS_POINTS >= strike * BigInt(settings.automaticExerciseBasisPoints);
}

/** Cents that so many units are worth, to the nearest one; half a cent counts as one, for both signs alike. */
export function toCents({ value, decimals }: Exact, units: number): number {
  const divisor = 10n ** BigInt(decimals);
  const exact = value * 100n * BigInt(units);
  const size = exact < 0n ? -exact : exact;
  const cents = (2n * size + divisor) / (2n * divisor);
  return Number(exact < 0n ? -cents : cents);
}

function scaled(value: number, decimals: number): bigint {
  return BigInt(value) * 10n ** BigInt(decimals);
}
