import * as z from 'zod/mini';
import type { CustomerCode } from '../../clearing/participant.ts';
import { toDurationText } from '../../time/duration.ts';
import { customerCode, duration, group } from '../leaf.ts';
import { checkParticipant } from '../names.ts';
import { toLength } from './report-words.ts';
import { defineVerb } from './verb.ts';

export const sftpKeyRenew = defineVerb({
  name: 'sftp-key.renew',
  summary:
    "The key of a participant's SFTP user is renewed: `dcass-sim keys` has the new one, and the former one is refused, at once or after a while.",
  schema: () =>
    group(
      { participant: customerCode, keepOld: z.optional(duration) },
      'whose, and for how long the former key is still taken: { participant: "CABC", keepOld: 30m }',
    ),
  example: { participant: 'CABC', keepOld: '30m' },
  toAction({ participant, keepOld }, context) {
    if (!checkParticipant(context.names, participant, ['participant'], context.refuse)) return undefined;
    const keepOldMs = keepOld === undefined ? 0 : toLength(keepOld, 'keepOld', '30m', context);
    return keepOldMs === undefined
      ? undefined
      : { do: 'sftp-key.renew', participant: participant as CustomerCode, keepOldMs };
  },
  describe: ({ participant, keepOldMs }) =>
    `The SFTP key of ${participant} is renewed; the former one is refused ${keepOldMs === 0 ? 'at once' : `${toDurationText(keepOldMs)} later`}.`,
});
