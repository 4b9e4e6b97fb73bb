import * as z from 'zod/mini';
import { ACCOUNT_TYPES, type AccountType } from '../clearing/account.ts';
import { DEFAULT_CLEARING_SETTINGS, type ClearingSettings } from '../clearing/settings.ts';
import { parseWallTime } from '../time/duration.ts';
import { startOfDay, type CalendarDate } from '../time/instant.ts';
import type { Checker } from './checker.ts';
import * as l from './leaf.ts';

const timeOfDay = l.leaf(z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/)), {
  expects: 'a time of day in quotes, for example "18:45"',
});

const TIMES = {
  afterHoursFrom: 'afterHoursFromMs',
  inputCutoff: 'inputCutoffMs',
  afterHoursCutoff: 'afterHoursCutoffMs',
  serviceFrom: 'serviceFromMs',
} as const satisfies Record<string, keyof ClearingSettings>;

/** `world.clearing`: what HKEX's public texts leave open, as settings. */
export const clearingRules = () =>
  l.group(
    {
      afterHoursFrom: z.optional(timeOfDay),
      inputCutoff: z.optional(timeOfDay),
      afterHoursCutoff: z.optional(timeOfDay),
      serviceFrom: z.optional(timeOfDay),
      rectificationHeld: z.optional(l.oneOf(['never', 'old-trades', 'always'])),
      rectificationConfirmedBy: z.optional(l.oneOf(['another-user', 'any-user'])),
      giveUpOldTrades: z.optional(l.oneOf(['refused', 'allowed'])),
      giveUpsAtDayEnd: z.optional(l.oneOf(['lapse', 'keep'])),
      averagePriceRounding: z.optional(l.oneOf(['nearest', 'up', 'down'])),
      averagePriceAccounts: z.optional(
        l.someOf(l.oneOf(ACCOUNT_TYPES as readonly [AccountType, ...AccountType[]]), 'account types: [daily]'),
      ),
      netDownFutures: z.optional(l.oneOf(['allowed', 'refused'])),
      automaticExerciseBasisPoints: z.optional(l.integer(0, 10_000, 'hundredths of a percent in the money')),
      assignment: z.optional(l.oneOf(['random', 'pro-rata'])),
      deliveryDays: z.optional(l.integer(0, 30, 'business days')),
      dailyAtDayEnd: z.optional(l.oneOf(['sink', 'keep'])),
      transitoryAtDayEnd: z.optional(l.oneOf(['sink', 'keep'])),
    },
    'clearing rules: { inputCutoff: "18:45", rectificationHeld: old-trades, … }',
  );

/** The rules of the day: the defaults, with what the file changes. */
export function toClearingSettings(
  section: z.infer<ReturnType<typeof clearingRules>> | undefined,
  frame: { readonly holidays: readonly CalendarDate[]; readonly seed: number | string },
  check: Checker,
): ClearingSettings {
  const changes: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(section ?? {})) {
    if (value === undefined || !check.usable(key)) continue;
    const time = TIMES[key as keyof typeof TIMES];
    if (time === undefined) changes[key] = value;
    else changes[time] = msOfDay(value as string);
  }
  const settings: ClearingSettings = { ...DEFAULT_CLEARING_SETTINGS, ...changes, ...frame };
  if (settings.serviceFromMs < settings.afterHoursCutoffMs) {
    check.refuse([section?.serviceFrom === undefined ? 'afterHoursCutoff' : 'serviceFrom'], {
      message: 'DCASS cannot open in the morning before the T+1 cut-off of the night; write a later serviceFrom',
    });
  }
  if (settings.inputCutoffMs < settings.serviceFromMs) {
    check.refuse([section?.inputCutoff === undefined ? 'serviceFrom' : 'inputCutoff'], {
      message: 'the System Input Cutoff cannot come before DCASS opens in the morning; write a later inputCutoff',
    });
  }
  return settings;
}

function msOfDay(text: string): number {
  const day = '2019-05-05' as CalendarDate;
  return (parseWallTime(text, day) ?? 0) - startOfDay(day);
}
