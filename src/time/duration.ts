import { HOUR_MS, MINUTE_MS, SECOND_MS, startOfDay, type CalendarDate, type Instant, DAY_MS } from './instant.ts';

/** Reads `90s`, `5m`, `1h30m`, `2d` in milliseconds; undefined when the text is no duration. */
export function parseDuration(text: string): number | undefined {
  const match = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text);
  if (!match || text === '') return undefined;
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
  ];
  const ms = days * DAY_MS + hours * HOUR_MS + minutes * MINUTE_MS + seconds * SECOND_MS;
  return Number.isSafeInteger(ms) ? ms : undefined;
}

/** Writes milliseconds the way {@link parseDuration} reads them, for messages: `1h30m`. */
export function toDurationText(ms: number): string {
  const parts: [number, string][] = [
    [Math.floor(ms / DAY_MS), 'd'],
    [Math.floor(ms / HOUR_MS) % 24, 'h'],
    [Math.floor(ms / MINUTE_MS) % 60, 'm'],
    [Math.floor(ms / SECOND_MS) % 60, 's'],
  ];
  return parts.flatMap(([count, unit]) => (count > 0 ? [`${count}${unit}`] : [])).join('') || '0s';
}

/** The same for durations of real time, which may be shorter than a second: `300ms`, `1s500ms`. */
export function parseTransportDuration(text: string): number | undefined {
  const match = /^(.*?)(?:(\d+)ms)?$/.exec(text);
  const [whole = '', ms] = match?.slice(1) ?? [];
  if (ms === undefined) return parseDuration(whole);
  const seconds = whole === '' ? 0 : parseDuration(whole);
  return seconds === undefined ? undefined : seconds + Number(ms);
}

/** Writes milliseconds the way {@link parseTransportDuration} reads them. */
export function toTransportDurationText(ms: number): string {
  const rest = ms % SECOND_MS;
  if (rest === 0) return toDurationText(ms);
  return `${ms < SECOND_MS ? '' : toDurationText(ms)}${rest}ms`;
}

/**
 * Reads a Hong Kong wall time of a scenario, `HH:MM`, `HH:MM:SS` or `+1d 01:00` (past midnight),
 * relative to `day`; undefined when the text is none of them.
 */
export function parseWallTime(text: string, day: CalendarDate): Instant | undefined {
  const match = /^(?:\+(\d{1,2})d )?([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(text);
  if (!match) return undefined;
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
  ];
  return (startOfDay(day) + days * DAY_MS + hours * HOUR_MS + minutes * MINUTE_MS + seconds * SECOND_MS) as Instant;
}
