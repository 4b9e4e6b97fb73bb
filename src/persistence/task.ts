import type { CustomerCode } from '../clearing/participant.ts';
import type { UserId } from '../clearing/user.ts';
import type { FaultRule } from '../faults/fault.ts';
import type { GatewayName, GatewayStopHow } from '../scenario/action.ts';
import type { ReportTask } from './report-task.ts';

/**
 * What is still to be done, as plain data: JSON carries it, so that a day that is restored, or begun again after a
 * crash, still does it.
 */
export type Task =
  | {
      readonly do: 'gateways.stop';
      readonly gateways: readonly GatewayName[];
      readonly how: GatewayStopHow;
      /** `slow` only: transport milliseconds by which answers are late. */
      readonly delayMs?: number | undefined;
      /** Business milliseconds after which they start again. */
      readonly forMs?: number | undefined;
    }
  | { readonly do: 'gateways.start'; readonly gateways: readonly GatewayName[] }
  | { readonly do: 'fallback.finish'; readonly opensAfterMs: number; readonly text?: string | undefined }
  | { readonly do: 'platform.open' }
  | { readonly do: 'answers.end'; readonly rule: number }
  | ReportTask
  /** What the fault shows has to be made first. */
  | { readonly do: 'fault.start'; readonly rule: FaultRule }
  | { readonly do: 'fault.end'; readonly fault: string }
  | { readonly do: 'sftp-key.renew'; readonly user: CustomerCode; readonly keepOldMs: number }
  /** The key pair of this number is taken no longer. */
  | { readonly do: 'sftp-key.end'; readonly user: CustomerCode; readonly number: number }
  | {
      readonly do: 'passwords.reset';
      readonly to?: string | undefined;
      readonly participant: CustomerCode;
      readonly users: readonly UserId[];
    };
