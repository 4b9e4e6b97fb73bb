import type { ScenarioAction } from '../action.ts';
import { dealMatch } from './deal-match.ts';
import { gatewayStart } from './gateway-start.ts';
import { gatewayStop } from './gateway-stop.ts';
import { messageSend } from './message-send.ts';
import { note } from './note.ts';
import { passwordExpire } from './password-expire.ts';
import { passwordLock } from './password-lock.ts';
import { passwordReset } from './password-reset.ts';
import { passwordSuspend } from './password-suspend.ts';
import { passwordUnlock } from './password-unlock.ts';
import { reportPublish } from './report-publish.ts';
import { sessionClose } from './session-close.ts';
import { sessionOpen } from './session-open.ts';
import type { Verb } from './verb.ts';

/** Everything that a scenario can make happen. */
export const VERBS: readonly Verb[] = [
  sessionOpen,
  sessionClose,
  gatewayStop,
  gatewayStart,
  passwordExpire,
  passwordReset,
  passwordLock,
  passwordUnlock,
  passwordSuspend,
  dealMatch,
  reportPublish,
  messageSend,
  note,
];

const BY_NAME = new Map<string, Verb>(VERBS.map((verb) => [verb.name, verb]));

export function findVerb(name: string): Verb | undefined {
  return BY_NAME.get(name);
}

/** What happens, in words: one or two sentences. */
export function describeAction(action: ScenarioAction): string {
  return BY_NAME.get(action.do)?.describe(action) ?? action.do;
}
