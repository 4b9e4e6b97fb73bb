import * as z from 'zod/mini';
import type { AccountId } from '../../clearing/account.ts';
import type { OpenClose } from '../../clearing/deal.ts';
import type { TradePart } from '../../clearing/give-up.ts';
import type { CustomerCode } from '../../clearing/participant.ts';
import type { SeriesName } from '../../clearing/series.ts';
import { accountId, customerInfo, group, integer, leaf, oneOf, someOf } from '../leaf.ts';
import { checkHolding, checkSeries, unknownName, type Names } from '../names.ts';
import type { Path, Refuse } from '../source-node.ts';
import type { VerbContext } from './verb.ts';

const OPEN_CLOSE = ['default', 'open', 'close'] as const satisfies readonly OpenClose[];

/** The number that DCASS gave to a trade, give-up, exercise … : the journal and the pages show it. */
export const tradeNumber = integer(1, 2_000_000_000, 'a trade number');
export const giveUpNumber = integer(1, 2_000_000_000, 'a give-up number');
export const rectificationNumber = integer(1, 2_000_000_000, 'a rectification number');
export const closeOutNumber = integer(1, 2_000_000_000, 'a close-out number');
export const exerciseNumber = integer(1, 2_000_000_000, 'an exercise request number');
export const dealNumber = integer(1, 2_000_000_000, 'a deal number');

export const contracts = integer(1, 10_000_000, 'contracts');
export const contractsOrNone = integer(0, 10_000_000, 'contracts');

/** At most 30 plain characters: the family's give-up text (oapi-facts.md Appendix A). */
export const giveUpText = leaf(z.string().check(z.regex(/^[ -~]{0,30}$/)), {
  expects: 'a text of at most 30 plain (ASCII) characters',
});

export const parts = someOf(
  group(
    {
      account: accountId,
      quantity: contracts,
      openClose: z.optional(oneOf(OPEN_CLOSE)),
      info: z.optional(customerInfo),
    },
    'a part: { account: "OMNI1", quantity: 3 }',
  ),
  'parts: { account: "OMNI1", quantity: 3 }',
);

type PartsSection = readonly {
  readonly account: string;
  readonly quantity: number;
  readonly openClose?: OpenClose | undefined;
  readonly info?: string | undefined;
}[];

/** The parts of a re-booking or take-up, each in an account that `participant` has; undefined when one is wrong. */
export function toParts(
  section: PartsSection,
  participant: string,
  names: Names,
  refuse: Refuse,
): readonly TradePart[] | undefined {
  const right = section.map((part, i) =>
    checkAccount(names, participant, part.account, ['parts', i, 'account'], refuse),
  );
  if (right.includes(false)) return undefined;
  return section.map(({ account, quantity, openClose = 'default', info = '' }) => ({
    account: account as AccountId,
    quantity,
    openClose,
    customerInfo: info,
  }));
}

/** Whether the participant, which is known, has such an account; refuses an unknown one. */
export function checkAccount(
  names: Names,
  participant: string,
  account: string,
  path: Path,
  refuse: Refuse,
): account is AccountId & string {
  const known = names.participants.get(participant);
  if (!known?.accounts || known.accounts.has(account)) return true;
  refuse(path, unknownName(`account of ${participant}`, account, known.accounts));
  return false;
}

interface PositionNamed {
  readonly participant: CustomerCode;
  readonly account: AccountId;
  readonly series: SeriesName;
}

/** The position that a verb's arguments name; undefined when the participant, account or series is wrong. */
export function toPositionNamed(
  named: { readonly participant: string; readonly account: string; readonly series: string },
  { names, refuse }: Pick<VerbContext, 'names' | 'refuse'>,
): PositionNamed | undefined {
  if (!checkSeries(names, named.series, ['series'], refuse)) return undefined;
  if (!checkHolding(names, named, [], refuse)) return undefined;
  const { participant, account, series } = named;
  return { participant: participant as CustomerCode, account, series: series as SeriesName };
}

/** `2 OMNI1, 3 HOUSE`. */
export function describeParts(list: readonly TradePart[]): string {
  return list.map(({ account, quantity }) => `${quantity} to ${account}`).join(', ');
}
