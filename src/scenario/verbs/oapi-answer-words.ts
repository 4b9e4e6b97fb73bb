import type { AnswerEffect, AnswerRule, CallKind } from '../../faults/answer-rule.ts';
import { COMPLETION_NAMES } from '../../family/completion-names.ts';
import { toDurationText, toTransportDurationText } from '../../time/duration.ts';
import type { GatewayName } from '../action.ts';
import { sayGateways } from './gateways.ts';

const KINDS: Readonly<Record<CallKind, string>> = {
  enquiry: 'enquiries',
  'post-trade': 'post-trade transactions',
  login: 'logins',
};

/** `The next CD35 of BO_CABC801 at OAPI gateway 1 is answered with status CL_OMN_INVACCOUNT, and not carried out.` */
export function describeRule(rule: AnswerRule): string {
  const { transactions, kinds, users, gateways, effect, carryOut, lasts } = rule;
  const calls = listWords(transactions ?? kinds?.map((kind) => KINDS[kind]) ?? ['transactions and queries']);
  const of = users ? ` of ${listWords(users)}` : '';
  const where = gateways ? ` at ${sayGateways(gateways as readonly GatewayName[])}` : '';
  const lead =
    'forMs' in lasts
      ? `For ${toDurationText(lasts.forMs)}`
      : `The next ${lasts.times === 1 ? 'call' : `${lasts.times} calls`}`;
  return `${lead}, ${calls}${of}${where}: ${sayEffect(effect)}; ${carryOut ? '' : 'not '}carried out.`;
}

function sayEffect(effect: AnswerEffect): string {
  switch (effect.do) {
    case 'drop':
      return 'no answer comes, and the gateway reports a time-out';
    case 'disconnect':
      return 'the connection is closed without an answer';
    case 'answer': {
      const { completion, status, delayMs } = effect;
      const codes = [
        ...(completion === undefined ? [] : [`completion ${sayCompletion(completion)}`]),
        ...(status === undefined ? [] : [`status ${status}`]),
      ];
      const late = delayMs === 0 ? '' : ` after ${toTransportDurationText(delayMs)} of real time`;
      return `answered${codes.length === 0 ? '' : ` with ${codes.join(' and ')}`}${late}`;
    }
  }
}

function sayCompletion(completion: number): string {
  const name = Object.keys(COMPLETION_NAMES).find((each) => COMPLETION_NAMES[each] === completion);
  return name === undefined ? String(completion) : `${completion} (${name})`;
}

function listWords(words: readonly string[]): string {
  return words.join(', ').replace(/, ([^,]*)$/, ' and $1');
}
