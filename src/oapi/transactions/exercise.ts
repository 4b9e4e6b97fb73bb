import { INT } from '../dictionary/shape.ts';
import { perform, reading } from './answers.ts';
import { ownAccount, seriesOf } from './own-fields.ts';
import { otherSeries } from './rectification.ts';
import { ACCOUNT, SERIES } from './shapes.ts';
import { transaction } from './transaction.ts';

/** `trade_number` is not looked at: positions are exercised, not trades (C). */
export const exerciseRequest = transaction({
  type: 'CC13',
  meaning: 'asks for the exercise of held options',
  source: 'oapi-facts.md 4.2 and Appendix A, C',
  call: 'transaction',
  kind: 'post-trade',
  request: { series: SERIES, account: ACCOUNT, quantity: INT },
  answer(request, call) {
    const account = ownAccount(request.account, ['account'], call);
    const series = seriesOf(request.series, call);
    if ('completion' in series) return series;
    const { quantity } = request;
    return perform({ do: 'request-exercise', account, series: series.name, quantity }, call);
  },
});

export const denyExercise = transaction({
  type: 'CC14',
  meaning: 'sets how many held contracts automatic exercise leaves alone',
  source: 'oapi-facts.md 4.2 and Appendix A, C',
  call: 'transaction',
  kind: 'post-trade',
  request: { series: SERIES, account: ACCOUNT, deny_exercise: INT },
  answer(request, call) {
    const account = ownAccount(request.account, ['account'], call);
    const series = seriesOf(request.series, call);
    if ('completion' in series) return series;
    return perform({ do: 'deny-exercise', account, series: series.name, quantity: request.deny_exercise }, call);
  },
});

/** A request that is not there, or not pending, is the model's to refuse. */
export const exerciseAnnulment = transaction({
  type: 'CC15',
  meaning: 'takes back a request for exercise',
  source: 'oapi-facts.md 4.2 and Appendix A, C',
  call: 'transaction',
  kind: 'post-trade',
  request: { series: SERIES, exercise_number: INT },
  answer(request, call) {
    const series = seriesOf(request.series, call);
    if ('completion' in series) return series;
    const { exercise_number: exercise } = request;
    return reading(call.gateway.core.exercises(call.session.id), call, (all) => {
      const found = all.find((each) => each.number === exercise);
      if (found && found.series !== series.name) return otherSeries(series.name, found.series, call);
      return perform({ do: 'annul-exercise', exercise }, call);
    });
  },
});
