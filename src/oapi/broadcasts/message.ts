import { INT, list, TEXT } from '../dictionary/shape.ts';
import { messageLines } from '../transactions/message-lines.ts';
import { stampOf } from '../transactions/stamp.ts';
import { broadcast } from './broadcast.ts';

const LINES = list({ text_line: TEXT });

/** ASSUMED: a message to one participant comes as a general broadcast too, to that participant's users only. */
export const messageBroadcast = broadcast({
  type: 'BI27',
  meaning: 'a clearing message of HKEX, to all or to one participant',
  source: 'oapi-facts.md section 4.2 and Appendix A, C',
  audience: 'general',
  notice: 'message',
  message: { broadcast_number: INT, yyyymmdd: TEXT, hhmmss: TEXT, item: LINES },
  encode({ message: { number, sentAt, text } }, { message }) {
    const sent = stampOf(sentAt);
    const item = messageLines(text).map((line) => ({ text_line: line }));
    return message.encode({ broadcast_number: number, yyyymmdd: sent.date, hhmmss: sent.time, item }, 'BI27');
  },
  sequenceOf: ({ message }) => message.number,
});

/** The same in the CLICK era, without number and time; where the dictionary has both, BI27 is sent. */
export const generalMessageBroadcast = broadcast({
  type: 'BI8',
  meaning: 'a message of the exchange, as the CLICK era has it',
  source: 'oapi-facts.md section 4.2 and Appendix A.ISE02, C',
  audience: 'general',
  notice: 'message',
  message: { item: LINES },
  encode: ({ message: { text } }, { message }) =>
    message.encode({ item: messageLines(text).map((line) => ({ text_line: line })) }, 'BI8'),
  sequenceOf: ({ message }) => message.number,
});
