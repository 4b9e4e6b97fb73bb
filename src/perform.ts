import type { ClearingCore } from './clearing/core.ts';
import type { Outcome, Rejection } from './clearing/rejection.ts';
import type { JournalWriter } from './journal/entry.ts';
import type { LiveRules } from './oapi/answers-on-demand/live-rules.ts';
import type { AnswerRule } from './faults/answer-rule.ts';
import type { UserId } from './clearing/user.ts';
import type { GatewayName, OapiNotice, ScenarioAction, StopHow } from './scenario/action.ts';
import { writeReports } from './write-reports.ts';
import type { BusinessClock } from './time/clock.ts';
import { plusMs } from './time/instant.ts';

/** A gateway that a scenario can stop and start again, whichever window it belongs to. */
export interface StoppableGateway {
  stop(how: StopHow): Promise<void>;
  start(): Promise<void>;
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
  readonly core: ClearingCore;
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
  const { core, journal } = stage;
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
      return told(journal, verb, core.matchDeal(deal));
    }
    case 'deal.annul':
      return told(journal, action.do, core.annulDeal(action.deal));
    case 'price.set':
      return told(journal, action.do, core.setPrice(action.of, action.price));
    case 'account.change':
      return told(journal, action.do, core.changeAccount(action.participant, action.account, action));
    case 'day.end':
      return told(journal, action.do, core.endDay());
    case 'day.roll':
      return told(journal, action.do, core.rollBusinessDate(action.to));
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
      publishReports(stage, action);
      return undefined;
    case 'message.send':
      core.sendMessage(action.to, action.text);
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
