import type { ClearingCore } from './clearing/core.ts';
import type { Outcome } from './clearing/rejection.ts';
import type { JournalWriter } from './journal/entry.ts';
import type { LiveRules } from './oapi/answers-on-demand/live-rules.ts';
import type { AnswerRule } from './faults/answer-rule.ts';
import type { FaultRule } from './faults/fault.ts';
import type { LiveFaults } from './faults/live-faults.ts';
import type { UserId } from './clearing/user.ts';
import {
  OLD_GATEWAYS,
  SECONDARY_GATEWAYS,
  type GatewayName,
  type GatewayStopHow,
  type OapiNotice,
  type ScenarioAction,
  type StopHow,
} from './scenario/action.ts';
import type { Mail } from './open-mail.ts';
import type { Platforms } from './platforms/platforms.ts';
import type { ReportDesk } from './report-desk.ts';
import type { SftpKeys } from './sftp-keys.ts';
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
  readonly reports: ReportDesk;
  readonly sftpKeys: Pick<SftpKeys, 'renew'>;
  readonly faults: Pick<LiveFaults, 'start' | 'stop'>;
  /** Resolves when the certificates and keys that a fault shows are there. */
  prepareFault(rule: FaultRule): Promise<void>;
}

/** Why something is not done: a code, and its facts. */
export interface Refused {
  readonly code: string;
}

/**
 * Performs what a scenario's step, or an instructor, asks for. Resolves when all of it is done.
 * @returns why the state refused it; undefined where it is done
 */
export async function perform(stage: Stage, action: ScenarioAction): Promise<Refused | undefined> {
  const { core, journal, platforms } = stage;
  switch (action.do) {
    case 'session.open':
      core.setPhase(action.mode);
      return undefined;
    case 'session.close':
      core.setPhase('closed');
      return undefined;
    case 'gateway.stop':
      await stopGateways(stage, action.gateways, action.how, action);
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
    case 'report.delay':
    case 'report.withhold':
    case 'report.release':
    case 'report.corrupt':
    case 'report.republish':
      if (platforms.hasFallenBack) return notAfterFallback(journal, action.do);
      orderReports(stage, action);
      return undefined;
    case 'sftp-key.renew':
      await stage.sftpKeys.renew(action.participant, action.keepOldMs);
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
    case 'fault.start':
      return told(journal, action.do, await startFault(stage, action.rule));
    case 'fault.stop':
      return told(journal, action.do, await stopFault(stage, action.id));
    case 'oapi.answer':
      answerOtherwise(stage, action.rule);
      return undefined;
    case 'note':
      journal.record({ kind: 'scenario.note', source: 'scenario', text: action.text });
      return undefined;
  }
}

// The loader has checked the names, but the state may refuse all the same: that is told, not swallowed.
function told(journal: JournalWriter, verb: string, outcome: Outcome<unknown> | FaultOutcome): Refused | undefined {
  if (outcome.ok) return undefined;
  const { code, ...facts } = outcome.rejection;
  // Nested: a refusal about a user has a `kind` of its own.
  journal.record({ kind: 'scenario.refused', source: 'scenario', verb, outcome: 'refused', code, facts });
  return outcome.rejection;
}

type FaultOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly rejection: Refused & { readonly fault: string } };

async function startFault({ faults, clock, prepareFault }: Stage, rule: FaultRule): Promise<FaultOutcome> {
  await prepareFault(rule);
  const id = await faults.start(rule);
  if (id === undefined) return { ok: false, rejection: { code: 'fault-in-force', fault: rule.id ?? '' } };
  const { forMs } = rule.end;
  if (forMs !== undefined)
    clock.scheduleAt(plusMs(clock.now(), forMs), async () => void (await faults.stop(id, 'over')));
  return { ok: true };
}

async function stopFault({ faults }: Stage, id: string): Promise<FaultOutcome> {
  if (await faults.stop(id)) return { ok: true };
  return { ok: false, rejection: { code: 'no-such-fault', fault: id } };
}

async function stopGateways(
  stage: Stage,
  names: readonly GatewayName[],
  how: GatewayStopHow,
  { forMs, delayMs = 0 }: { readonly forMs?: number | undefined; readonly delayMs?: number } = {},
): Promise<void> {
  if (how === 'refuse' || how === 'reset') {
    await Promise.all(gatewaysOf(stage, names).map((gateway) => gateway.stop(how)));
  } else await Promise.all(names.map((name) => startFault(stage, gatewayFault(name, how, delayMs))));
  stage.journal.record({ kind: 'scenario.gateway-stopped', source: 'scenario', gateways: names, how });
  if (forMs === undefined) return;
  stage.clock.scheduleAt(plusMs(stage.clock.now(), forMs), () => startGateways(stage, names));
}

/** A gateway that fails with its port open: the same mechanism as any other fault, until the gateway is started. */
function gatewayFault(name: GatewayName, how: Exclude<GatewayStopHow, StopHow>, delayMs: number): FaultRule {
  const effect = {
    'black-hole': { do: 'black-hole' },
    slow: { do: 'delay', fromMs: delayMs, toMs: delayMs },
    'expired-certificate': { do: 'tls', what: 'expired' },
  } as const;
  return faultOf(name, effect[how]);
}

function faultOf(name: GatewayName, effect: FaultRule['effect']): FaultRule {
  const nothing = undefined;
  return {
    id: faultIdOf(name),
    match: {
      listeners: [name],
      users: nothing,
      method: nothing,
      path: nothing,
      transactions: nothing,
      fields: nothing,
      broadcasts: nothing,
      operations: nothing,
    },
    effect,
    sharePpm: nothing,
    end: { times: nothing, forMs: nothing, forRealMs: nothing },
  };
}

// No id of a scenario has a dot in it.
function faultIdOf(name: GatewayName): string {
  return `gateway.${name}`;
}

function gatewaysOf({ gateways }: Stage, names: readonly GatewayName[]): readonly StoppableGateway[] {
  return names.flatMap((name) => gateways.get(name) ?? []);
}

async function startGateways(stage: Stage, names: readonly GatewayName[]): Promise<void> {
  await Promise.all(names.map((name) => stage.faults.stop(faultIdOf(name), 'over')));
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
  await stopGateways(stage, upgraded, 'refuse');
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

type ReportAction = Extract<ScenarioAction, { do: `report.${string}` }>;

function orderReports({ reports, journal }: Stage, action: ReportAction): void {
  switch (action.do) {
    case 'report.publish':
      return reports.publishByStep(action);
    case 'report.delay':
      return reports.delay(action);
    case 'report.withhold':
      return reports.withhold(action);
    case 'report.corrupt':
      return reports.corrupt(action);
    case 'report.release':
      return reports.release(action) ? undefined : nothingThere(journal, action.do, 'no-report-withheld');
    case 'report.republish':
      return reports.republish(action) ? undefined : nothingThere(journal, action.do, 'no-report-published');
  }
}

function nothingThere(journal: JournalWriter, verb: string, code: string): void {
  journal.record({ kind: 'scenario.refused', source: 'scenario', verb, outcome: 'refused', code, facts: {} });
}
