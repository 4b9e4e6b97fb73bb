import type { Outcome } from './clearing/rejection.ts';
import type { CustomerCode } from './clearing/participant.ts';
import type { AnswerRule } from './faults/answer-rule.ts';
import type { FaultRule } from './faults/fault.ts';
import type { JournalWriter } from './journal/entry.ts';
import { startFault, type FaultOutcome } from './perform-fault.ts';
import { failOver, fallBack, gatewaysOf, stopGateways } from './perform-gateways.ts';
import type { ScenarioAction } from './scenario/action.ts';
import type { Refused, Stage } from './stage.ts';
import { plusMs } from './time/instant.ts';

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
      await stopGateways(stage, action.gateways, action.how, action)();
      return undefined;
    case 'gateway.start':
      await stage.agenda.begin({ do: 'gateways.start', gateways: action.gateways })();
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
      await renewKey(stage, action.participant, action.keepOldMs);
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
      return told(journal, action.do, await beginFault(stage, action.rule));
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
export function told(
  journal: JournalWriter,
  verb: string,
  outcome: Outcome<unknown> | FaultOutcome,
): Refused | undefined {
  if (outcome.ok) return undefined;
  const { code, ...facts } = outcome.rejection;
  // Nested: a refusal about a user has a `kind` of its own.
  journal.record({ kind: 'scenario.refused', source: 'scenario', verb, outcome: 'refused', code, facts });
  return outcome.rejection;
}

/** What the fault shows may take a while to make: a day that is killed meanwhile begins it again. */
function beginFault(stage: Stage, given: FaultRule): Promise<FaultOutcome> {
  const rule = { ...given, id: given.id ?? stage.faults.freeId() };
  return stage.agenda.run({ do: 'fault.start', rule }, (settle) => startFault(stage, rule, settle));
}

async function stopFault({ faults }: Stage, id: string): Promise<FaultOutcome> {
  if (await faults.stop(id)) return { ok: true };
  return { ok: false, rejection: { code: 'no-such-fault', fault: id } };
}

function renewKey({ agenda, sftpKeys }: Stage, user: CustomerCode, keepOldMs: number): Promise<void> {
  return agenda.run({ do: 'sftp-key.renew', user, keepOldMs }, (settle) => sftpKeys.renew(user, keepOldMs, settle));
}

// What ends with the upgraded platform: a fallback itself, and reports, which came by its report server only (section 2.5, A).
function notAfterFallback(journal: JournalWriter, verb: string): undefined {
  const code = 'fallen-back';
  journal.record({ kind: 'scenario.refused', source: 'scenario', verb, outcome: 'refused', code, facts: {} });
}

function answerOtherwise({ answers, clock, agenda }: Stage, given: AnswerRule): void {
  const rule = answers.begin(given);
  if ('forMs' in given.lasts) agenda.add(plusMs(clock.now(), given.lasts.forMs), { do: 'answers.end', rule });
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
