import type { AccountId } from '../../../src/clearing/account.ts';
import type { Command, CommandName } from '../../../src/clearing/commands/command.ts';
import type { OpenClose, Trade } from '../../../src/clearing/deal.ts';
import type { TradePart } from '../../../src/clearing/give-up.ts';
import type { CustomerCode } from '../../../src/clearing/participant.ts';
import type { Position } from '../../../src/clearing/position.ts';
import type { SeriesName } from '../../../src/clearing/series.ts';
import { bookOf, positionKey, type Book } from '../../../src/clearing/state.ts';
import type { Dice } from './dice.ts';
import type { Place } from './place.ts';
import { CODES, SERIES } from './world.ts';

/** A command that mostly makes sense, and who issues it. */
interface Issued {
  readonly by: CustomerCode;
  readonly command: Command;
}

/** Every command, made of what there is in the state at this moment; one that is forgotten does not compile. */
const COMMANDS: { readonly [Name in CommandName]: (place: Place, dice: Dice) => Issued } = {
  'rectify-trade': (place, dice) => {
    const [by, trade] = someTrade(place, dice);
    const parts = partsOf(place, by, dice, upToAll(dice, trade?.remainingQuantity ?? 1));
    return { by, command: { do: 'rectify-trade', trade: dice.number(trade?.number ?? 1), parts } };
  },
  'confirm-rectification': (place, dice) => {
    const [by, number] = latest(place, dice, (book) => pending(book.rectifications));
    return { by, command: { do: 'confirm-rectification', rectification: dice.number(number) } };
  },
  'reject-rectification': (place, dice) => {
    const [by, number] = latest(place, dice, (book) => pending(book.rectifications));
    return { by, command: { do: 'reject-rectification', rectification: dice.number(number) } };
  },
  'transfer-from-transitory': (place, dice) => {
    const [by, trade] = someTrade(place, dice, (each) => each.account === 'TRANSIT');
    const parts = partsOf(place, by, dice, upToAll(dice, trade?.remainingQuantity ?? 1));
    return { by, command: { do: 'transfer-from-transitory', trade: dice.number(trade?.number ?? 1), parts } };
  },
  'make-average-price-trade': (place, dice) => {
    const [by, last] = someTrade(place, dice, (each) => each.account === 'DAILY' && hasMate(place, each));
    const alike = bookOf(place.whole, by)
      .trades.all()
      .filter(
        ({ series, side, account, clearingDate }) =>
          series === last?.series &&
          side === last.side &&
          account === last.account &&
          (clearingDate === last.clearingDate || dice.oneIn(12)),
      );
    const some = alike.filter((each) => isUsable(each) || dice.oneIn(12)).slice(-2 - dice.upTo(2));
    const trades = some.map(({ number }) => dice.number(number));
    return { by, command: { do: 'make-average-price-trade', trades: dice.list(trades) } };
  },
  'request-give-up': (place, dice) => {
    const [by, trade] = someTrade(place, dice);
    const free = (trade?.remainingQuantity ?? 1) - (trade?.heldQuantity ?? 0);
    return {
      by,
      command: {
        do: 'request-give-up',
        trade: dice.number(trade?.number ?? 1),
        to: dice.text(someCode(dice)),
        takerAccount: dice.oneIn(3) ? dice.text('OMNI1' as AccountId) : undefined,
        quantity: dice.number(upToAll(dice, free)),
        commission: dice.number(dice.upTo(2)),
        text: dice.text(dice.of(['', 'for a client'])),
      },
    };
  },
  'take-up': (place, dice) => {
    const giveUp = dice.ofLatest(pending(place.whole.giveUps));
    const by = giveUp && !dice.oneIn(8) ? giveUp.taker : someCode(dice);
    const parts = partsOf(place, by, dice, giveUp?.quantity ?? 1);
    return { by, command: { do: 'take-up', giveUp: dice.number(giveUp?.number ?? 1), parts } };
  },
  'reject-give-up': (place, dice) => {
    const giveUp = dice.ofLatest(pending(place.whole.giveUps));
    const by = giveUp && !dice.oneIn(8) ? (dice.oneIn(2) ? giveUp.giver : giveUp.taker) : someCode(dice);
    const text = dice.text(dice.of(['', 'not ours']));
    return { by, command: { do: 'reject-give-up', giveUp: dice.number(giveUp?.number ?? 1), text } };
  },
  'transfer-position': (place, dice) => {
    const [by, position] = somePosition(place, dice);
    return {
      by,
      command: {
        do: 'transfer-position',
        series: dice.text(position.series),
        from: dice.text(position.account),
        to: dice.text(tradingAccount(place, by, dice)),
        held: dice.number(dice.upTo(position.held)),
        written: dice.number(dice.upTo(position.written)),
      },
    };
  },
  'net-down-position': (place, dice) => {
    const [by, position] = somePosition(place, dice, (each) => each.held > 0 && each.written > 0);
    const { account, series, held, written } = position;
    const quantity = dice.number(upToAll(dice, Math.min(held, written)));
    const item = { account: dice.text(account), series: dice.text(series), quantity };
    const finalHeld = dice.oneIn(4) ? { finalHeld: dice.number(held - quantity) } : {};
    return { by, command: { do: 'net-down-position', items: dice.list([{ ...item, ...finalHeld }]) } };
  },
  'restore-position': (place, dice) => {
    const [by, number] = latest(place, dice, (book) => [...book.closeOuts.values()]);
    const closeOut = bookOf(place.whole, by).closeOuts.get(number);
    const quantity = dice.number(upToAll(dice, (closeOut?.quantity ?? 1) - (closeOut?.restored ?? 0)));
    return { by, command: { do: 'restore-position', closeOut: dice.number(number), quantity } };
  },
  'cover-position': (place, dice) => {
    const [by, { account, series, written }] = somePosition(place, dice, isStockCall);
    const quantity = dice.number(dice.upTo(written));
    return { by, command: { do: 'cover-position', account: dice.text(account), series: dice.text(series), quantity } };
  },
  'request-exercise': (place, dice) => {
    const [by, { account, series, held }] = somePosition(place, dice, isHeldStockOption);
    const quantity = dice.number(upToAll(dice, held));
    return {
      by,
      command: { do: 'request-exercise', account: dice.text(account), series: dice.text(series), quantity },
    };
  },
  'annul-exercise': (place, dice) => {
    const [by, number] = latest(place, dice, (book) => pending(book.exercises));
    return { by, command: { do: 'annul-exercise', exercise: dice.number(number) } };
  },
  'deny-exercise': (place, dice) => {
    const [by, { account, series, held }] = somePosition(place, dice, (each) => each.held > 0 && isOption(each));
    const quantity = dice.number(dice.upTo(held));
    return { by, command: { do: 'deny-exercise', account: dice.text(account), series: dice.text(series), quantity } };
  },
};

