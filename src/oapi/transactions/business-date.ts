import { calendarDateOf, plusMs, toCompactDate, toCompactTime } from '../../time/instant.ts';
import { COMPLETION } from '../completion.ts';
import { answerBusinessDate, queryBusinessDate } from '../layouts.ts';
import type { Transaction } from './registry.ts';

const HKT_AHEAD_OF_UTC_MS = 28_800_000;

/** UQ12, answered by UA12: business date, the simulated time in UTC, and the offset. oapi-facts.md 4.2, C. */
export const businessDateQuery: Transaction = {
  type: 'UQ12',
  answer(message, { gateway }) {
    queryBusinessDate.decode(message);
    const { core, settings } = gateway;
    const utc = plusMs(core.now(), -HKT_AHEAD_OF_UTC_MS);
    return {
      completion: COMPLETION.NORMAL,
      outcome: 'ok',
      rows: 1,
      message: answerBusinessDate.encode({
        type: 'UA12',
        omex_version: settings.omexVersion,
        business_date: toCompactDate(core.businessDate()),
        utc_date: toCompactDate(calendarDateOf(utc)),
        utc_time: toCompactTime(utc),
        tz_variable: settings.timeZoneVariable,
        utc_offset: settings.utcOffset,
      }),
    };
  },
};
