import { ENQUIRY_TYPES, POST_TRADE_TYPES } from '../../family/message-types.ts';
import { windowOf, type FaultMatch, type FaultWindow } from '../../faults/fault.ts';
import type { GatewayName } from '../action.ts';
import { checkGateways, checkUser, unknownName } from '../names.ts';
import { sayWindows } from './fault-effects.ts';
import type { MatchArgs } from './fault-shapes.ts';
import type { VerbContext } from './verb.ts';

/** Where each part of a match has a meaning. */
const PARTS: Readonly<Record<Exclude<keyof MatchArgs, 'listener'>, readonly FaultWindow[]>> = {
  users: ['online', 'oapi'],
  method: ['online'],
  path: ['online', 'sftp'],
  transactions: ['oapi'],
  fields: ['oapi'],
  broadcasts: ['oapi'],
  operations: ['sftp'],
};

/** Reads what a fault is about. What is wrong has been refused when it is undefined. */
export function toMatch(args: MatchArgs, { names, refuse }: VerbContext): FaultMatch | undefined {
  const listeners = [args.listener].flat();
  const gateways = listeners.filter((each): each is GatewayName => each !== 'sftp' && each !== 'mail');
  if (!checkGateways(names, gateways, ['match', 'listener'], refuse)) return undefined;
  let isRight = true;
  for (const key of Object.keys(PARTS) as (keyof typeof PARTS)[]) {
    if (args[key] === undefined) continue;
    const windows = PARTS[key];
    const wrong = listeners.find((each) => !windows.includes(windowOf(each) ?? 'server'));
    if (wrong === undefined) continue;
    refuse(['match', key], { message: `${key}: says nothing at ${wrong}; it is for ${sayWindows(windows)}` });
    isRight = false;
  }
  const types = [...ENQUIRY_TYPES, ...POST_TRADE_TYPES];
  for (const [i, type] of (args.transactions ?? []).entries()) {
    if (types.includes(type)) continue;
    refuse(['match', 'transactions', i], unknownName('transaction', type, types));
    isRight = false;
  }
  for (const [i, id] of (args.users ?? []).entries()) {
    if (!checkUser(names, id, ['match', 'users', i], refuse)) isRight = false;
  }
  if (args.broadcasts && (args.transactions || args.fields)) {
    refuse(['match', 'broadcasts'], { message: 'a broadcast is no answer to a request; write one fault for each' });
    isRight = false;
  }
  if (!isRight) return undefined;
  const { users, method, path, transactions, fields, broadcasts, operations } = args;
  return { listeners, users, method, path, transactions, fields, broadcasts, operations };
}
