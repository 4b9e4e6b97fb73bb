import { INT, TEXT } from '../dictionary/shape.ts';
import { perform, refused } from './answers.ts';
import { ownAccount, seriesOf } from './own-fields.ts';
import { isBusinessDate } from './query-date.ts';
import { ACCOUNT, SERIES } from './shapes.ts';
import { transaction } from './transaction.ts';

export const positionTransfer = transaction({
  type: 'CD34',
  meaning: 'moves held or written contracts from one account of the participant to another',
  source: 'oapi-facts.md 4.2 and Appendix A, C',
  call: 'transaction',
  kind: 'post-trade',
  request: {
    series: SERIES,
    account: ACCOUNT,
    new_account: ACCOUNT,
    nbr_held: INT,
    nbr_written: INT,
    clearing_date: TEXT,
  },
  answer(request, call) {
    const from = ownAccount(request.account, ['account'], call);
    const to = ownAccount(request.new_account, ['new_account'], call);
    const series = seriesOf(request.series, call);
    if ('completion' in series) return series;
    const { core } = call.gateway;
    // oapi-facts.md 4.2 names a wrong clearing date as a refusal (C). ASSUMED: the current one, or blank.
    if (!isBusinessDate(request.clearing_date, core.businessDate())) {
      const problem = `clearing date ${JSON.stringify(request.clearing_date)}; allowed are ${core.businessDate()} and blank`;
      return refused('invalidClearingDate', 'invalid-clearing-date', call, problem);
    }
    const { nbr_held: held, nbr_written: written } = request;
    return perform({ do: 'transfer-position', series: series.name, from, to, held, written }, call);
  },
});
