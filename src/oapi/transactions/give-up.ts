import type { CustomerCode } from '../../clearing/participant.ts';
import type { AccountId } from '../../clearing/account.ts';
import { INT, TEXT } from '../dictionary/shape.ts';
import { perform } from './answers.ts';
import { seriesOf } from './own-fields.ts';
import { otherSeries, tradeOfSeries } from './rectification.ts';
import { ACCOUNT, SERIES, type SeriesFields } from './shapes.ts';
import { PARTS, readParts } from './trade-parts.ts';
import { transaction, type RequestContext, type TransactionAnswer } from './transaction.ts';

export const giveUpRequest = transaction({
  type: 'CD35',
  meaning: 'asks another participant to take a trade, or a part of it',
  source: 'oapi-facts.md 4.2 and Appendix A, C',
  call: 'transaction',
  kind: 'post-trade',
  request: {
    series: SERIES,
    account: ACCOUNT,
    trade_number: INT,
    trade_quantity: INT,
    commission: INT,
    give_up_text: TEXT,
  },
  answer(request, call) {
    const { settings } = call.gateway;
    const { country_id: country, ex_customer: to, account_id: proposed } = request.account;
    if (country !== '' && country !== settings.countryId) {
      throw call.badField(['account', 'country_id'], `"${country}"; allowed are ${settings.countryId} and blank`);
    }
    const { trade_number: trade } = request;
    return (
      tradeOfSeries(trade, request.series, call) ??
      perform(
        {
          do: 'request-give-up',
          trade,
          // ASSUMED: the account is the taker's: its customer code says who, and the account is proposed, or blank.
          to: to as CustomerCode,
          takerAccount: proposed === '' ? undefined : (proposed as AccountId),
          quantity: request.trade_quantity,
          commission: request.commission,
          text: request.give_up_text,
        },
        call,
        () => 'holding',
      )
    );
  },
});

export const takeUp = transaction({
  type: 'CC38',
  meaning: 'takes a give-up into up to 50 parts, which add up to it',
  source: 'oapi-facts.md 4.2 and Appendix A, C',
  call: 'transaction',
  kind: 'post-trade',
  request: { series: SERIES, give_up_number: INT, item: PARTS },
  answer(request, call) {
    const parts = readParts(request.item, call);
    const { give_up_number: giveUp } = request;
    return giveUpOfSeries(giveUp, request.series, call) ?? perform({ do: 'take-up', giveUp, parts }, call);
  },
});

export const giveUpRejection = transaction({
  type: 'CC40',
  meaning: 'rejects a give-up, or cancels one that was asked for',
  source: 'oapi-facts.md 4.2 and Appendix A, C',
  call: 'transaction',
  kind: 'post-trade',
  request: { series: SERIES, give_up_number: INT, give_up_text: TEXT },
  answer(request, call) {
    const { give_up_number: giveUp, give_up_text: text } = request;
    return giveUpOfSeries(giveUp, request.series, call) ?? perform({ do: 'reject-give-up', giveUp, text }, call);
  },
});

/** Why not: the series of the message is not the give-up's. One that is not there is the model's to refuse. */
function giveUpOfSeries(number: number, fields: SeriesFields, call: RequestContext): TransactionAnswer | undefined {
  const series = seriesOf(fields, call);
  if ('completion' in series) return series;
  const giveUps = call.gateway.core.giveUps(call.session.id);
  const found = giveUps.ok ? giveUps.value.find((each) => each.number === number) : undefined;
  return found && found.series !== series.name ? otherSeries(series.name, found.series, call) : undefined;
}
