import { calendarDateOf, plusMs, toCompactDate, toCompactTime } from '../../time/instant.ts';
import { COMPLETION } from '../completion.ts';
import { INT, TEXT } from '../dictionary/shape.ts';
import { transaction } from './transaction.ts';

const HKT_AHEAD_OF_UTC_MS = 28_800_000;

export const businessDateQuery = transaction({
  type: 'UQ12',
  meaning: 'business date, the simulated time in UTC, and the offset',
  source: 'oapi-facts.md 4.2, C',
  call: 'query',
  kind: 'enquiry',
  answers: {
    UA12: {
      omex_version: TEXT,
      business_date: TEXT,
      utc_date: TEXT,
      utc_time: TEXT,
      tz_variable: TEXT,
      utc_offset: INT,
    },
  },
  answer(_request, { gateway, answers }) {
    const { core, settings } = gateway;
    const utc = plusMs(core.now(), -HKT_AHEAD_OF_UTC_MS);
    return {
      completion: COMPLETION.NORMAL,
      outcome: 'ok',
      rows: 1,
      message: answers.UA12.encode(
        {
          omex_version: settings.omexVersion,
          business_date: toCompactDate(core.businessDate()),
          utc_date: toCompactDate(calendarDateOf(utc)),
          utc_time: toCompactTime(utc),
          tz_variable: settings.timeZoneVariable,
          utc_offset: settings.utcOffset,
        },
        'UA12',
      ),
    };
  },
});
