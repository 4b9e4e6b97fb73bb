import type { ClearingCore } from './clearing/core.ts';
import type { Outcome, Rejection } from './clearing/rejection.ts';
import type { JournalWriter } from './journal/entry.ts';
import type { LiveRules } from './oapi/answers-on-demand/live-rules.ts';
import type { AnswerRule } from './faults/answer-rule.ts';
import type { UserId } from './clearing/user.ts';
import {
  OLD_GATEWAYS,
  SECONDARY_GATEWAYS,
  type GatewayName,
  type OapiNotice,
  type ScenarioAction,
  type StopHow,
} from './scenario/action.ts';
import type { Mail } from './open-mail.ts';
import type { Platforms } from './platforms/platforms.ts';
import { writeReports } from './write-reports.ts';
import type { BusinessClock } from './time/clock.ts';
import { plusMs } from './time/instant.ts';

/** A gateway that a scenario can stop and start again, whichever window it belongs to. */
export interface StoppableGateway {
  stop(how: StopHow): Promise<void>;
  start(): Promise<void>;
  isRunning(): boolean;
  /** OAPI only: tells logged-in clients, or those of one user. */
  notify?(notice: OapiNotice, options?: NoticeOptions): void;
}

export interface NoticeOptions {
  readonly user?: UserId | undefined;
  readonly text?: string | undefined;
  readonly broadcast?: string | undefined;
}

export interface Stage {
  readonly clock: BusinessClock;
  /** The clearing state of the platform that works now. */
  readonly core: ClearingCore;
  readonly platforms: Platforms;
  readonly mail: Pick<Mail, 'notify'>;
  readonly journal: JournalWriter;
  readonly gateways: ReadonlyMap<GatewayName, StoppableGateway>;
  readonly answers: Pick<LiveRules, 'begin'>;
  /** Business milliseconds for which a report lies under its temporary name. */
  readonly reportWritingMs: number;
}

/**
 * Performs what a scenario's step, or an instructor, asks for. Resolves when all of it is done.
 * @returns why the state refused it; undefined where it is done
 */
export async function perform(stage: Stage, action: ScenarioAction): Promise<Rejection | undefined> {
  const { core, journal, platforms } = stage;
  switch (action.do) {
    case 'session.open':
      core.setPhase(action.mode);
      return undefined;
    case 'session.close':
      core.setPhase('closed');
      return undefined;
    case 'gateway.stop':
      await stopGateways(stage, action.gateways, action.how, action.forMs);
      return undefined;
    case 'gateway.start':
      await startGateways(stage, action.gateways);
      return undefined;
    case 'datacentre.failover':
      await failOver(stage, action);
      return undefined;
    case 'platform.save':
      if (platforms.hasFallenBack) return notAfterFallback(journal, action.do);
      platforms.save();
      return undefined;
    case 'platform.fallback':
      if (platforms.hasFallenBack) return notAfterFallback(journal, action.do);
      await fallBack(stage, action);
      return undefined;
    case 'password.expire':
      return told(journal, action.do, core.expirePassword(action.user));
    case 'password.reset':
      return told(journal, action.do, core.resetPasswordByExchange(action.user, action.password));
    case 'password.lock':
      return told(journal, action.do, core.lockUser(action.user));
    case 'password.unlock':
      return told(journal, action.do, core.unlockUserByExchange(action.user));
    case 'password.suspend':
      return told(journal, action.do, core.suspendUser(action.user));
    case 'deal.match': {
      const { do: verb, clearingDate, ...terms } = action;
      const deal = { ...terms, matchedAt: core.now(), clearingDate: clearingDate ?? core.clearingDateNow() };
      return told(journal, verb, platforms.work({ what: 'deal', deal }));
    }
    case 'deal.annul':
      return told(journal, action.do, platforms.work({ what: 'annul', deal: action.deal }));
    case 'price.set':
      return told(journal, action.do, platforms.work({ what: 'price', of: action.of, price: action.price }));
    case 'account.change': {
      const { participant, account, state, access } = action;
      return told(
        journal,
        action.do,
        platforms.work({ what: 'account', participant, account, change: { state, access } }),
      );
    }
    case 'day.end':
      return told(journal, action.do, platforms.work({ what: 'day-end' }));
    case 'day.roll':
      return told(journal, action.do, platforms.work({ what: 'roll', to: action.to }));
    case 'trade.rectify':
    case 'rectification.confirm':
    case 'rectification.reject':
    case 'trade.transfer':
    case 'trade.average':
    case 'give-up.request':
    case 'give-up.take-up':
    case 'give-up.reject':
    case 'position.transfer':
    case 'position.net-down':
    case 'position.restore':
    case 'position.cover':
    case 'exercise.request':
    case 'exercise.annul':
    case 'exercise.deny':
      return told(journal, action.do, core.commandFor(action.participant, action.command));
    case 'report.publish':
      if (platforms.hasFallenBack) return notAfterFallback(journal, action.do);
      publishReports(stage, action);
      return undefined;
    case 'message.send':
      core.sendMessage(action.to, action.text);
      return undefined;
    case 'mail.send':
      await stage.mail.notify(action);
      return undefined;
    case 'information.signal':
      core.signalInformation(action.what);
      return undefined;
    case 'oapi.notice':
      for (const gateway of gatewaysOf(stage, action.gateways)) gateway.notify?.(action.notice, action);
      return undefined;
    case 'oapi.answer':
      answerOtherwise(stage, action.rule);
      return undefined;
    case 'note':
      journal.record({ kind: 'scenario.note', source: 'scenario', text: action.text });
      return undefined;
  }
}

