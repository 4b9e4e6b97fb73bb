import type { Phase } from '../phase.ts';
import type { UserKind } from '../user.ts';
import { decideAnnulExercise } from './annul-exercise.ts';
import type { Command, CommandName } from './command.ts';
import { decideConfirmRectification } from './confirm-rectification.ts';
import type { CommandContext, Decide } from './context.ts';
import { decideCoverPosition } from './cover-position.ts';
import { decideDenyExercise } from './deny-exercise.ts';
import { decideMakeAveragePriceTrade } from './make-average-price-trade.ts';
import { decideNetDownPosition } from './net-down-position.ts';
import { decideRectifyTrade } from './rectify-trade.ts';
import { decideRejectGiveUp } from './reject-give-up.ts';
import { decideRejectRectification } from './reject-rectification.ts';
import { decideRequestExercise } from './request-exercise.ts';
import { decideRequestGiveUp } from './request-give-up.ts';
import { decideRestorePosition } from './restore-position.ts';
import { decideTakeUp } from './take-up.ts';
import { decideTransferFromTransitory } from './transfer-from-transitory.ts';
import { decideTransferPosition } from './transfer-position.ts';
import type { ClearingEvent } from '../event.ts';
import type { Outcome } from '../rejection.ts';
import type { ClearingState } from '../state.ts';

export interface CommandRule<C extends Command> {
  /** For people and the journal: `Give-up`. */
  readonly functionName: string;
  /** The phases of DCASS in which it may be issued. Enquiry-only has none of them: rollout package 3.2, A. */
  readonly phases: readonly Phase[];
  /** The kinds of user who may issue it. */
  readonly userKinds: readonly UserKind[];
  readonly decide: Decide<C>;
}

// ASSUMED: Online and OAPI users have all functions (SEED, A: "full access to all functions"), an Administrator
// has none of them but administers users (FAQ-NEW, B).
const POST_TRADE = { phases: ['normal'], userKinds: ['online', 'oapi'] } as const;

/** Every command: what it is called, who may issue it when, and how it is decided. */
export const COMMANDS: { readonly [Name in CommandName]: CommandRule<Extract<Command, { do: Name }>> } = {
  'rectify-trade': { functionName: 'Trade rectification', ...POST_TRADE, decide: decideRectifyTrade },
  'confirm-rectification': {
    functionName: 'Rectification confirmation',
    ...POST_TRADE,
    decide: decideConfirmRectification,
  },
  'reject-rectification': { functionName: 'Rectification rejection', ...POST_TRADE, decide: decideRejectRectification },
  'transfer-from-transitory': {
    functionName: 'Transfer from transitory',
    ...POST_TRADE,
    decide: decideTransferFromTransitory,
  },
  'make-average-price-trade': {
    functionName: 'Average price trade',
    ...POST_TRADE,
    decide: decideMakeAveragePriceTrade,
  },
  'request-give-up': { functionName: 'Give-up', ...POST_TRADE, decide: decideRequestGiveUp },
  'take-up': { functionName: 'Take-up', ...POST_TRADE, decide: decideTakeUp },
  'reject-give-up': { functionName: 'Give-up rejection', ...POST_TRADE, decide: decideRejectGiveUp },
  'transfer-position': { functionName: 'Position transfer', ...POST_TRADE, decide: decideTransferPosition },
  'net-down-position': { functionName: 'Position net-down', ...POST_TRADE, decide: decideNetDownPosition },
  'restore-position': { functionName: 'Position restore', ...POST_TRADE, decide: decideRestorePosition },
  'cover-position': { functionName: 'Position cover', ...POST_TRADE, decide: decideCoverPosition },
  'request-exercise': { functionName: 'Exercise request', ...POST_TRADE, decide: decideRequestExercise },
  'annul-exercise': { functionName: 'Exercise cancellation', ...POST_TRADE, decide: decideAnnulExercise },
  'deny-exercise': { functionName: 'Deny exercise', ...POST_TRADE, decide: decideDenyExercise },
};

export const COMMAND_NAMES = Object.keys(COMMANDS) as [CommandName, ...CommandName[]];

/** Decides any command. Whether the user may issue it now has been decided before, by `decideFunction`. */
export function decideCommand(
  state: ClearingState,
  command: Command,
  context: CommandContext,
): Outcome<readonly ClearingEvent[]> {
  // The catalogue's type pairs each name with its own command, which the compiler cannot follow through the index.
  return (COMMANDS[command.do].decide as Decide<Command>)(state, command, context);
}
