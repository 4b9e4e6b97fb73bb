import { calendarDateOf } from '../../time/instant.ts';
import { INT, list, TEXT } from '../dictionary/shape.ts';
import { refusedBy } from './answers.ts';
import { messageLines } from './message-lines.ts';
import { readQueryDate } from './query-date.ts';
import { wrongDate } from './sequence.ts';
import { answerSegment } from './series-query.ts';
import { stampOf } from './stamp.ts';
import { transaction } from './transaction.ts';

/** A client asks it after a reconnection, for the BI27 that it has missed. */
export const messagesSentQuery = transaction({
  type: 'UQ13',
  meaning: "clearing messages sent on one day, to all or to the user's own participant",
  source: 'oapi-facts.md 4.2 and Appendix A, C',
  call: 'query',
  kind: 'enquiry',
  request: { segment_number: INT, sent_date: TEXT },
  answers: {
    UA13: {
      segment_number: INT,
      item1: list({
        broadcast_number: INT,
        yyyymmdd: TEXT,
        hhmmss: TEXT,
        item2: list({ free_text_80: TEXT }),
      }),
    },
  },
  answer(query, call) {
    const { core } = call.gateway;
    const asked = readQueryDate(query.sent_date);
    if (!asked) return wrongDate(query.sent_date, call);
    // ASSUMED: the calendar day on which it was sent; blank asks for today.
    const date = asked === 'current' ? calendarDateOf(core.now()) : asked;
    const messages = core.messages(call.session.id);
    if (!messages.ok) return refusedBy(messages.rejection, call);
    const rows = messages.value.filter((each) => calendarDateOf(each.sentAt) === date);
    const { UA13 } = call.answers;
    return answerSegment(rows, query.segment_number, UA13.capacity, call, (segment) =>
      UA13.encode(
        {
          segment_number: segment.answered,
          // ASSUMED: the message's number is the broadcast's; country and market stay 0, as it concerns every market.
          item1: segment.rows.map(({ number, sentAt, text }) => {
            const sent = stampOf(sentAt);
            return {
              broadcast_number: number,
              yyyymmdd: sent.date,
              hhmmss: sent.time,
              item2: messageLines(text).map((line) => ({ free_text_80: line })),
            };
          }),
        },
        'UA13',
      ),
    );
  },
});
