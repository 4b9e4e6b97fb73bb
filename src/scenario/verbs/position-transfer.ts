import * as z from 'zod/mini';
import type { AccountId } from '../../clearing/account.ts';
import type { CustomerCode } from '../../clearing/participant.ts';
import type { SeriesName } from '../../clearing/series.ts';
import { accountId, customerCode, group, seriesName } from '../leaf.ts';
import { checkHolding, checkSeries } from '../names.ts';
import { checkAccount, contractsOrNone } from './command-shapes.ts';
import { defineVerb } from './verb.ts';

/** Issued for a participant, as its back office would: TransferPosition. */
export const positionTransfer = defineVerb({
  name: 'position.transfer',
  summary: 'A participant moves contracts from one of its accounts to another.',
  schema: () =>
    group(
      {
        participant: customerCode,
        series: seriesName,
        from: accountId,
        to: accountId,
        held: z.optional(contractsOrNone),
        written: z.optional(contractsOrNone),
      },
      'a transfer: { participant: "CABC", series: "HSIK9", from: "HOUSE", to: "OMNI1", held: 2 }',
    ),
  example: { participant: 'CABC', series: 'HSIK9', from: 'HOUSE', to: 'OMNI1', held: 1 },
  toAction(args, { names, refuse }) {
    const { participant, series, from, to } = args;
    if (!checkSeries(names, series, ['series'], refuse)) return undefined;
    const complain: typeof refuse = (path, text) => refuse(path[0] === 'account' ? ['from'] : path, text);
    if (!checkHolding(names, { participant, account: from, series }, [], complain)) return undefined;
    if (!checkAccount(names, participant, to, ['to'], refuse)) return undefined;
    return {
      do: 'position.transfer',
      participant: participant as CustomerCode,
      command: {
        do: 'transfer-position',
        series: series as SeriesName,
        from: from as AccountId,
        to,
        held: args.held ?? 0,
        written: args.written ?? 0,
      },
    };
  },
  describe: ({ participant, command }) =>
    `${participant} transfers ${command.held} held and ${command.written} written ${command.series} from ${command.from} to ${command.to}.`,
});
