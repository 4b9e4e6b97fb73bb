// Quantities and prices come as texts, their digits in groups. A new thing has no number before it is confirmed.

export interface TradeWords {
  readonly side: string;
  readonly quantity: string;
  readonly series: string;
  readonly price: string;
  readonly account: string;
  readonly type: string;
  readonly of: number | undefined;
}

function numbered(what: string, number: number | undefined): string {
  return number === undefined ? `A new ${what.toLowerCase()}` : `${what} ${number}`;
}

/** What a post-trade function does, or did, a sentence for each thing. */
export const effects = {
  trade: (number: number | undefined, { side, quantity, series, price, account, type, of }: TradeWords) =>
    `${numbered('Trade', number)}: ${side} ${quantity} ${series} at ${price} in ${account}, ${type}${of === undefined ? '' : ` of ${of}`}.`,
  tradeChanged: (
    number: number,
    {
      remaining,
      held,
      state,
    }: { readonly remaining: string; readonly held: string | undefined; readonly state: string },
  ) =>
    `Trade ${number}: ${remaining} remaining${held === undefined ? '' : `, ${held} of them held for give-ups`}, ${state}.`,
  giveUp: (
    number: number | undefined,
    of: {
      readonly quantity: string;
      readonly series: string;
      readonly giver: string;
      readonly taker: string;
      readonly state: string;
    },
  ) => `${numbered('Give-up', number)}: ${of.quantity} ${of.series} from ${of.giver} to ${of.taker}, ${of.state}.`,
  rectification: (
    number: number | undefined,
    { trade, state, waits }: { readonly trade: number; readonly state: string; readonly waits: boolean },
  ) =>
    `${numbered('Rectification', number)} of trade ${trade}, ${state}${waits ? ': it waits until it is confirmed' : ''}.`,
  averagePrice: (of: {
    readonly quantity: string;
    readonly series: string;
    readonly price: string;
    readonly members: readonly number[];
  }) => `${of.quantity} ${of.series} at the average price ${of.price}, of the trades ${of.members.join(', ')}.`,
  closeOut: (number: number | undefined, quantity: string) =>
    `${numbered('Close-out', number)}: ${quantity} of each side.`,
  restored: (number: number, restored: string, quantity: string) =>
    `Close-out ${number}: ${restored} of ${quantity} restored.`,
  exercise: (
    number: number | undefined,
    of: { readonly quantity: string; readonly series: string; readonly account: string; readonly state: string },
  ) => `${numbered('Exercise request', number)}: ${of.quantity} ${of.series} of ${of.account}, ${of.state}.`,
  changes: {
    held: 'held',
    written: 'written',
    closedOut: 'closed out',
    exercised: 'exercised',
    assigned: 'assigned',
    denied: 'denied',
    covered: 'covered',
  },
  adjusted: (account: string, series: string, changes: readonly string[]) =>
    `Position of ${account} in ${series}: ${changes.length === 0 ? 'as it is' : changes.join(', ')}.`,
  positionNow: (of: {
    readonly series: string;
    readonly account: string;
    readonly held: string;
    readonly written: string;
  }) => `Position now, ${of.series} in ${of.account}: held ${of.held}, written ${of.written}.`,
};
