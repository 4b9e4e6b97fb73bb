import type { ScenarioAction } from '../action.ts';
import { accountChange } from './account-change.ts';
import { datacentreFailover } from './datacentre-failover.ts';
import { dayEnd } from './day-end.ts';
import { dayRoll } from './day-roll.ts';
import { dealAnnul } from './deal-annul.ts';
import { dealMatch } from './deal-match.ts';
import { exerciseAnnul } from './exercise-annul.ts';
import { exerciseDeny } from './exercise-deny.ts';
import { exerciseRequest } from './exercise-request.ts';
import { faultStart } from './fault-start.ts';
import { faultStop } from './fault-stop.ts';
import { gatewayStart } from './gateway-start.ts';
import { gatewayStop } from './gateway-stop.ts';
import { giveUpReject } from './give-up-reject.ts';
import { giveUpRequest } from './give-up-request.ts';
import { giveUpTakeUp } from './give-up-take-up.ts';
import { informationSignal } from './information-signal.ts';
import { mailSend } from './mail-send.ts';
import { messageSend } from './message-send.ts';
import { note } from './note.ts';
import { oapiAnswer } from './oapi-answer.ts';
import { oapiNotice } from './oapi-notice.ts';
import { passwordExpire } from './password-expire.ts';
import { passwordLock } from './password-lock.ts';
import { passwordReset } from './password-reset.ts';
import { passwordSuspend } from './password-suspend.ts';
import { passwordUnlock } from './password-unlock.ts';
import { platformFallback } from './platform-fallback.ts';
import { platformSave } from './platform-save.ts';
import { positionCover } from './position-cover.ts';
import { positionNetDown } from './position-net-down.ts';
import { positionRestore } from './position-restore.ts';
import { positionTransfer } from './position-transfer.ts';
import { priceSet } from './price-set.ts';
import { rectificationConfirm } from './rectification-confirm.ts';
import { rectificationReject } from './rectification-reject.ts';
import { reportCorrupt } from './report-corrupt.ts';
import { reportDelay } from './report-delay.ts';
import { reportPublish } from './report-publish.ts';
import { reportRelease } from './report-release.ts';
import { reportRepublish } from './report-republish.ts';
import { reportWithhold } from './report-withhold.ts';
import { sessionClose } from './session-close.ts';
import { sessionOpen } from './session-open.ts';
import { sftpKeyRenew } from './sftp-key-renew.ts';
import { tradeAverage } from './trade-average.ts';
import { tradeRectify } from './trade-rectify.ts';
import { tradeTransfer } from './trade-transfer.ts';
import type { Verb } from './verb.ts';

/** Everything that a scenario can make happen. */
export const VERBS: readonly Verb[] = [
  sessionOpen,
  sessionClose,
  gatewayStop,
  gatewayStart,
  datacentreFailover,
  platformSave,
  platformFallback,
  faultStart,
  faultStop,
  oapiAnswer,
  passwordExpire,
  passwordReset,
  passwordLock,
  passwordUnlock,
  passwordSuspend,
  dealMatch,
  dealAnnul,
  tradeRectify,
  tradeTransfer,
  rectificationConfirm,
  rectificationReject,
  tradeAverage,
  giveUpRequest,
  giveUpTakeUp,
  giveUpReject,
  positionTransfer,
  positionNetDown,
  positionRestore,
  positionCover,
  exerciseRequest,
  exerciseAnnul,
  exerciseDeny,
  priceSet,
  accountChange,
  dayEnd,
  dayRoll,
  reportPublish,
  reportDelay,
  reportWithhold,
  reportRelease,
  reportCorrupt,
  reportRepublish,
  sftpKeyRenew,
  messageSend,
  mailSend,
  informationSignal,
  oapiNotice,
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
