import type { BusinessDate, Instant } from '../time/instant.ts';
import type { AccountId } from './account.ts';
import type { CustomerCode } from './participant.ts';
import type { SeriesName } from './series.ts';
import type { UserId } from './user.ts';

/** A net-down of a gross position: as many held as written contracts are taken away (CD54, CQ123: C). */
export interface CloseOut {
  readonly number: number;
  readonly participant: CustomerCode;
  readonly account: AccountId;
  readonly series: SeriesName;
  /** Contracts of each side. */
  readonly quantity: number;
  /** How many of them were restored (CD55). */
  readonly restored: number;
  readonly user: UserId | undefined;
  readonly createdAt: Instant;
  readonly modifiedAt: Instant;
  readonly businessDate: BusinessDate;
}