// The loader has checked the names, but the state may refuse all the same: that is told, not swallowed.
function told(journal: JournalWriter, verb: string, outcome: Outcome<unknown>): Rejection | undefined {
  if (outcome.ok) return undefined;
  const { code, ...facts } = outcome.rejection;
  // Nested: a refusal about a user has a `kind` of its own.
  journal.record({ kind: 'scenario.refused', source: 'scenario', verb, outcome: 'refused', code, facts });
  return outcome.rejection;
}

async function stopGateways(
  stage: Stage,
  names: readonly GatewayName[],
  how: StopHow,
  forMs: number | undefined,
): Promise<void> {
  await Promise.all(gatewaysOf(stage, names).map((gateway) => gateway.stop(how)));
  stage.journal.record({ kind: 'scenario.gateway-stopped', source: 'scenario', gateways: names, how });
  if (forMs === undefined) return;
  stage.clock.scheduleAt(plusMs(stage.clock.now(), forMs), () => startGateways(stage, names));
}

function gatewaysOf({ gateways }: Stage, names: readonly GatewayName[]): readonly StoppableGateway[] {
  return names.flatMap((name) => gateways.get(name) ?? []);
}

async function startGateways(stage: Stage, names: readonly GatewayName[]): Promise<void> {
  await Promise.all(gatewaysOf(stage, names).map((gateway) => gateway.start()));
  stage.journal.record({ kind: 'scenario.gateway-started', source: 'scenario', gateways: names });
}

/** INFRA (A/B): after a failover of the site the users themselves turn to the other data centre's addresses. */
async function failOver(
  stage: Stage,
  { to, how, answersAfterMs }: Extract<ScenarioAction, { do: 'datacentre.failover' }>,
): Promise<void> {
  const isOld = (name: GatewayName): boolean => OLD_GATEWAYS.some((each) => each === name);
  const isSecondary = (name: GatewayName): boolean => SECONDARY_GATEWAYS.some((each) => each === name);
  const names = [...stage.gateways.keys()].filter((name) => !isOld(name));
  const answering = names.filter((name) => isSecondary(name) === (to === 'secondary'));
  await stopGateways(
    stage,
    names.filter((name) => !answering.includes(name)),
    how,
    undefined,
  );
  if (answersAfterMs === 0) return startGateways(stage, answering);
  stage.clock.scheduleAt(plusMs(stage.clock.now(), answersAfterMs), () => startGateways(stage, answering));
}

/** Rollout package, section 1 and 2.9 (A): a last resort, after which everybody works on the old platform again. */
async function fallBack(
  stage: Stage,
  { opensAfterMs, text }: Extract<ScenarioAction, { do: 'platform.fallback' }>,
): Promise<void> {
  const { platforms, clock, journal, gateways } = stage;
  platforms.fallBack();
  const upgraded = [...gateways.keys()].filter((name) => !OLD_GATEWAYS.some((each) => each === name));
  await stopGateways(stage, upgraded, 'refuse', undefined);
  // Section 2.9 a (A): the Network Gateways stay powered on, or there is nothing to connect to.
  if (gateways.get('ng-1')?.isRunning() === false) {
    journal.record({
      kind: 'platform.finding',
      source: 'scenario',
      item: 18,
      text: 'the Network Gateway was powered off when HKEX fell back to the old platform',
    });
  }
  if (text !== undefined) {
    platforms.core.sendMessage(undefined, text);
    // Section 5 (A): HKEX tells of matters of the upgrade by clearing messages and e-mails, among others.
    await stage.mail.notify({ to: undefined, subject: 'DCASS falls back to the Genium INET platform', text });
  }
  if (opensAfterMs === 0) platforms.openOld();
  else clock.scheduleAt(plusMs(clock.now(), opensAfterMs), () => platforms.openOld());
}

// What ends with the upgraded platform: a fallback itself, and reports, which came by its report server only (section 2.5, A).
function notAfterFallback(journal: JournalWriter, verb: string): undefined {
  const code = 'fallen-back';
  journal.record({ kind: 'scenario.refused', source: 'scenario', verb, outcome: 'refused', code, facts: {} });
}

function answerOtherwise({ answers, clock }: Stage, rule: AnswerRule): void {
  const live = answers.begin(rule);
  if ('forMs' in rule.lasts) clock.scheduleAt(plusMs(clock.now(), rule.lasts.forMs), () => live[Symbol.dispose]());
}

function publishReports(stage: Stage, action: Extract<ScenarioAction, { do: 'report.publish' }>): void {
  const participants = action.participants ?? stage.core.participants().map((each) => each.code);
  writeReports(
    stage,
    action.reports.flatMap((code) => stage.core.startReports(code, participants, action.made)),
  );
}
