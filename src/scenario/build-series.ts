import { instrumentClass, instrumentClasses } from '../clearing/instrument-class.ts';
import { parseSeriesName, type Series, type SeriesNameProblem } from '../clearing/series.ts';
import type { Checker } from './checker.ts';
import type { Day } from './day.ts';
import { spreadTrouble } from './names.ts';
import { listNames, nearest } from './nearest.ts';
import type { ProblemText } from './problem.ts';

/** The series of the file by name; undefined for a name that is listed but wrong. */
export function toSeries(list: readonly unknown[], day: Day, check: Checker): ReadonlyMap<string, Series | undefined> {
  const found = new Map<string, Series | undefined>();
  for (const [i, name] of (Array.isArray(list) ? list : []).entries()) {
    if (typeof name !== 'string') continue;
    if (found.has(name)) {
      check.refuse([i], {
        message: `the series "${name}" stands in the list already; remove one of the two`,
        found: name,
      });
      continue;
    }
    if (!check.usable(i)) {
      found.set(name, undefined);
      continue;
    }
    const parsed = parseSeriesName(name, day.date, day.calendar);
    if ('problem' in parsed) check.refuse([i], seriesTrouble(name, parsed.problem));
    else if (parsed.lastTradingDay < day.date) {
      check.refuse([i], {
        message: `${name} has expired: its last trading day was ${parsed.lastTradingDay}; write a later month`,
        found: name,
      });
    }
    found.set(name, 'problem' in parsed ? undefined : parsed);
  }
  return found;
}

function seriesTrouble(name: string, problem: SeriesNameProblem): ProblemText {
  const code = name.slice(0, 3);
  switch (problem) {
    case 'class': {
      const allowed = instrumentClasses().map((each) => each.code);
      const near = nearest(code, allowed);
      return {
        message: `"${name}" begins with ${code}, which is no class; ${near ? `write "${near}${name.slice(3)}"` : 'write one'} (classes: ${listNames(allowed)})`,
        found: name,
        allowed,
        ...(near === undefined ? {} : { nearest: near + name.slice(3) }),
      };
    }
    case 'strike-decimals': {
      const decimals = instrumentClass(code)?.strikeDecimals ?? 0;
      const example = decimals === 0 ? 'HSI28000E9' : 'HKB65.00E9';
      return {
        message: `the strike of "${name}" is written with ${decimals === 0 ? 'no' : decimals} decimals and is above 0; write it like "${example}"`,
        found: name,
      };
    }
    case 'kind':
      return {
        message: `${code} has options only; write a strike between the class and the month, for example "HKB65.00E9"`,
        found: name,
      };
    case 'spread':
      return spreadTrouble(name);
    case 'shape':
      return {
        message:
          `"${name}" has no month letter that fits; futures: F G H J K M N Q U V X Z for January to December, ` +
          'calls: A to L, puts: M to X; write for example "HSIK9" or "HSI28000E9"',
        found: name,
      };
  }
}
