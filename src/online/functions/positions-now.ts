import type { ClearingEvent } from '../../clearing/event.ts';
import type { Said } from '../language/english.ts';
import type { Visit } from '../visit.ts';
import { countText } from './describe-events.ts';

/** The own positions that events touched, as they stand afterwards. */
export function positionsNow(
  { context, browser, user }: Visit,
  events: readonly ClearingEvent[],
): Said<readonly string[]> {
  const touched = new Set(events.flatMap((event) => touchedBy(event, user.participant)));
  if (touched.size === 0) return () => [];
  const found = context.core.positionsOf(browser.id, context.core.businessDate());
  if (!found.ok) return () => [];
  const positions = found.value
    .filter(({ account, series }) => touched.has(`${account} ${series}`))
    .map(({ account, series, held, written }) => ({
      account,
      series,
      held: countText(held),
      written: countText(written),
    }));
  return ({ effects }) => positions.map((position) => effects.positionNow(position));
}

function touchedBy(event: ClearingEvent, own: string): readonly string[] {
  switch (event.type) {
    case 'deal-made':
      return event.trades
        .filter(({ participant }) => participant === own)
        .map(({ account, series }) => `${account} ${series}`);
    case 'position-adjusted':
      return event.participant === own ? [`${event.account} ${event.series}`] : [];
    default:
      return [];
  }
}
