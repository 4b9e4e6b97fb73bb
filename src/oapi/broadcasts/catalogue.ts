import type { Notice } from '../../clearing/feed/notices.ts';
import type { Dictionary } from '../dictionary/dictionary.ts';
import type { BoundBroadcast, Broadcast } from './broadcast.ts';
import { deliveryBroadcast } from './delivery.ts';
import { giveUpBroadcast } from './give-up.ts';
import { informationBroadcast } from './information.ts';
import { generalMessageBroadcast, messageBroadcast } from './message.ts';
import { positionBroadcast } from './position.ts';
import { tradeChangeBroadcast } from './trade-change.ts';
import { clickTradeBroadcast, tradeBroadcast } from './trade.ts';

/** What is broadcast. Of two for the same notice the first that the dictionary has is sent. */
export const BROADCASTS: readonly Broadcast[] = [
  tradeBroadcast,
  clickTradeBroadcast,
  tradeChangeBroadcast,
  giveUpBroadcast,
  positionBroadcast,
  deliveryBroadcast,
  informationBroadcast,
  messageBroadcast,
  generalMessageBroadcast,
];

export interface BoundBroadcasts {
  readonly byNotice: ReadonlyMap<Notice['kind'], BoundBroadcast>;
  readonly byType: ReadonlyMap<string, BoundBroadcast>;
  /** Notices that the dictionary has no broadcast for: the first one's type, and what is missing. */
  readonly unbound: ReadonlyMap<string, readonly string[]>;
}

export function bindBroadcasts(dictionary: Dictionary): BoundBroadcasts {
  const byNotice = new Map<Notice['kind'], BoundBroadcast>();
  const unbound = new Map<Notice['kind'], { readonly type: string; readonly missing: readonly string[] }>();
  for (const { type, notice, bindTo } of BROADCASTS) {
    if (byNotice.has(notice)) continue;
    const bound = bindTo(dictionary);
    if (!('missing' in bound)) byNotice.set(notice, bound);
    else if (!unbound.has(notice)) unbound.set(notice, { type, missing: bound.missing });
  }
  for (const notice of byNotice.keys()) unbound.delete(notice);
  return {
    byNotice,
    byType: new Map([...byNotice.values()].map((each) => [each.type, each])),
    unbound: new Map([...unbound.values()].map(({ type, missing }) => [type, missing])),
  };
}
