import { toDurationText, toTransportDurationText } from '../time/duration.ts';
import { explainEffect } from './catalogue.ts';
import type { FaultEnd, FaultMatch, FaultRule } from './fault.ts';

/** `GET /positions of BU_CABC101 at online-1: answers come 2s late; 3 times.` */
export function explainFault({ match, effect, sharePpm, end }: FaultRule): string {
  const share = sharePpm === undefined ? '' : `; ${sharePpm / 10_000} % of them, by the seed`;
  const does = explainEffect(effect, match.broadcasts ? 'broadcasts' : 'answers');
  return `${sayMatch(match)}: ${does}${share}; ${sayEnd(end)}.`;
}

function sayMatch({
  listeners,
  users,
  method,
  path,
  transactions,
  fields,
  broadcasts,
  operations,
}: FaultMatch): string {
  const what = [
    method,
    listWords(operations ?? []),
    path,
    listWords(transactions ?? []),
    broadcasts && `broadcast ${listWords(broadcasts)}`,
    fields && `with ${listWords(Object.entries(fields).map(([name, value]) => `${name} ${value}`))}`,
    users && `of ${listWords(users)}`,
  ].filter((part) => part !== undefined && part !== '');
  const where = `at ${listWords(listeners)}`;
  const said = what.length === 0 ? where : `${what.join(' ')} ${where}`;
  return said.charAt(0).toUpperCase() + said.slice(1);
}

function sayEnd({ times, forMs, forRealMs }: FaultEnd): string {
  const ends = [
    ...(times === undefined ? [] : [times === 1 ? 'once' : `${times} times`]),
    ...(forMs === undefined ? [] : [`for ${toDurationText(forMs)}`]),
    ...(forRealMs === undefined ? [] : [`for ${toTransportDurationText(forRealMs)} of real time`]),
  ];
  return ends.length === 0 ? 'until it is stopped' : ends.join(' or ');
}

function listWords(words: readonly string[]): string {
  return words.join(', ').replace(/, ([^,]*)$/, ' and $1');
}
