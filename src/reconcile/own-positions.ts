import type { Random } from '../time/random.ts';
import { byAccountAndSeries, type PositionRow } from './books.ts';
import { otherQuantity } from './own-trades.ts';
import { takeOne, type Planted, type Reach } from './planted.ts';

type PositionBreak = 'missing' | 'extra' | 'quantity' | 'side';

const BREAKS: readonly PositionBreak[] = ['missing', 'extra', 'quantity', 'side'];

/** A participant's own positions with `count` breaks, each in an account and series of its own, as far as there are any. */
export function ownPositions(
  dcass: readonly PositionRow[],
  reach: Reach,
  count: number,
  random: Random,
): { readonly rows: readonly PositionRow[]; readonly planted: readonly Planted<PositionRow>[] } {
  const rows = new Map(dcass.map((row) => [keyOf(row), row]));
  const untouched = dcass.filter(({ held, written }) => held + written > 0);
  const planted: Planted<PositionRow>[] = [];
  let free: PositionRow[] | undefined;
  while (planted.length < count) {
    const kind = random.pick(BREAKS);
    if (kind === 'extra' || untouched.length === 0) {
      const place = takeOne((free ??= freePlaces(dcass, reach)), random);
      if (place) {
        const quantity = 1 + random.integer(50);
        const own = { ...place, ...(random.integer(2) === 0 ? { held: quantity } : { written: quantity }) };
        rows.set(keyOf(own), own);
        planted.push({ list: 'positions', kind: 'extra', dcass: undefined, own });
        continue;
      }
    }
    const row = takeOne(untouched, random);
    // Every account and series differs already. The scenario loader has told whoever asks for more.
    if (!row) break;
    if (kind === 'missing') {
      rows.delete(keyOf(row));
      planted.push({ list: 'positions', kind, dcass: row, own: undefined });
      continue;
    }
    const isSide = kind === 'side' && row.held !== row.written;
    const own = isSide ? { ...row, held: row.written, written: row.held } : withOtherQuantity(row, random);
    rows.set(keyOf(row), own);
    planted.push({ list: 'positions', kind: isSide ? 'side' : 'quantity', dcass: row, own });
  }
  return { rows: [...rows.values()].toSorted(byAccountAndSeries), planted };
}

function keyOf({ account, series }: PositionRow): string {
  return `${account}\n${series}`;
}

// Accounts and series in which DCASS has nothing.
function freePlaces(dcass: readonly PositionRow[], { accounts, series }: Reach): PositionRow[] {
  const taken = new Set(dcass.filter(({ held, written }) => held + written > 0).map(keyOf));
  return accounts
    .flatMap((account) => series.map(({ name }) => ({ account, series: name, held: 0, written: 0 })))
    .filter((place) => !taken.has(keyOf(place)));
}

function withOtherQuantity(row: PositionRow, random: Random): PositionRow {
  return row.held >= row.written
    ? { ...row, held: otherQuantity(row.held, random) }
    : { ...row, written: otherQuantity(row.written, random) };
}
