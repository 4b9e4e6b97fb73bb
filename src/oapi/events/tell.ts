import type { Notice } from '../../clearing/feed/notices.ts';
import type { About, BoundBroadcast } from '../broadcasts/broadcast.ts';
import { RoomError } from '../dictionary/codec-error.ts';
import type { GatewayContext } from '../gateway-context.ts';

/** A notice on its way to the sessions; it is encoded when the first one wants it. */
export interface Told {
  readonly broadcast: BoundBroadcast;
  readonly about: About;
  /** @throws RoomError */
  message(): Buffer;
}

/** Where broadcasts go: whether this one was taken. */
export interface Listener {
  deliver(told: Told): boolean;
}

/** Sends what a notice says to the sessions of a gateway that want it, and journals it once for all of them. */
export function tell(notice: Notice, gateway: GatewayContext, listeners: Iterable<Listener>): void {
  const broadcast = gateway.protocol.broadcasts.byNotice.get(notice.kind);
  if (!broadcast) return;
  const about = broadcast.about(notice);
  let encoded: Buffer | undefined;
  const told: Told = { broadcast, about, message: () => (encoded ??= broadcast.encode(notice, gateway)) };
  const { participant, sequence } = about;
  const entry = {
    kind: 'oapi.broadcast',
    source: 'oapi',
    gateway: gateway.name,
    notice: notice.kind,
    broadcast: broadcast.type,
    ...(participant === undefined ? {} : { participant }),
    ...(sequence === undefined ? {} : { sequence }),
  } as const;
  let receivers = 0;
  try {
    for (const listener of listeners) if (listener.deliver(told)) receivers++;
  } catch (error) {
    // ASSUMED: what the dictionary has no room for is not sent; its number is then a gap.
    if (!(error instanceof RoomError)) throw error;
    gateway.journal.record({ ...entry, outcome: 'refused', code: 'broadcast-does-not-fit', problem: error.message });
    return;
  }
  if (receivers > 0) gateway.journal.record({ ...entry, outcome: 'ok', receivers });
}
