import type { CustomerCode } from '../../clearing/participant.ts';
import { customerCode, group } from '../leaf.ts';
import { checkParticipant } from '../names.ts';
import { exerciseNumber } from './command-shapes.ts';
import { defineVerb } from './verb.ts';

/** Issued for a participant, as its back office would: AnnulExercise. */
export const exerciseAnnul = defineVerb({
  name: 'exercise.annul',
  summary: 'A participant annuls an exercise request.',
  schema: () =>
    group({ participant: customerCode, exercise: exerciseNumber }, 'the request: { participant: "CABC", exercise: 1 }'),
  example: { participant: 'CABC', exercise: 1 },
  toAction(args, { names, refuse }) {
    if (!checkParticipant(names, args.participant, ['participant'], refuse)) return undefined;
    return {
      do: 'exercise.annul',
      participant: args.participant as CustomerCode,
      command: { do: 'annul-exercise', exercise: args.exercise },
    };
  },
  describe: ({ participant, command }) => `${participant} annuls exercise request ${command.exercise}.`,
});
