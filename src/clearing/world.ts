import type { BusinessDate, Instant } from '../time/instant.ts';
import type { AccountAccess, AccountId, AccountState, AccountType } from './account.ts';
import type { CommandName } from './commands/command.ts';
import type { OpenClose, Side } from './deal.ts';
import type { CustomerCode, Participant } from './participant.ts';
import type { PasswordRules } from './password-rules.ts';
import type { PlannedSession } from './phase.ts';
import type { ReportingRules } from './reports/template.ts';
import type { Secret } from './secret.ts';
import type { Series, SeriesName } from './series.ts';
import type { ClearingSettings } from './settings.ts';
import type { UserId, UserKind, UserState } from './user.ts';

/**
 * What the clearing state starts from: a checked scenario, in the model's own words. Every name in it
 * is known to exist (the scenario loader has told the user where one did not).
 */
export interface WorldDefinition {
  /** The instant at which the day starts; user states hold then. */
  readonly startsAt: Instant;
  readonly businessDate: BusinessDate;
  readonly passwords: Readonly<Record<UserKind, PasswordRules>>;
  readonly participants: readonly ParticipantDefinition[];
  readonly series: readonly Series[];
  /** Trades of the book, each with its deal; their effect is NOT yet in `positions`. */
  readonly deals: readonly DealDefinition[];
  /** Positions before those deals. */
  readonly positions: readonly PositionDefinition[];
  /** Give-ups of those deals that nobody has answered yet. */
  readonly giveUps: readonly GiveUpDefinition[];
  readonly prices: readonly PriceDefinition[];
  readonly settings: ClearingSettings;
  /** Default: our own layouts. */
  readonly reporting?: ReportingRules | undefined;
  readonly sessions: readonly PlannedSession[];
}

export interface ParticipantDefinition extends Participant {
  readonly accounts: readonly AccountDefinition[];
  readonly users: readonly UserDefinition[];
}

export interface AccountDefinition {
  readonly id: AccountId;
  readonly type: AccountType;
  /** Default active. */
  readonly state?: AccountState | undefined;
  /** Default full. */
  readonly access?: AccountAccess | undefined;
}

export interface UserDefinition {
  readonly id: UserId;
  readonly kind: UserKind;
  readonly password: Secret;
  /** The state at `startsAt`: `expired` and `expiring` set the age of the password accordingly. */
  readonly state: UserState;
  /** Post-trade functions of the user. Default all. */
  readonly functions?: readonly CommandName[] | undefined;
}

/** One side of a deal. */
export interface DealSideDefinition {
  readonly participant: CustomerCode;
  readonly account: AccountId;
  readonly customerInfo: string;
  /** Default `default`. */
  readonly openClose?: OpenClose | undefined;
}

export interface DealDefinition {
  readonly series: SeriesName;
  readonly quantity: number;
  /** Integer in the class's price decimals. */
  readonly price: number;
  readonly buyer: DealSideDefinition;
  readonly seller: DealSideDefinition;
  readonly matchedAt: Instant;
  readonly clearingDate: BusinessDate;
}

export interface PositionDefinition {
  readonly participant: CustomerCode;
  readonly account: AccountId;
  readonly series: SeriesName;
  readonly held: number;
  readonly written: number;
}

/** A give-up that waits for its taker when the day starts. */
export interface GiveUpDefinition {
  /** Index into the world's `deals`. */
  readonly deal: number;
  /** Which of the deal's two trades is given up. */
  readonly side: Side;
  readonly to: CustomerCode;
  /** Contracts. */
  readonly quantity: number;
  readonly text: string;
}

/** A price that is known when the day starts. */
export interface PriceDefinition {
  /** A series name: its settlement price. A class code: the price of the underlying. */
  readonly of: string;
  /** Integer in the class's price decimals. */
  readonly price: number;
}
