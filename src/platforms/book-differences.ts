import type { ClearingCore } from '../clearing/core.ts';
import type { Trade } from '../clearing/deal.ts';
import type { CustomerCode } from '../clearing/participant.ts';

/** Something that a participant sees otherwise after a fallback. */
export interface BookDifference {
  readonly participant: CustomerCode;
  readonly what: 'trade' | 'position' | 'give-up';
  /** The trade's or give-up's number, or account and series of the position; as the upgraded platform had them where it had them. */
  readonly which: string;
  /** What each platform shows, in words; undefined: it does not have it. */
  readonly upgraded: string | undefined;
  readonly old: string | undefined;
}

/** Trades, positions and give-ups of a participant that the two do not show alike. */
export function bookDifferences(
  upgraded: ClearingCore,
  old: ClearingCore,
  code: CustomerCode,
): readonly BookDifference[] {
  const [before, after] = [upgraded.book(code), old.book(code)];
  if (!before || !after) return [];
  const differing = (
    what: BookDifference['what'],
    rows: readonly (readonly [which: string, upgraded: string | undefined, old: string | undefined])[],
  ): readonly BookDifference[] =>
    rows
      .filter(([, one, other]) => one !== other)
      .map(([which, one, other]) => ({ participant: code, what, which, upgraded: one, old: other }));

  const keys = new Set([...before.positions.keys(), ...after.positions.keys()]);
  return [
    ...differing('trade', pairTrades(before.trades.all(), after.trades.all())),
    ...differing(
      'position',
      [...keys].map((key) => [
        key.replace('\n', ' '),
        sayPosition(before.positions.get(key)),
        sayPosition(after.positions.get(key)),
      ]),
    ),
    ...differing(
      'give-up',
      pairByText(
        before.giveUps.map((number) => ({ number, text: sayGiveUp(upgraded, number) })),
        after.giveUps.map((number) => ({ number, text: sayGiveUp(old, number) })),
      ),
    ),
  ];
}

type Row = readonly [which: string, upgraded: string | undefined, old: string | undefined];

/** The same trade has another number there: each is paired with the first that looks like it. */
function pairTrades(before: readonly Trade[], after: readonly Trade[]): readonly Row[] {
  return pairByText(
    before.map((trade) => ({ number: trade.number, text: sayTrade(trade) })),
    after.map((trade) => ({ number: trade.number, text: sayTrade(trade) })),
  );
}

interface Said {
  readonly number: number;
  readonly text: string;
}

function pairByText(before: readonly Said[], after: readonly Said[]): readonly Row[] {
  const left = [...after];
  const rows = before.map(({ number, text }): Row => {
    const index = left.findIndex((each) => each.text === text);
    const [found] = index < 0 ? [] : left.splice(index, 1);
    return [String(number), `${number}: ${text}`, found && `${found.number}: ${found.text}`];
  });
  return [...rows, ...left.map(({ number, text }): Row => [String(number), undefined, `${number}: ${text}`])];
}

function sayTrade({ side, quantity, series, price, account, type, state, remainingQuantity }: Trade): string {
  return `${side} ${quantity} ${series} at ${price} in ${account}, ${type}, ${state}, ${remainingQuantity} remaining`;
}

function sayPosition(position: { readonly held: number; readonly written: number } | undefined): string {
  return `${position?.held ?? 0} held, ${position?.written ?? 0} written`;
}

function sayGiveUp(core: ClearingCore, number: number): string {
  const found = core.giveUp(number);
  return found ? `${found.quantity} ${found.series} from ${found.giver} to ${found.taker}, ${found.state}` : '';
}
