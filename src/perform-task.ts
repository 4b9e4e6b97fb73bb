import type { FaultRule } from './faults/fault.ts';
import type { LiveRules } from './oapi/answers-on-demand/live-rules.ts';
import type { Mail } from './open-mail.ts';
import { gatewayFault, gatewayFaultId, startFault } from './perform-fault.ts';
import { told } from './perform.ts';
import { gatewaysOf } from './perform-gateways.ts';
import type { Stage } from './stage.ts';
import type { Chronicle } from './persistence/chronicle.ts';
import type { Task } from './persistence/task.ts';
import { plusMs } from './time/instant.ts';

export interface TaskStage extends Stage {
  readonly answers: Pick<LiveRules, 'begin' | 'end'>;
  readonly mail: Pick<Mail, 'notify' | 'resetPasswords'>;
  readonly chronicle: Pick<Chronicle, 'note'>;
}

/**
 * Does a task of the agenda, also one that was begun before: gateways that are stopped already stay so. `settle` is
 * called together with the last of what is written down of it.
 */
export function performTask(stage: TaskStage, task: Task, settle: () => void): void | Promise<unknown> {
  switch (task.do) {
    case 'gateways.stop':
      return stopGateways(stage, task, settle);
    case 'gateways.start':
      return startGateways(stage, task, settle);
    case 'fallback.finish':
      return finishFallback(stage, task, settle);
    case 'platform.open':
      settle();
      stage.platforms.openOld();
      return undefined;
    case 'answers.end':
      settle();
      stage.answers.end(task.rule);
      return undefined;
    case 'reports.complete':
    case 'reports.let-go':
    case 'reports.release':
    case 'reports.correct':
      settle();
      stage.reports.perform(task);
      return undefined;
    case 'fault.start':
      return startFaultAgain(stage, task.rule, settle);
    case 'fault.end':
      settle();
      return stage.faults.stop(task.fault, 'over');
    case 'sftp-key.renew':
      return stage.sftpKeys.renew(task.user, task.keepOldMs, settle);
    case 'sftp-key.end':
      settle();
      stage.sftpKeys.end(task.user, task.number);
      return undefined;
    case 'passwords.reset':
      settle();
      return stage.mail.resetPasswords(task);
  }
}

async function startFaultAgain(stage: TaskStage, given: FaultRule, settle: () => void): Promise<void> {
  const rule = { ...given, id: given.id ?? stage.faults.freeId() };
  told(stage.journal, 'fault.start', await startFault(stage, rule, settle));
}

async function stopGateways(
  stage: TaskStage,
  { gateways, how, forMs, delayMs = 0 }: Extract<Task, { do: 'gateways.stop' }>,
  settle: () => void,
): Promise<void> {
  const { journal, clock, agenda, chronicle, together } = stage;
  if (how === 'refuse' || how === 'reset') {
    chronicle.note({ of: 'gateways', gateways, are: how });
    await Promise.all(gatewaysOf(stage, gateways).map((gateway) => gateway.stop(how)));
  } else await Promise.all(gateways.map((name) => startFault(stage, gatewayFault(name, how, delayMs))));
  together(() => {
    journal.record({ kind: 'scenario.gateway-stopped', source: 'scenario', gateways, how });
    if (forMs !== undefined) agenda.add(plusMs(clock.now(), forMs), { do: 'gateways.start', gateways });
    settle();
  });
}

async function startGateways(
  stage: TaskStage,
  { gateways }: Extract<Task, { do: 'gateways.start' }>,
  settle: () => void,
): Promise<void> {
  const { journal, chronicle, together } = stage;
  await Promise.all(gateways.map((name) => stage.faults.stop(gatewayFaultId(name), 'over')));
  chronicle.note({ of: 'gateways', gateways, are: 'running' });
  await Promise.all(gatewaysOf(stage, gateways).map((gateway) => gateway.start()));
  together(() => {
    journal.record({ kind: 'scenario.gateway-started', source: 'scenario', gateways });
    settle();
  });
}

async function finishFallback(
  { platforms, clock, journal, gateways, mail, agenda }: TaskStage,
  { opensAfterMs, text }: Extract<Task, { do: 'fallback.finish' }>,
  settle: () => void,
): Promise<void> {
  // Section 2.9 a (A): the Network Gateways stay powered on, or there is nothing to connect to.
  if (gateways.get('ng-1')?.isRunning() === false) {
    journal.record({
      kind: 'platform.finding',
      source: 'scenario',
      item: 18,
      text: 'the Network Gateway was powered off when HKEX fell back to the old platform',
    });
  }
  let mailed: Promise<void> | undefined;
  if (text !== undefined) {
    platforms.core.sendMessage(undefined, text);
    // Section 5 (A): HKEX tells of matters of the upgrade by clearing messages and e-mails, among others.
    mailed = mail.notify({ to: undefined, subject: 'DCASS falls back to the Genium INET platform', text });
  }
  if (opensAfterMs === 0) platforms.openOld();
  else agenda.add(plusMs(clock.now(), opensAfterMs), { do: 'platform.open' });
  settle();
  await mailed;
}
