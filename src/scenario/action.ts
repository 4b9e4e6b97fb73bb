import type { AccountAccess, AccountId, AccountState } from '../clearing/account.ts';
import type {
  AnnulExercise,
  ConfirmRectification,
  CoverPosition,
  DenyExercise,
  MakeAveragePriceTrade,
  NetDownPosition,
  RectifyTrade,
  RejectGiveUp,
  RejectRectification,
  RequestExercise,
  RequestGiveUp,
  RestorePosition,
  TakeUp,
  TransferFromTransitory,
  TransferPosition,
} from '../clearing/commands/command.ts';
import type { Damage } from '../clearing/damage.ts';
import type { DealSideDefinition, PriceDefinition } from '../clearing/world.ts';
import type { InformationKind } from '../clearing/feed/records.ts';
import type { CustomerCode } from '../clearing/participant.ts';
import type { ReportCode, ReportMade } from '../clearing/report.ts';
import type { Secret } from '../clearing/secret.ts';
import type { SeriesName } from '../clearing/series.ts';
import type { UserId } from '../clearing/user.ts';
import type { AnswerRule } from '../faults/answer-rule.ts';
import type { FaultRule } from '../faults/fault.ts';
import type { BusinessDate, CalendarDate } from '../time/instant.ts';

/** The gateways of the primary data centre: rollout package, Appendix C and 3.2 (A). */
export const PRIMARY_GATEWAYS = ['online-1', 'online-2', 'online-3', 'online-4', 'oapi-1', 'oapi-2'] as const;

/** Those that a secondary data centre can have. */
export const SECONDARY_GATEWAYS = ['online-5', 'online-6', 'online-7', 'online-8', 'oapi-3', 'oapi-4'] as const;

/** Those of the old platform: the participants' Network Gateway, and what DCASS Servers connect to. */
export const OLD_GATEWAYS = ['ng-1', 'dcass-server'] as const;

/** The gateways that a fault can name. */
export const GATEWAY_NAMES = [...PRIMARY_GATEWAYS, ...SECONDARY_GATEWAYS, ...OLD_GATEWAYS] as const;

export type GatewayName = (typeof GATEWAY_NAMES)[number];

/** `refuse`: connections are refused. `reset`: they are taken and reset at once. */
export type StopHow = 'refuse' | 'reset';

/**
 * How a gateway fails. `black-hole`: it takes connections and never answers; `slow`: each answer comes late; with
 * `expired-certificate` the port is open, and clients turn away by themselves.
 */
export type GatewayStopHow = StopHow | 'black-hole' | 'slow' | 'expired-certificate';

/** What an OAPI gateway can tell its clients of itself, its links and what they can subscribe to. */
export const OAPI_NOTICES = [
  'data-lost',
  'link-lost',
  'sender-lost',
  'sender-restarted',
  'bandwidth-exceeded',
  'bandwidth-high',
  'bandwidth-normal',
  'transaction-link-down',
  'transaction-link-up',
  'broadcast-link-down',
  'broadcast-link-up',
  'logout-imminent',
  'subscription-available',
] as const;

export type OapiNotice = (typeof OAPI_NOTICES)[number];

/** A deal as the trading system would send it; the moment of matching is the moment at which it is performed. */
export interface DealTerms {
  readonly series: SeriesName;
  readonly quantity: number;
  /** Integer in the class's price decimals. */
  readonly price: number;
  readonly buyer: DealSideDefinition;
  readonly seller: DealSideDefinition;
  /** Undefined: the business date in force when it is performed. */
  readonly clearingDate: BusinessDate | undefined;
}

