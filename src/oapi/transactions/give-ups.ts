import { calendarDateOf } from '../../time/instant.ts';
import { INT, list, SEARCH, struct, TEXT } from '../dictionary/shape.ts';
import { found, reading, refused } from './answers.ts';
import { GIVE_UP, giveUpFields, NUMBERED_GIVE_UP } from './give-up-item.ts';
import { readQueryDate } from './query-date.ts';
import { DATES_QUERY, readDates, readSequence, SEQUENCE_QUERY, wrongDate } from './sequence.ts';
import { keyOf, matchesInstrumentType, WHOLE_PARTITION } from './series-fields.ts';
import { answerSegment } from './series-query.ts';
import { SERIES } from './shapes.ts';
import { partFields, PARTS } from './trade-parts.ts';
import { transaction } from './transaction.ts';

export const giveUpQuery = transaction({
  type: 'CQ61',
  meaning: 'give-ups that the participant sent or received, by number',
  source: 'oapi-facts.md 4.2 and Appendix A, C',
  call: 'query',
  kind: 'enquiry',
  request: {
    series: SERIES,
    party: struct({ country_id: SEARCH, ex_customer: SEARCH }),
    segment_number: INT,
    state: INT,
    buy_or_sell: INT,
    send_or_receive: INT,
    created_date: TEXT,
    series_id: SEARCH,
    ex_customer: SEARCH,
    give_up_text: SEARCH,
  },
  answers: {
    CA61: { partition_low: SERIES, partition_high: SERIES, segment_number: INT, item: list(GIVE_UP) },
  },
  answer(query, call) {
    const { core, protocol } = call.gateway;
    const { numbers } = protocol;
    const own = call.session.participant;
    // ASSUMED: 0 is any in each of the three.
    const state = query.state === 0 ? undefined : numbers.word('give_up_request_state', query.state);
    if (query.state !== 0 && !state) {
      throw call.badField(['state'], `${query.state}; allowed are 0, ${numbers.allowed('give_up_request_state')}`);
    }
    const side = query.buy_or_sell === 0 ? undefined : numbers.word('bought_or_sold', query.buy_or_sell);
    if (query.buy_or_sell !== 0 && !side) {
      throw call.badField(['buy_or_sell'], `${query.buy_or_sell}; allowed are 0, ${numbers.allowed('bought_or_sold')}`);
    }
    const way = query.send_or_receive === 0 ? undefined : numbers.word('send_or_receive', query.send_or_receive);
    if (query.send_or_receive !== 0 && !way) {
      throw call.badField(
        ['send_or_receive'],
        `${query.send_or_receive}; allowed are 0, ${numbers.allowed('send_or_receive')}`,
      );
    }
    const created = readQueryDate(query.created_date);
    if (!created) return wrongDate(query.created_date, call);
    return reading(core.giveUps(call.session.id), call, (all) => {
      const rows = all
        .filter((each) => {
          const isSent = each.giver === own;
          const other = isSent ? each.taker : each.giver;
          return (
            (state === undefined || each.state === state) &&
            (side === undefined || each.side === side) &&
            (way === undefined || (way === 'sent') === isSent) &&
            // ASSUMED: a blank date, name or party is any as well: nothing has none.
            (created === 'current' || calendarDateOf(each.createdAt) === created) &&
            (!query.series_id || query.series_id === each.series) &&
            [query.party.ex_customer, query.ex_customer].every((wanted) => !wanted || wanted === other) &&
            (query.give_up_text === undefined || query.give_up_text === each.text) &&
            matchesInstrumentType(query.series, keyOf(each.series, core))
          );
        })
        .toSorted((a, b) => a.number - b.number);
      const { CA61 } = call.answers;
      return answerSegment(rows, query.segment_number, CA61.capacity, call, (segment) =>
        CA61.encode(
          {
            ...WHOLE_PARTITION,
            segment_number: segment.answered,
            item: segment.rows.map((each) => giveUpFields(each, own, call.gateway)),
          },
          'CA61',
        ),
      );
    });
  },
});

export const takenPartsQuery = transaction({
  type: 'CQ62',
  meaning: 'the parts into which the participant took a give-up',
  source: 'oapi-facts.md 4.2 and Appendix A, C',
  call: 'query',
  kind: 'enquiry',
  request: { series: SERIES, give_up_number: INT },
  answers: { CA62: { item: PARTS } },
  answer({ give_up_number: number }, call) {
    return reading(call.gateway.core.giveUps(call.session.id), call, (all) => {
      const giveUp = all.find((each) => each.number === number);
      if (!giveUp) {
        const problem = `give-up ${number}; the participant has none of this number`;
        return refused('giveUpNotHolding', 'unknown-give-up', call, problem);
      }
      // The taker's accounts are the taker's own business.
      const parts = giveUp.taker === call.session.participant ? giveUp.parts : [];
      return found(
        call.answers.CA62.encode({ item: parts.map((part) => partFields(part, call)) }, 'CA62'),
        parts.length,
        call,
      );
    });
  },
});

/** A client goes on from the last number plus one until it finds nothing. */
export const missingGiveUpQuery = transaction({
  type: 'CQ76',
  meaning: 'give-ups as they were made and changed on one business date, by sequence number',
  source: 'oapi-facts.md sections 3 and 4.2, C',
  call: 'query',
  kind: 'enquiry',
  request: SEQUENCE_QUERY,
  answers: { CA76: { item: list(NUMBERED_GIVE_UP) } },
  answer(query, call) {
    const { CA76 } = call.answers;
    const { gateway, session } = call;
    const asked = readSequence(query, CA76.capacity, call);
    if ('completion' in asked) return asked;
    const records = gateway.core.giveUpsInSequence(session.id, asked.instrumentType, asked.date, asked.range);
    return reading(records, call, (rows) => {
      const item = rows.map(({ sequence, giveUp }) => ({
        ...giveUpFields(giveUp, session.participant, gateway),
        sequence_number: sequence,
      }));
      return found(CA76.encode({ item }, 'CA76'), rows.length, call);
    });
  },
});

/** The answer repeats where the query began (C). */
export const historicalGiveUpQuery = transaction({
  type: 'CQ77',
  meaning: 'give-ups as they were made and changed over several business dates, by sequence number',
  source: 'oapi-facts.md sections 3 and 4.2, C',
  call: 'query',
  kind: 'enquiry',
  request: DATES_QUERY,
  answers: { CA77: { series: SERIES, from_date: TEXT, sequence_first: INT, item: list(NUMBERED_GIVE_UP) } },
  answer(query, call) {
    const { CA77 } = call.answers;
    const { gateway, session } = call;
    const asked = readDates(query, CA77.capacity, call);
    if ('completion' in asked) return asked;
    const { series, from_date, sequence_first } = query;
    const records = gateway.core.giveUpsBetweenDates(session.id, asked.instrumentType, asked.range);
    return reading(records, call, (rows) => {
      const item = rows.map(({ sequence, giveUp }) => ({
        ...giveUpFields(giveUp, session.participant, gateway),
        sequence_number: sequence,
      }));
      return found(CA77.encode({ series, from_date, sequence_first, item }, 'CA77'), rows.length, call);
    });
  },
});
