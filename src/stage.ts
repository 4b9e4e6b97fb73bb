import type { ClearingCore } from './clearing/core.ts';
import type { Together } from './clearing/core-state.ts';
import type { UserId } from './clearing/user.ts';
import type { FaultRule } from './faults/fault.ts';
import type { LiveFaults } from './faults/live-faults.ts';
import type { JournalWriter } from './journal/entry.ts';
import type { LiveRules } from './oapi/answers-on-demand/live-rules.ts';
import type { Mail } from './open-mail.ts';
import type { Agenda } from './persistence/agenda.ts';
import type { Platforms } from './platforms/platforms.ts';
import type { ReportDesk } from './report-desk.ts';
import type { GatewayName, OapiNotice, StopHow } from './scenario/action.ts';
import type { SftpKeys } from './sftp-keys.ts';
import type { BusinessClock } from './time/clock.ts';

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

/** What actions are performed on. */
export interface Stage {
  readonly clock: BusinessClock;
  /** The clearing state of the platform that works now. */
  readonly core: ClearingCore;
  readonly platforms: Platforms;
  readonly mail: Pick<Mail, 'notify'>;
  readonly journal: JournalWriter;
  readonly gateways: ReadonlyMap<GatewayName, StoppableGateway>;
  /** Of the gateways that the day has, also while they are not open yet. */
  readonly gatewayNames: readonly GatewayName[];
  readonly answers: Pick<LiveRules, 'begin'>;
  /** What is to be done later, or takes a while. */
  readonly agenda: Pick<Agenda, 'add' | 'begin' | 'run'>;
  /** Marks what is written down as belonging together. */
  readonly together: Together;
  readonly reports: ReportDesk;
  readonly sftpKeys: Pick<SftpKeys, 'renew' | 'end'>;
  readonly faults: Pick<LiveFaults, 'start' | 'stop' | 'has' | 'freeId'>;
  /** Resolves when the certificates and keys that a fault shows are there. */
  prepareFault(rule: FaultRule): Promise<void>;
}

/** Why something is not done: a code, and its facts. */
export interface Refused {
  readonly code: string;
}
