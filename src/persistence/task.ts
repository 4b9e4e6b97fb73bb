import type { CustomerCode } from '../clearing/participant.ts';
import type { Report } from '../clearing/report.ts';
import type { UserId } from '../clearing/user.ts';
import type { GatewayName, StopHow } from '../scenario/action.ts';

/**
 * What is still to be done, as plain data: JSON carries it, so that a day that is restored, or begun again after a
 * crash, still does it.
 */
export type Task =
  | {
      readonly do: 'gateways.stop';
      readonly gateways: readonly GatewayName[];
      readonly how: StopHow;
      /** Business milliseconds after which they start again. */
      readonly forMs?: number | undefined;
    }
  | { readonly do: 'gateways.start'; readonly gateways: readonly GatewayName[] }
  | { readonly do: 'fallback.finish'; readonly opensAfterMs: number; readonly text?: string | undefined }
  | { readonly do: 'platform.open' }
  | { readonly do: 'answers.end'; readonly rule: number }
  | {
      readonly do: 'reports.complete';
      readonly reports: readonly Pick<Report, 'participant' | 'fileName' | 'folderDate' | 'code'>[];
    }
  | {
      readonly do: 'passwords.reset';
      readonly to?: string | undefined;
      readonly participant: CustomerCode;
      readonly users: readonly UserId[];
    };