/** What a step of the timeline, or an instructor, makes happen. The composition root performs it. */
export type ScenarioAction =
  | { readonly do: 'session.open'; readonly mode: 'enquiry-only' | 'normal' }
  | { readonly do: 'session.close' }
  | {
      readonly do: 'gateway.stop';
      readonly gateways: readonly GatewayName[];
      readonly how: GatewayStopHow;
      /** Business milliseconds; undefined: until a gateway.start. */
      readonly forMs: number | undefined;
      /** `slow` only: transport milliseconds by which answers are late. */
      readonly delayMs?: number;
    }
  | { readonly do: 'gateway.start'; readonly gateways: readonly GatewayName[] }
  | {
      readonly do: 'datacentre.failover';
      readonly to: 'primary' | 'secondary';
      /** What clients of the other data centre see. */
      readonly how: StopHow;
      /** Business milliseconds until the data centre answers. */
      readonly answersAfterMs: number;
    }
  | { readonly do: 'platform.save' }
  | {
      readonly do: 'platform.fallback';
      /** Business milliseconds until the old platform takes logins. */
      readonly opensAfterMs: number;
      /** A clearing message to all; undefined: none. */
      readonly text: string | undefined;
    }
  | { readonly do: 'password.expire'; readonly user: UserId }
  /** HKEX's desk resets: without a password a temporary one is made. */
  | { readonly do: 'password.reset'; readonly user: UserId; readonly password: Secret | undefined }
  | { readonly do: 'password.lock'; readonly user: UserId }
  | { readonly do: 'password.unlock'; readonly user: UserId }
  | { readonly do: 'password.suspend'; readonly user: UserId }
  | ({ readonly do: 'deal.match' } & DealTerms)
  | {
      readonly do: 'report.publish';
      readonly reports: readonly ReportCode[];
      /** Undefined: for every participant. Common reports are published once whoever is named. */
      readonly participants: readonly CustomerCode[] | undefined;
      /** The time of the business date; undefined: what the clock and the day end say. */
      readonly made?: ReportMade | undefined;
    }
  /** The next publication of each comes late. */
  | ({ readonly do: 'report.delay'; /** Business milliseconds. */ readonly byMs: number } & ReportsAhead)
  /** They do not come until they are released. */
  | ({
      readonly do: 'report.withhold';
      /** Business milliseconds until they are; undefined: until a report.release, or until they are published again. */
      readonly releaseAfterMs: number | undefined;
    } & ReportsAhead)
  | ({ readonly do: 'report.release' } & Omit<ReportsAhead, 'made'>)
  /** The next publication of each is damaged. */
  | ({
      readonly do: 'report.corrupt';
      readonly how: Damage;
      /** Business milliseconds after which it is published again, correct; undefined: it is not. */
      readonly correctedAfterMs: number | undefined;
    } & ReportsAhead)
  /** The last one published of each comes again, as it should have been. */
  | ({ readonly do: 'report.republish' } & ReportsAhead)
  | {
      readonly do: 'sftp-key.renew';
      readonly participant: CustomerCode;
      /** Business milliseconds for which the former key is still taken. */
      readonly keepOldMs: number;
    }
  /** `to` undefined: to every participant. */
  | { readonly do: 'message.send'; readonly to: CustomerCode | undefined; readonly text: string }
  /** To the contacts of a participant; `to` undefined: of every participant. */
  | {
      readonly do: 'mail.send';
      readonly to: CustomerCode | undefined;
      readonly subject: string;
      readonly text: string;
    }
  | { readonly do: 'fault.start'; readonly rule: FaultRule }
  | { readonly do: 'fault.stop'; readonly id: string }
  | { readonly do: 'oapi.answer'; readonly rule: AnswerRule }
  | CommandAction
  | { readonly do: 'deal.annul'; readonly deal: number }
  | ({ readonly do: 'price.set'; /** As it was written. */ readonly text: string } & PriceDefinition)
  | {
      readonly do: 'account.change';
      readonly participant: CustomerCode;
      readonly account: AccountId;
      readonly state: AccountState | undefined;
      readonly access: AccountAccess | undefined;
    }
  | { readonly do: 'day.end' }
  | { readonly do: 'day.roll'; readonly to: CalendarDate | undefined }
  /** Tells OAPI programs that something can be fetched. */
  | { readonly do: 'information.signal'; readonly what: InformationKind }
  | {
      readonly do: 'oapi.notice';
      readonly notice: OapiNotice;
      readonly gateways: readonly GatewayName[];
      /** Undefined: every user. */
      readonly user: UserId | undefined;
      readonly text: string | undefined;
      /** What a subscription became available for. */
      readonly broadcast: string | undefined;
    }
  | { readonly do: 'note'; readonly text: string };

/** The reports that a step is about. */
export interface ReportsAhead {
  readonly reports: readonly ReportCode[];
  /** Undefined: of every participant. Common reports are the same for all whoever is named. */
  readonly participants: readonly CustomerCode[] | undefined;
  /** Undefined: at whichever time of the business date they are made. */
  readonly made: ReportMade | undefined;
}

/** The post-trade commands that a scenario can issue for a participant. */
interface CommandVerbs {
  readonly 'trade.rectify': RectifyTrade;
  readonly 'rectification.confirm': ConfirmRectification;
  readonly 'rectification.reject': RejectRectification;
  readonly 'trade.transfer': TransferFromTransitory;
  readonly 'trade.average': MakeAveragePriceTrade;
  readonly 'give-up.request': RequestGiveUp;
  readonly 'give-up.take-up': TakeUp;
  readonly 'give-up.reject': RejectGiveUp;
  readonly 'position.transfer': TransferPosition;
  readonly 'position.net-down': NetDownPosition;
  readonly 'position.restore': RestorePosition;
  readonly 'position.cover': CoverPosition;
  readonly 'exercise.request': RequestExercise;
  readonly 'exercise.annul': AnnulExercise;
  readonly 'exercise.deny': DenyExercise;
}

/** A post-trade command for a participant, as HKEX would input it on its behalf. */
export type CommandAction = {
  readonly [Verb in keyof CommandVerbs]: {
    readonly do: Verb;
    readonly participant: CustomerCode;
    readonly command: CommandVerbs[Verb];
  };
}[keyof CommandVerbs];

export type VerbName = ScenarioAction['do'];
export type ActionOf<N extends VerbName> = Extract<ScenarioAction, { do: N }>;
