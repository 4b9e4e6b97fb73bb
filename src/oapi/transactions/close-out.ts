import { INT, list, TEXT } from '../dictionary/shape.ts';
import { perform, reading, refused } from './answers.ts';
import { ownAccount, seriesOf } from './own-fields.ts';
import { isBusinessDate, readQueryDate } from './query-date.ts';
import { ACCOUNT, SERIES } from './shapes.ts';
import { transaction } from './transaction.ts';

/** The series of the message routes; each item names its own. */
export const closeOut = transaction({
  type: 'CD54',
  meaning: 'nets down gross positions: takes away as many held as written contracts, all items or none',
  source: 'oapi-facts.md 4.2 and Appendix A, C',
  call: 'transaction',
  kind: 'post-trade',
  request: { item: list({ account: ACCOUNT, series: SERIES, final_held: INT, closeout_qty: INT, date: TEXT }) },
  answer({ item }, call) {
    const businessDate = call.gateway.core.businessDate();
    const items = [];
    for (const [i, each] of item.entries()) {
      const account = ownAccount(each.account, ['item', i, 'account'], call);
      const series = seriesOf(each.series, call);
      if ('completion' in series) return { ...series, problem: `item ${i + 1}: ${series.problem}` };
      if (!isBusinessDate(each.date, businessDate)) {
        const problem = `item ${i + 1}: date ${JSON.stringify(each.date)}; allowed are ${businessDate} and blank`;
        return refused('invalidDate', 'invalid-date', call, problem);
      }
      // ASSUMED: below 0 says that the client does not check what is held afterwards.
      const finalHeld = each.final_held < 0 ? undefined : each.final_held;
      items.push({ account, series: series.name, quantity: each.closeout_qty, finalHeld });
    }
    return perform({ do: 'net-down-position', items }, call);
  },
});

export const restorePosition = transaction({
  type: 'CD55',
  meaning: 'restores a position that was netted down, or a part of it',
  source: 'oapi-facts.md 4.2 and Appendix A, C',
  call: 'transaction',
  kind: 'post-trade',
  request: { series: SERIES, account: ACCOUNT, closeout_qty: INT, date: TEXT },
  answer(request, call) {
    const account = ownAccount(request.account, ['account'], call);
    const series = seriesOf(request.series, call);
    if ('completion' in series) return series;
    const { core } = call.gateway;
    const asked = readQueryDate(request.date);
    const date = asked === 'current' ? core.businessDate() : asked;
    const quantity = request.closeout_qty;
    return reading(core.closeOuts(call.session.id), call, (closeOuts) => {
      // ASSUMED: the message names no close-out, so it is the newest of the position and date that has enough left; where
      // none has, the newest that has something left says what is missing. 0 is no close-out: the model refuses it.
      const restorable = closeOuts
        .filter((each) => each.account === account && each.series === series.name && each.businessDate === date)
        .filter((each) => each.restored < each.quantity)
        .toReversed();
      const found = restorable.find((each) => each.quantity - each.restored >= quantity) ?? restorable[0];
      return perform({ do: 'restore-position', closeOut: found?.number ?? 0, quantity }, call);
    });
  },
});