export const COMMAND_NAMES = Object.keys(COMMANDS) as CommandName[];

export function makeCommand(name: CommandName, place: Place, dice: Dice): Issued {
  const issued = COMMANDS[name](place, dice);
  // What belongs to another participant must be unknown to everybody else.
  return dice.oneIn(15) ? { ...issued, by: someCode(dice) } : issued;
}

export function someCode(dice: Dice): CustomerCode {
  return CODES[dice.upTo(CODES.length - 1)] as CustomerCode;
}

export function someAccount(place: Place, code: CustomerCode, dice: Dice): AccountId {
  const ids = [...(place.whole.books.get(code)?.accounts.keys() ?? [])];
  return ids[dice.upTo(ids.length - 1)] ?? ('HOUSE' as AccountId);
}

/** Mostly one that participants put contracts into. */
export function tradingAccount(place: Place, code: CustomerCode, dice: Dice): AccountId {
  const id = someAccount(place, code, dice);
  const isOfTheSystem = id === 'SINK' || id === 'APT' || id === 'TRANSIT';
  return isOfTheSystem && !dice.oneIn(12) ? ('OMNI1' as AccountId) : id;
}

export function isOpen(place: Place, series: SeriesName): boolean {
  return (place.whole.series.get(series)?.expiryDate ?? '') >= place.whole.businessDate;
}

