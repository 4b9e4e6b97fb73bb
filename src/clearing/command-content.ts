import type { Command } from './commands/command.ts';
import type { CustomerCode } from './participant.ts';
import { bookOf, type ClearingState } from './state.ts';

/**
 * What a command is about, without numbers that DCASS gave: two systems that keep the same book number their trades
 * differently. Equal texts are the same clearing transaction. It is read after the command was carried out.
 */
export function commandContent(state: ClearingState, participant: CustomerCode, command: Command): string {
  const content = Object.entries(command).map(([field, value]): readonly [string, unknown] => {
    const named = NAMED[field];
    if (!named) return [field, value];
    const numbers = Array.isArray(value) ? (value as readonly number[]) : [value as number];
    return [field, numbers.map((number) => named(state, participant, number))];
  });
  return JSON.stringify([participant, ...content]);
}

type Named = (state: ClearingState, participant: CustomerCode, number: number) => unknown;

const trade: Named = (state, participant, number) => {
  const found = bookOf(state, participant).trades.get(number);
  return found && [found.series, found.side, found.price, found.quantity, found.account, found.type];
};

/** The fields of commands that hold a number of DCASS's, and what such a number stands for. */
const NAMED: Readonly<Record<string, Named>> = {
  trade,
  trades: trade,
  giveUp: (state, _participant, number) => {
    const found = state.giveUps.get(number);
    return found && [found.giver, found.taker, found.series, found.side, found.price, found.quantity];
  },
  rectification: (state, participant, number) => {
    const found = bookOf(state, participant).rectifications.get(number);
    return found && [trade(state, participant, found.trade), found.parts];
  },
  closeOut: (state, participant, number) => {
    const found = bookOf(state, participant).closeOuts.get(number);
    return found && [found.account, found.series, found.quantity];
  },
  exercise: (state, participant, number) => {
    const found = bookOf(state, participant).exercises.get(number);
    return found && [found.account, found.series, found.quantity];
  },
};
