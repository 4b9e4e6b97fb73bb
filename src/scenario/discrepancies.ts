import type { CustomerCode } from '../clearing/participant.ts';
import { seededRandom } from '../time/random.ts';
import { requireUnique, type Checker } from './checker.ts';
import { checkParticipant, type KnownParticipant, type Names } from './names.ts';
import { listNames } from './nearest.ts';
import type { PlannedBreaks } from './scenario.ts';
import type { DiscrepanciesSection } from './schema.ts';

/** How many breaks each participant's own records get: as the file says, or a number of them spread by the seed. */
export function toDiscrepancies(
  section: DiscrepanciesSection | undefined,
  names: Names,
  seed: number | string,
  check: Checker,
): readonly PlannedBreaks[] {
  if (section === undefined || !check.usable()) return [];
  if (typeof section === 'number') return spread(section, names, seed, check);
  requireUnique(section, 'participant', 'participant', check);
  return check.items(section).flatMap(({ item, check: here }): PlannedBreaks[] => {
    const { participant, trades = 0, positions = 0 } = item;
    if (!checkParticipant(names, participant, ['participant'], here.refuse)) return [];
    const { accounts, series } = reachOf(names, participant);
    if (series === 0 && trades + positions > 0) {
      here.refuse(['participant'], { message: noSeries(participant), found: participant });
      return [];
    }
    // A position is one of an account in a series: it can be wrong, missing or too many once.
    if (positions > accounts * series) {
      here.refuse(['positions'], {
        message: `found ${positions}; ${participant} has ${accounts === 1 ? 'one account' : `${accounts} accounts`} and can hold ${series} series: at most ${accounts * series} of its positions can differ`,
        found: String(positions),
      });
      return [];
    }
    return [{ participant: participant as CustomerCode, trades, positions }];
  });
}

function spread(total: number, names: Names, seed: number | string, check: Checker): readonly PlannedBreaks[] {
  if (total === 0) return [];
  const random = seededRandom(seed).fork('discrepancies').fork('spread');
  const able = [...names.participants.keys()]
    .map((participant) => ({ participant, trades: 0, positions: 0, reach: reachOf(names, participant) }))
    .filter(({ reach }) => reach.series > 0);
  if (able.length === 0) {
    const codes = listNames(names.participants.keys());
    if (names.doubtful.size === 0) check.refuse([], { message: noSeries(codes), found: String(total) });
    return [];
  }
  for (let left = total; left > 0; left--) {
    const one = random.pick(able);
    const isFull = one.positions >= one.reach.accounts * one.reach.series;
    one[isFull ? 'trades' : random.pick(['trades', 'positions'] as const)] += 1;
  }
  return able
    .filter(({ trades, positions }) => trades + positions > 0)
    .map(({ participant, trades, positions }) => ({ participant: participant as CustomerCode, trades, positions }));
}

function noSeries(participant: string): string {
  return `there is no series that ${participant} could hold: nothing of its books can differ; add one under series`;
}

/** How many accounts a participant has, and in how many series it can hold something. */
function reachOf(names: Names, code: string): { readonly accounts: number; readonly series: number } {
  const known: KnownParticipant | undefined = names.participants.get(code);
  const series = [...names.series.values()].filter(
    (each) => each && (known?.clearingHouses ?? []).includes(each.instrumentClass.clearingHouse),
  );
  return { accounts: known?.accounts?.size ?? 0, series: series.length };
}