export function someOpenClose(dice: Dice): OpenClose {
  return dice.of(['default', 'open', 'close', 'default']);
}

/** Mostly all, for that is what ends things. */
function upToAll(dice: Dice, all: number): number {
  return dice.oneIn(2) ? all : 1 + dice.upTo(Math.max(0, all - 1));
}

function partsOf(place: Place, code: CustomerCode, dice: Dice, quantity: number): readonly TradePart[] {
  const first = dice.oneIn(2) ? quantity : 1 + dice.upTo(Math.max(0, quantity - 1));
  const part = (contracts: number): TradePart => ({
    account: dice.text(tradingAccount(place, code, dice)),
    quantity: dice.number(contracts),
    openClose: someOpenClose(dice),
    customerInfo: dice.text(dice.of(['', 'desk 7'])),
  });
  // Sometimes the second one is forgotten, so that the parts do not add up.
  const quantities = dice.oneIn(9) ? [first] : [first, quantity - first];
  return dice.list(quantities.filter((contracts) => contracts > 0).map(part));
}

/** Something remains of it that nothing else holds. */
export function isUsable({ state, remainingQuantity, heldQuantity, heldBy }: Trade): boolean {
  return state === 'active' && remainingQuantity > heldQuantity && heldBy === undefined;
}

export function hasMate(place: Place, { participant, ...trade }: Trade): boolean {
  const mates = bookOf(place.whole, participant)
    .trades.ofSeries(trade.series)
    .filter(
      (each) =>
        isUsable(each) &&
        each.number !== trade.number &&
        each.account === trade.account &&
        each.side === trade.side &&
        each.clearingDate === trade.clearingDate,
    );
  return mates.length > 0;
}

/** Somebody's trade with which something can be done; sometimes another one. */
function someTrade(
  place: Place,
  dice: Dice,
  wanted: (trade: Trade) => boolean = () => true,
): readonly [CustomerCode, Trade | undefined] {
  const all = [...place.whole.books.values()].flatMap((book) => [...book.trades.all()]);
  const found = dice.ofLatest(
    dice.oneIn(8) ? all : all.filter((trade) => wanted(trade) && isUsable(trade) && isOpen(place, trade.series)),
  );
  return [found?.participant ?? someCode(dice), found];
}

function somePosition(
  place: Place,
  dice: Dice,
  wanted: (position: Position) => boolean = () => true,
): readonly [CustomerCode, Position] {
  const all = [...place.whole.books.values()].flatMap((book) => [...book.positions.values()]);
  const found = dice.ofLatest(dice.oneIn(8) ? all : all.filter(wanted));
  if (found) return [found.participant, found];
  const by = someCode(dice);
  const of = { account: someAccount(place, by, dice), series: SERIES[dice.upTo(SERIES.length - 1)] ?? 'HSIK9' };
  const known = bookOf(place.whole, by).positions.get(positionKey(of.account, of.series));
  return [by, known ?? ({ ...of, participant: by, held: 1, written: 1 } as Position)];
}

function isOption({ series }: Position): boolean {
  return series.includes('.') || series.length > 6;
}

function isStockCall({ series, written }: Position): boolean {
  return written > 0 && (series === 'HKB65.00E9' || series === 'HKB67.50F9');
}

function isHeldStockOption({ series, held }: Position): boolean {
  return held > 0 && series.startsWith('HKB');
}

/** The numbers are counted over all participants. */
function latest(
  place: Place,
  dice: Dice,
  rowsOf: (book: Book) => readonly { readonly number: number }[],
): readonly [CustomerCode, number] {
  const all = [...place.whole.books].flatMap(([code, book]) => rowsOf(book).map(({ number }) => ({ code, number })));
  const found = dice.ofLatest(all);
  return [found?.code ?? someCode(dice), found?.number ?? 1];
}

function pending<T extends { readonly state: string }>(rows: ReadonlyMap<number, T>): readonly T[] {
  const all = [...rows.values()];
  const waiting = all.filter(({ state }) => state === 'holding');
  return waiting.length > 0 ? waiting : all;
}
