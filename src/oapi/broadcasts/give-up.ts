import { struct } from '../dictionary/shape.ts';
import { giveUpFields, NUMBERED_GIVE_UP } from '../transactions/give-up-item.ts';
import { broadcast } from './broadcast.ts';

/** Each of the two parties has one, with its own number. */
export const giveUpBroadcast = broadcast({
  type: 'BD29',
  meaning: 'a give-up that the participant sent or received was made or changed',
  source: 'oapi-facts.md section 4.2 and Appendix A, C',
  audience: 'dedicated',
  notice: 'give-up',
  message: { cl_give_up_api: struct(NUMBERED_GIVE_UP) },
  encode({ participant, record }, { gateway, message }) {
    const fields = { ...giveUpFields(record.giveUp, participant, gateway), sequence_number: record.sequence };
    return message.encode({ cl_give_up_api: fields }, 'BD29');
  },
  sequenceOf: ({ record }) => record.sequence,
  // Of who decided it last: the other side's user where that one answered.
  userOf: ({ record: { giveUp } }) => giveUp.decidedBy ?? giveUp.requestedBy,
});
